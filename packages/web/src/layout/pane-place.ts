// Where a place of a picture is on the page: the picture is fitted into its pane, turned about the middle, then zoomed and moved with the view.
import type { Orientation } from './orientation.js';
import { swapsSides } from './orientation.js';
import { containedIn } from './region.js';
import type { ViewBox } from './view-box.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What each turn does to a step to the right and a step down, row by row, as its CSS transform does. */
const STEPS: Readonly<Record<Orientation, readonly [number, number, number, number]>> = {
  upright: [1, 0, 0, 1],
  rotate90: [0, -1, 1, 0],
  rotate180: [-1, 0, 0, -1],
  rotate270: [0, 1, -1, 0],
  mirror: [-1, 0, 0, 1],
  flip: [1, 0, 0, -1],
  transpose: [0, 1, 1, 0],
  transverse: [0, -1, -1, 0],
};

interface Pane {
  readonly width: number;
  readonly height: number;
}

interface Shown {
  /** Width by height of the picture. */
  readonly ratio: number;
  readonly turn: Orientation;
  readonly view: ViewBox;
}

/** Pixels from the top left of the pane; `place` in parts of the sides of the picture. */
export const placeInPane = (pane: Pane, { ratio, turn, view }: Shown, place: Point): Point => {
  const [width, height] = swapsSides(turn) ? [pane.height, pane.width] : [pane.width, pane.height];
  const picture = containedIn({ x: -width / 2, y: -height / 2, width, height }, ratio);
  const [x, y] = [picture.x + place.x * picture.width, picture.y + place.y * picture.height];
  const [a, b, c, d] = STEPS[turn];
  const { zoom } = view;
  return {
    x: pane.width / 2 + zoom * (a * x + b * y + (0.5 - view.x) * pane.width),
    y: pane.height / 2 + zoom * (c * x + d * y + (0.5 - view.y) * pane.height),
  };
};
