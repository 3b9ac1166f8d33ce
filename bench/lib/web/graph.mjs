// A graph of thousands for the page to lay out and to be panned: drawn here and given to the page as the one answer that it asks for, since
// what is timed is the page.
const NODES = 3_000;
const KINDS = ['person', 'place', 'device', 'account', 'vehicle', 'object'];
/** So many others most of them are around. */
const CENTRES = 60;
const MOVES = 120;
const MOVE_PX = 3;

const idOf = (i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const START = idOf(0);
const keyOf = (i) => (i === 0 ? `case:${START}` : `entity:${idOf(i)}`);

/** Whole numbers below a limit, the same for a seed each time. */
const drawing = (seed) => {
  let state = seed * 2 + 1;
  return (below) => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
};

const drawNeighbours = (seed) => {
  const draw = drawing(seed);
  const node = (i) => ({
    key: keyOf(i),
    kind: i === 0 ? 'case' : KINDS[i % KINDS.length],
    name: `${i}`,
    role: i > 0 && i % KINDS.length === 0 ? 'unknown' : null,
    agency: { id: idOf(1), name: 'Bench', country: 'ES' },
  });
  const pairs = Array.from({ length: NODES - 1 }, (_, i) => i + 1).flatMap((i) => [
    [draw(Math.min(i, CENTRES)), i],
    ...(i % 2 === 1 ? [[draw(i), i]] : []),
  ]);
  const edge = ([a, b], i) => {
    const isComputed = i % 3 === 0;
    return {
      id: String(i),
      kind: isComputed ? 'connection' : 'assertion',
      a: keyOf(a),
      b: keyOf(b),
      bits: isComputed ? 10 + (i % 80) : null,
      grades: isComputed ? ['partial'] : [],
      type: isComputed ? null : 'knows',
      words: 'drawn',
      by: isComputed ? null : 'bench',
      at: isComputed ? null : '2026-01-01T00:00:00.000Z',
      validFrom: null,
      validTo: null,
      media: [],
      connection: null,
    };
  };
  return {
    node: node(0),
    nodes: Array.from({ length: NODES - 1 }, (_, i) => node(i + 1)),
    edges: pairs.map(edge),
    leftOut: 0,
  };
};

/** Opens it; answers the milliseconds from asking for the page to every node having its place. */
export const openGraph = async ({ page, address }, seed) => {
  const drawn = drawNeighbours(seed);
  await page.route(`**/api/v1/cases/${START}/graph`, (route) => route.fulfill({ json: drawn }));
  await page.route(`**/api/v1/cases/${START}/graph/layout`, (route) => route.fulfill({ json: { pins: {} } }));
  const from = performance.now();
  await page.goto(new URL(`/graph?case=${START}`, address).href);
  await page.locator(`[data-nodes="${NODES}"][data-waiting="0"]`).waitFor();
  return { ms: performance.now() - from, nodes: NODES, edges: drawn.edges.length };
};

export const closeGraph = ({ page }) => page.unrouteAll({ behavior: 'wait' });

/** Milliseconds from each frame to the next while all of it is dragged there and back. */
export const panGraph = ({ page }) =>
  page.evaluate(
    async ([moves, step]) => {
      const canvas = document.querySelector('canvas');
      const { left, top } = canvas.getBoundingClientRect();
      // A pointer that a program moves cannot be captured.
      canvas.setPointerCapture = () => undefined;
      const at = { clientX: left + 4, clientY: top + 4 };
      const tell = (type) =>
        canvas.dispatchEvent(new PointerEvent(type, { ...at, bubbles: true, pointerId: 1, buttons: 1 }));
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      tell('pointerdown');
      const times = [];
      let last = await frame();
      for (let i = 0; i < moves; i += 1) {
        at.clientX += i < moves / 2 ? step : -step;
        tell('pointermove');
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      tell('pointerup');
      return times;
    },
    [MOVES, MOVE_PX],
  );
