// A part of a picture on the page: where the picture lies in the box that it is fitted into, and the rectangle that somebody drags over it.
import type { Point } from './plane.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width by height of a picture, of a square where nobody knows. */
export const ratioOf = ({ width, height }: { readonly width: number | null; readonly height: number | null }): number =>
  (width ?? 1) / (height ?? 1);

/** Where a picture of this ratio of its sides lies in the middle of a box that shows all of it. */
export const containedIn = (box: Box, ratio: number): Box => {
  const width = Math.min(box.width, box.height * ratio);
  const height = width / ratio;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
};

const share = (value: number): number => Math.min(1, Math.max(0, value));

/** The rectangle between two points, in parts of the picture that lies in `picture`; what is dragged beyond its edge ends there. */
export const draggedRegion = (from: Point, to: Point, picture: Box): Box => {
  const [x0, x1] = [from.x, to.x].map((x) => share((x - picture.x) / picture.width)).sort((a, b) => a - b);
  const [y0, y1] = [from.y, to.y].map((y) => share((y - picture.y) / picture.height)).sort((a, b) => a - b);
  return { x: x0 ?? 0, y: y0 ?? 0, width: (x1 ?? 0) - (x0 ?? 0), height: (y1 ?? 0) - (y0 ?? 0) };
};

/** As large as before, and within the picture. */
export const movedRegion = (region: Box, dx: number, dy: number): Box => ({
  ...region,
  x: Math.min(1 - region.width, Math.max(0, region.x + dx)),
  y: Math.min(1 - region.height, Math.max(0, region.y + dy)),
});

const LEAST_SIDE = 0.02;

/** From the same corner; never nothing, and never beyond the edge of the picture. */
export const sizedRegion = (region: Box, dx: number, dy: number): Box => ({
  ...region,
  width: Math.min(1 - region.x, Math.max(LEAST_SIDE, region.width + dx)),
  height: Math.min(1 - region.y, Math.max(LEAST_SIDE, region.height + dy)),
});

const HUNDREDTHS = 1e4;

/** As the search takes it, in percent; never beyond the edge, however it is rounded. */
export const regionText = ({ x, y, width, height }: Box): string => {
  const [left, top] = [Math.floor(x * HUNDREDTHS), Math.floor(y * HUNDREDTHS)];
  const [right, bottom] = [Math.ceil((x + width) * HUNDREDTHS), Math.ceil((y + height) * HUNDREDTHS)];
  const sides = [left, top, Math.min(HUNDREDTHS, right) - left, Math.min(HUNDREDTHS, bottom) - top];
  return sides.map((side) => `${side / 100}%`).join(',');
};
