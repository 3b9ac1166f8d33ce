// Draws a graph on a canvas: people round, places square, devices hexagonal; groups as hulls; the wider a line the more bits; the red thread over
// everything. The same for the screen and for the picture that leaves.
import type { GraphEdge, GraphNode } from '@redthread/core/contract';
import type { Grade } from '@redthread/core/domain';
import type { Point, Size } from '../layout/plane.js';
import { onPage, type GraphView } from './graph-view.js';
import { hullOf } from './hull.js';
import type { Places } from './lay-out.js';

export interface Colours {
  readonly bg: string;
  readonly surface: string;
  readonly raised: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly font: string;
  readonly grade: (grade: Grade) => string;
}

export interface Scene {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly groups: readonly { readonly group: string; readonly keys: readonly string[] }[];
  readonly places: Places;
  readonly path: readonly GraphEdge[];
  readonly ends: readonly string[];
  readonly chosen: string | undefined;
  readonly pinned: ReadonlySet<string>;
  readonly nameOf: (node: GraphNode) => string;
}

const NODE_PX = 9;
/** From the middle of a node to its edge. */
export const nodePx = ({ scale }: GraphView): number => NODE_PX * Math.max(0.45, Math.min(1.4, scale));

export type NodeShape = 'case' | 'person' | 'place' | 'device' | 'series' | 'other';

export const shapeOf = (kind: GraphNode['kind']): NodeShape => {
  if (kind === 'case' || kind === 'person' || kind === 'place' || kind === 'series') return kind;
  return kind === 'device' || kind === 'camera' || kind === 'phone-number' ? 'device' : 'other';
};

const CORNERS: Readonly<Record<Exclude<NodeShape, 'person'>, readonly (readonly [number, number])[]>> = {
  case: [
    [-1.35, -0.85],
    [1.35, -0.85],
    [1.35, 0.85],
    [-1.35, 0.85],
  ],
  place: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  device: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos((Math.PI * i) / 3), Math.sin((Math.PI * i) / 3)] as const),
  series: [
    [0, -1.2],
    [1.2, 0],
    [0, 1.2],
    [-1.2, 0],
  ],
  other: [
    [0, -1.1],
    [1.1, 0.8],
    [-1.1, 0.8],
  ],
};

/** Into the path that is open. */
export const tracePath = (pen: CanvasRenderingContext2D, shape: NodeShape, { x, y }: Point, size: number): void => {
  if (shape === 'person') {
    pen.moveTo(x + size, y);
    pen.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  CORNERS[shape].forEach(([dx, dy], i) => {
    if (i === 0) pen.moveTo(x + dx * size, y + dy * size);
    else pen.lineTo(x + dx * size, y + dy * size);
  });
  pen.closePath();
};

const MOST_LINE_PX = 8;
/** Width of a line, px: half of a pixel for each bit beyond the first. */
export const widthOf = ({ bits }: Pick<GraphEdge, 'bits'>): number =>
  bits === null ? 1 : Math.max(1, Math.min(MOST_LINE_PX, bits / 4));

/** Names of all are drawn where there is room for them. */
const NAMES_FROM = 0.55;
const FEW = 40;

const NAME_PX = 11;
const GAP_PX = 4;
const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value));

/** The middle of the upper edge of a name: below its node, or above where that is the end of the picture; whole wherever its node is in the picture. */
export const namePlace = (node: Point, sizePx: number, wordsPx: number, { width, height }: Size): Point => {
  const below = node.y + sizePx + GAP_PX;
  const y = below + NAME_PX > height - GAP_PX ? node.y - sizePx - GAP_PX - NAME_PX : below;
  const half = wordsPx / 2 + GAP_PX;
  const isSeen = node.x >= 0 && node.x <= width && half * 2 <= width;
  return { x: isSeen ? within(half, node.x, width - half) : node.x, y };
};

interface LineLook {
  readonly colour: string;
  readonly px: number;
  readonly dash: readonly number[];
}

const lookOf = (edge: GraphEdge, colours: Colours): LineLook =>
  edge.kind === 'connection'
    ? { colour: colours.grade(edge.grades[0] ?? 'none'), px: Math.round(widthOf(edge) * 2) / 2, dash: [] }
    : { colour: colours.muted, px: 1, dash: edge.kind === 'assertion' ? [6, 4] : [1, 3] };

/** Lines by how they look, in the order in which each look is met first. */
export const alike = (
  edges: readonly GraphEdge[],
  colours: Colours,
): readonly { readonly look: LineLook; readonly edges: readonly GraphEdge[] }[] => {
  const found = new Map<string, { readonly look: LineLook; readonly edges: GraphEdge[] }>();
  for (const edge of edges) {
    const look = lookOf(edge, colours);
    const key = `${look.colour} ${look.px} ${look.dash.join(' ')}`;
    const those = found.get(key);
    if (those === undefined) found.set(key, { look, edges: [edge] });
    else those.edges.push(edge);
  }
  return [...found.values()];
};

