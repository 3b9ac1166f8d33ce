// Draws a graph as often as it is moved. Thousands of lines take longer than a frame: of so many, what was drawn is slid along, and drawn anew where
// it was slid too far or zoomed, and whole once it lies still.
import type { Size } from '../layout/plane.js';
import { drawGraph, type Colours, type Scene } from './draw.js';
import type { GraphView } from './graph-view.js';

const MANY_LINES = 800;
const STILL_MS = 120;
/** So wide a border may be empty until it lies still. */
const MOST_SLID_PX = 96;

interface Painting {
  readonly size: Size;
  readonly view: GraphView;
  readonly colours: Colours;
  readonly scene: Scene;
}

export class GraphPainter {
  #last: Painting | null = null;
  /** What was drawn last, and as which part was seen. */
  #copy: { readonly canvas: HTMLCanvasElement; readonly view: GraphView } | null = null;
  #still: ReturnType<typeof setTimeout> | undefined;

  paint(element: HTMLCanvasElement, painting: Painting): void {
    const pen = element.getContext('2d');
    if (pen === null) return;
    const { size, view, colours, scene } = painting;
    const dense = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.width * dense), Math.round(size.height * dense)];
    // A canvas is cleared and made anew by every size that it is given.
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    const before = this.#last;
    this.#last = painting;
    const draw = (isPlain: boolean): void => {
      drawGraph(pen, size, view, colours, scene, isPlain);
      if (scene.edges.length > MANY_LINES) this.#keep(element, view);
    };
    this.rest();
    const isMoved = before?.scene === scene && before.size === size && before.view !== view;
    if (!isMoved || scene.edges.length <= MANY_LINES) return draw(false);
    if (!this.#slide(pen, painting)) draw(before.view.scale !== view.scale);
    this.#still = setTimeout(() => draw(false), STILL_MS);
  }

  /** Draws nothing more by itself. */
  rest(): void {
    clearTimeout(this.#still);
  }

  #keep(element: HTMLCanvasElement, view: GraphView): void {
    const canvas = this.#copy?.canvas ?? document.createElement('canvas');
    const { width, height } = element;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    canvas.getContext('2d')?.drawImage(element, 0, 0);
    this.#copy = { canvas, view };
  }

  #slide(pen: CanvasRenderingContext2D, { size: { width, height }, view, colours }: Painting): boolean {
    const from = this.#copy;
    if (from?.view.scale !== view.scale) return false;
    const [dx, dy] = [view.x - from.view.x, view.y - from.view.y];
    if (Math.max(Math.abs(dx), Math.abs(dy)) > MOST_SLID_PX) return false;
    pen.fillStyle = colours.bg;
    pen.fillRect(0, 0, width, height);
    pen.drawImage(from.canvas, dx, dy, width, height);
    return true;
  }
}
