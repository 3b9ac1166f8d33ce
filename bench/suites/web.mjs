// The review application in a real browser, over 360,000 files: from a key to the next picture, scrolling, the first paint, memory over ten
// thousand pictures, a search by picture, and what is loaded before anything is drawn.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { drawJpeg } from '../../packages/synth/dist/index.js';
import { quantile } from '../lib/statistics.mjs';
import { closeGraph, openGraph, panGraph } from '../lib/web/graph.mjs';
import { nextItems, openAt, openPage } from '../lib/web/page.mjs';
import { frameReports } from '../lib/web/frames.mjs';
import { FILES, openLargeStore } from '../lib/web/world.mjs';

const DIST = fileURLToPath(new URL('../../packages/web/dist', import.meta.url));
const PRESSES = 300;
const REVEALS = 100;
const JUMPS = 20;
const REVIEWED = 10_000;
/** What a page needs once, such as compiled code and windows that are kept, is not growth. */
const SETTLED = 1_000;
const PICTURES = 40;
const SEARCHES = 12;

const size = `${FILES.toLocaleString('en')} files in one exhibit`;

export const prepare = async (context) => {
  const folder = join(context.tempDir, 'pictures');
  mkdirSync(folder);
  for (let i = 0; i < PICTURES; i += 1)
    writeFileSync(
      join(folder, `${i}.jpg`),
      await drawJpeg({ seed: `search ${context.seed} ${i}`, width: 1280, height: 960 }),
    );
  if (context.rows.every((name) => name === 'initial-js-gzip')) return { folder };
  const store = await openLargeStore(context, folder);
  try {
    return { folder, store, at: await openPage(store) };
  } catch (error) {
    await store.close();
    throw error;
  }
};

export const finish = async (_context, prepared) => {
  await prepared?.at?.browser.close();
  await prepared?.store?.close();
};

/** What the page keeps for a minute, such as the windows of tiles that it passed, is not growth either. */
const KEPT_MS = 70_000;

const heapBytes = async (page) => {
  await page.waitForTimeout(KEPT_MS);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
};

/** As fast as pictures come; in turns, so that no step waits for the browser to say that it took a key. */
const reviewMany = (page, count) =>
  page.evaluate(async (presses) => {
    const end = Math.min(window.bench.place() + presses, Number.MAX_SAFE_INTEGER);
    while (window.bench.place() < end) {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, count);

/** The entry and what it imports by itself, as the browser is sent it. */
const initialScripts = () => {
  const page = readFileSync(join(DIST, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|rel="modulepreload"[^>]*href)="\/(assets\/[^"]+\.js)"/g)].map(
    ([, path]) => path,
  );
  if (named.length === 0) throw new Error('Build the web application first: npm run build:web');
  const seen = new Map();
  const visit = (path) => {
    if (seen.has(path)) return;
    const code = readFileSync(join(DIST, path), 'utf8');
    seen.set(path, gzipSync(code).length);
    for (const [, imported] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) visit(`assets/${imported}`);
  };
  named.forEach(visit);
  return [...seen.values()];
};

