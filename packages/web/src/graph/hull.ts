// The convex outline around points, with room to their middles (Andrew's monotone chain, 1979).
import type { Point } from '../layout/plane.js';

const turn = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

const chain = (sorted: readonly Point[]): Point[] => {
  const out: Point[] = [];
  for (const point of sorted) {
    for (;;) {
      const [before, last] = [out.at(-2), out.at(-1)];
      if (before === undefined || last === undefined || turn(before, last, point) > 0) break;
      out.pop();
    }
    out.push(point);
  }
  return out.slice(0, -1);
};

const CORNERS = 8;

/** Each point stands for a circle of that radius, so that one or two points have an outline as well. */
export const hullOf = (points: readonly Point[], radius: number): readonly Point[] => {
  const around = points.flatMap(({ x, y }) =>
    Array.from({ length: CORNERS }, (_, i) => {
      const angle = (2 * Math.PI * i) / CORNERS;
      return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
    }),
  );
  const sorted = [...around].sort((p, q) => p.x - q.x || p.y - q.y);
  return [...chain(sorted), ...chain([...sorted].reverse())];
};
