// Places for the nodes of a graph: forces, worked out to their end before anything is shown, so that nothing moves by itself. The same graph is
// laid out alike each time; what has a place keeps it.
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';
import type { Point } from '../layout/plane.js';

export interface LayoutJob {
  readonly keys: readonly string[];
  /** Ends of the edges, with how strong each is. */
  readonly edges: readonly { readonly a: string; readonly b: string; readonly bits: number | null }[];
  /** Places that stay: what was pinned, and what is shown already. */
  readonly fixed: Readonly<Record<string, Point>>;
}
export type Places = Readonly<Record<string, Point>>;

interface Body extends SimulationNodeDatum {
  readonly key: string;
}

const LINK_PX = 90;
const ROOM_PX = 22;
const REPULSION = -260;
const GRAVITY = 0.04;
/** So many steps for a small graph, and never more work than for a large one. */
const STEPS = { most: 300, least: 40, bodies: 200_000 } as const;

export const layOutGraph = ({ keys, edges, fixed }: LayoutJob): Places => {
  const links = edges.map(({ a, b }) => ({ source: a, target: b }));
  const near = new Map<string, Point>();
  for (const { a, b } of edges) {
    const [ofA, ofB] = [fixed[a], fixed[b]];
    if (ofA !== undefined) near.set(b, ofA);
    if (ofB !== undefined) near.set(a, ofB);
  }
  // What comes in begins beside what it belongs to, each at an angle of its own.
  const bodies = keys.map((key, i): Body => {
    const own = fixed[key];
    if (own !== undefined) return { key, x: own.x, y: own.y, fx: own.x, fy: own.y };
    const from = near.get(key);
    const [angle, radius] = [i * 2.399963, 12 * Math.sqrt(i + 1)];
    const begin = from ?? { x: 0, y: 0 };
    return { key, x: begin.x + radius * Math.cos(angle), y: begin.y + radius * Math.sin(angle) };
  });
  const simulation = forceSimulation(bodies)
    .force(
      'link',
      forceLink<Body, { source: string; target: string }>(links)
        .id(({ key }) => key)
        .distance(LINK_PX),
    )
    .force('charge', forceManyBody<Body>().strength(REPULSION).distanceMax(900))
    .force('room', forceCollide<Body>(ROOM_PX))
    .force('x', forceX<Body>(0).strength(GRAVITY))
    .force('y', forceY<Body>(0).strength(GRAVITY))
    .stop();
  simulation.tick(Math.max(STEPS.least, Math.min(STEPS.most, Math.round(STEPS.bodies / Math.max(1, keys.length)))));
  return Object.fromEntries(bodies.map(({ key, x, y }) => [key, { x: Math.round(x ?? 0), y: Math.round(y ?? 0) }]));
};