export const rows = [
  {
    name: 'next-item-p95',
    unit: 'ms',
    better: 'lower',
    bar: 50,
    run: async (_context, { at }) => {
      await openAt(at, FILES, 0.5);
      const times = await nextItems(at.page, PRESSES);
      return {
        value: quantile(times, 0.95),
        n: times.length,
        set: `${size}, from the middle on: key to the frame with the next picture, veiled`,
      };
    },
  },
  {
    name: 'next-item-reveal-p95',
    unit: 'ms',
    better: 'lower',
    bar: 100,
    run: async (_context, { at }) => {
      await openAt(at, FILES, 0.25);
      await at.page.keyboard.down('r');
      try {
        const times = await nextItems(at.page, REVEALS, true);
        return {
          value: quantile(times, 0.95),
          n: times.length,
          set: `${size}: the same with R held, event committed, 1280 px clear`,
        };
      } finally {
        await at.page.keyboard.up('r');
      }
    },
  },
  {
    name: 'grid-dropped',
    unit: '%',
    better: 'lower',
    bar: 5,
    run: async (_context, { at }) => {
      await openAt(at, FILES, 0.75);
      const { presented, dropped } = await frameReports(at);
      return {
        value: (100 * dropped) / Math.max(1, presented + dropped),
        n: presented + dropped,
        set: `${size}: frames of a scroll of 12,000 px at 1,600 px a second that were not presented, in a trace`,
      };
    },
  },
  {
    name: 'grid-tiles-visible',
    unit: 'ms',
    better: 'lower',
    bar: 150,
    run: async (_context, { at }) => {
      await openAt(at, FILES, 0.5);
      const times = [];
      for (let i = 0; i < JUMPS; i += 1)
        times.push(await at.page.evaluate((share) => window.bench.jump(share), (0.137 + i * 0.61803) % 1));
      return {
        value: quantile(times, 0.95),
        n: times.length,
        set: `${size}: all tiles in sight drawn after a jump to where nothing was read, 95th percentile`,
      };
    },
  },
  {
    name: 'first-paint',
    unit: 's',
    better: 'lower',
    bar: 1,
    run: async (_context, { at }) => {
      await openAt(at, FILES, 0.4);
      await at.page.reload({ waitUntil: 'commit' });
      const ms = await at.page.evaluate(() => window.bench.tilesDrawn());
      return { value: ms / 1000, n: 1, set: `${size}: reload of a review to every tile in sight drawn` };
    },
  },
  {
    name: 'memory-growth',
    unit: '%',
    better: 'lower',
    bar: 10,
    runs: 1,
    run: async (context, { at }) => {
      await openAt(at, FILES, 0.1);
      const steps = Math.min(REVIEWED, Math.round(FILES / 2));
      await reviewMany(at.page, Math.round((steps * SETTLED) / REVIEWED));
      const before = await heapBytes(at.page);
      await reviewMany(at.page, steps);
      const after = await heapBytes(at.page);
      context.say(`  memory: ${(before / 1e6).toFixed(1)} MB, then ${(after / 1e6).toFixed(1)} MB`);
      return {
        value: Math.max(0, (100 * (after - before)) / before),
        n: steps,
        set: `${size}: heap of the page after collecting, over so many pictures gone through`,
      };
    },
  },
  {
    name: 'search-first-result',
    unit: 'ms',
    better: 'lower',
    bar: 300,
    run: async (_context, { at, folder }) => {
      const times = [];
      for (let i = 0; i < SEARCHES; i += 1) {
        await at.page.goto(new URL('/search', at.address).href);
        const chooser = at.page.locator('input[type="file"]');
        await chooser.waitFor({ state: 'attached' });
        await at.page.evaluate(() => {
          window.chosenAt = 0;
          document.addEventListener('change', (event) => (window.chosenAt = event.timeStamp), {
            capture: true,
            once: true,
          });
        });
        await chooser.setInputFiles(join(folder, `${i}.jpg`));
        times.push(
          await at.page.evaluate(async () => {
            while (document.querySelector('main li a[href^="/media/"]') === null)
              await new Promise((resolve) => requestAnimationFrame(resolve));
            return performance.now() - window.chosenAt;
          }),
        );
      }
      return {
        value: quantile(times, 0.95),
        n: times.length,
        set: `a picture of 1.2 MP among ${PICTURES} that are compared, beside ${size}: chosen to first result, 95th percentile`,
      };
    },
  },
  {
    name: 'graph-laid',
    unit: 's',
    better: 'lower',
    bar: 3,
    run: async ({ seed }, { at }) => {
      const { ms, nodes, edges } = await openGraph(at, seed);
      await closeGraph(at);
      return {
        value: ms / 1000,
        n: nodes,
        set: `graph of ${nodes.toLocaleString('en')} nodes and ${edges.toLocaleString('en')} lines: page asked for to every node in its place`,
      };
    },
  },
  {
    name: 'graph-pan-p95',
    unit: 'ms',
    better: 'lower',
    bar: 34,
    run: async ({ seed }, { at }) => {
      const { nodes, edges } = await openGraph(at, seed);
      const times = await panGraph(at);
      await closeGraph(at);
      return {
        value: quantile(times, 0.95),
        n: times.length,
        set: `graph of ${nodes.toLocaleString('en')} nodes and ${edges.toLocaleString('en')} lines, all in sight: frame to frame while it is dragged, 95th percentile`,
      };
    },
  },
  {
    name: 'initial-js-gzip',
    unit: 'kB',
    better: 'lower',
    bar: 300,
    runs: 1,
    run: () => {
      const scripts = initialScripts();
      return {
        value: scripts.reduce((sum, bytes) => sum + bytes, 0) / 1000,
        n: scripts.length,
        set: 'the scripts that the built page names, and what they import by themselves',
      };
    },
  },
];
