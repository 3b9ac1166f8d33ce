// The part of a graph that is seen: how large, and where on the page the middle of the graph lies.
import type { Point, Size } from '../layout/plane.js';

export interface GraphView {
  readonly scale: number;
  /** Where the middle of the graph lies, px. */
  readonly x: number;
  readonly y: number;
}

const LEAST_SCALE = 0.02;
const MOST_SCALE = 6;
/** Few nodes are not blown up to fill the page. */
const MOST_FITTED = 2;
const MARGIN_PX = 60;

/** What lies at (x, y) of the page stays there. */
export const zoomedAt = (view: GraphView, factor: number, x: number, y: number): GraphView => {
  const scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
};

/** The whole of it in the middle of a box. */
export const viewOfAll = (places: readonly Point[], { width, height }: Size): GraphView => {
  if (places.length === 0) return { scale: 1, x: width / 2, y: height / 2 };
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const fitted = Math.min(
    MOST_FITTED,
    (width - 2 * MARGIN_PX) / Math.max(1, right - left),
    (height - 2 * MARGIN_PX) / Math.max(1, bottom - top),
  );
  const scale = Math.max(LEAST_SCALE, fitted);
  return { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale };
};

/** From a place in the graph to the page, and back. */
export const onPage = ({ scale, x, y }: GraphView, place: Point): Point => ({
  x: place.x * scale + x,
  y: place.y * scale + y,
});
export const inGraph = ({ scale, x, y }: GraphView, at: Point): Point => ({
  x: Math.round((at.x - x) / scale),
  y: Math.round((at.y - y) / scale),
});