/** Measured: each by itself takes twice as long, and all in one five times. */
const SHAPES_AT_ONCE = 50;

/** From afar lines are thinner, as nodes are smaller: they would cover everything. */
const LEAST_LINE_SCALE = 0.25;
const LEAST_LINE_PX = 0.75;

/** With its name no part of it is in the picture. */
const OUTSIDE_PX = 60;
const isOutside = ({ x, y }: Point, width: number, height: number): boolean =>
  x < -OUTSIDE_PX || y < -OUTSIDE_PX || x > width + OUTSIDE_PX || y > height + OUTSIDE_PX;
/** Both ends lie beyond the same side. */
const isAside = (a: Point, b: Point, width: number, height: number): boolean =>
  (a.x < 0 && b.x < 0) || (a.y < 0 && b.y < 0) || (a.x > width && b.x > width) || (a.y > height && b.y > height);

export const drawGraph = (
  pen: CanvasRenderingContext2D,
  { width, height }: Size,
  view: GraphView,
  colours: Colours,
  scene: Scene,
  /** While it is moved: thousands of dashes take longer than a frame. */
  isPlain = false,
): void => {
  const at = (key: string): Point | null => {
    const place = scene.places[key];
    return place === undefined ? null : onPage(view, place);
  };
  const size = nodePx(view);
  pen.fillStyle = colours.bg;
  pen.fillRect(0, 0, width, height);
  for (const { keys } of scene.groups) {
    const hull = hullOf(
      keys.flatMap((key) => at(key) ?? []),
      size * 2.2,
    );
    pen.beginPath();
    for (const { x, y } of hull) pen.lineTo(x, y);
    pen.closePath();
    pen.fillStyle = colours.surface;
    pen.fill();
    pen.setLineDash([4, 4]);
    pen.lineWidth = 1;
    pen.strokeStyle = colours.muted;
    pen.stroke();
  }
  // One stroke for all lines that look alike: thousands of strokes a frame would be more than a frame has time for.
  const line = (edge: GraphEdge): void => {
    const [a, b] = [at(edge.a), at(edge.b)];
    if (a === null || b === null || isAside(a, b, width, height)) return;
    pen.moveTo(a.x, a.y);
    pen.lineTo(b.x, b.y);
  };
  const lines = (edges: readonly GraphEdge[], { colour, px, dash }: LineLook): void => {
    pen.beginPath();
    edges.forEach(line);
    pen.setLineDash(isPlain ? [] : [...dash]);
    pen.lineWidth = Math.max(LEAST_LINE_PX, px * within(LEAST_LINE_SCALE, view.scale, 1));
    pen.strokeStyle = colour;
    pen.stroke();
  };
  for (const { look, edges } of alike(scene.edges, colours)) lines(edges, look);
  lines(scene.path, { colour: colours.accent, px: 4, dash: [] });
  pen.setLineDash([]);
  const ends = new Set(scene.ends);
  const onPath = new Set(scene.path.flatMap(({ a, b }) => [a, b]));
  const allNamed = view.scale >= NAMES_FROM || scene.nodes.length <= FEW;
  pen.font = `${NAME_PX}px ${colours.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  const isNamed = (key: string): boolean => allNamed || ends.has(key) || onPath.has(key) || key === scene.chosen;
  const seen = scene.nodes.flatMap((node) => {
    const place = at(node.key);
    return place === null || isOutside(place, width, height) ? [] : [{ node, place }];
  });
  const shapes = (these: typeof seen, fill: string, stroke: string, px: number): void => {
    pen.fillStyle = fill;
    pen.lineWidth = px;
    pen.strokeStyle = stroke;
    for (let i = 0; i < these.length; i += SHAPES_AT_ONCE) {
      pen.beginPath();
      for (const { node, place } of these.slice(i, i + SHAPES_AT_ONCE)) tracePath(pen, shapeOf(node.kind), place, size);
      pen.fill();
      pen.stroke();
    }
  };
  const isThread = ({ node: { key } }: (typeof seen)[number]): boolean => ends.has(key) || onPath.has(key);
  shapes(
    seen.filter((one) => !isThread(one)),
    colours.raised,
    colours.text,
    1.2,
  );
  shapes(seen.filter(isThread), colours.accent, colours.text, 1.2);
  const chosen = seen.filter(({ node }) => node.key === scene.chosen);
  shapes(chosen, chosen.some(isThread) ? colours.accent : colours.raised, colours.accent, 2.5);
  for (const { node, place } of seen) {
    if (scene.pinned.has(node.key)) {
      pen.beginPath();
      pen.arc(place.x, place.y, 2, 0, 2 * Math.PI);
      pen.fillStyle = colours.text;
      pen.fill();
    }
    if (!isNamed(node.key)) continue;
    const words = scene.nameOf(node);
    const { x, y } = namePlace(place, size, pen.measureText(words).width, { width, height });
    pen.lineWidth = 3;
    pen.strokeStyle = colours.bg;
    pen.strokeText(words, x, y);
    pen.fillStyle = colours.text;
    pen.fillText(words, x, y);
  }
};
