// Draws the difference of two revealed blobs into a canvas that SafeMedia owns.
import { orientationTransform, swapsSides, type Orientation } from '../layout/orientation.js';
import { differencePixels } from './difference.js';

/** Longest side of the computed picture, px: enough to see, quick on a laptop. */
const MAX_SIDE = 1280;

const draw = (picture: ImageBitmap, width: number, height: number, turn: Orientation): Uint8ClampedArray => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return new Uint8ClampedArray(width * height * 4);
  const swap = swapsSides(turn);
  const matrix = new DOMMatrix()
    .translate(width / 2, height / 2)
    .multiply(new DOMMatrix(orientationTransform(turn) || 'none'));
  context.setTransform(matrix);
  const [w, h] = swap ? [height, width] : [width, height];
  context.drawImage(picture, -w / 2, -h / 2, w, h);
  return context.getImageData(0, 0, width, height).data;
};

/** B is stretched onto the frame of A, turned by `turn` first. */
export const drawDifference = async (target: HTMLCanvasElement, a: Blob, b: Blob, turn: Orientation): Promise<void> => {
  const [pictureA, pictureB] = await Promise.all([createImageBitmap(a), createImageBitmap(b)]);
  const scale = Math.min(1, MAX_SIDE / Math.max(pictureA.width, pictureA.height));
  const width = Math.max(1, Math.round(pictureA.width * scale));
  const height = Math.max(1, Math.round(pictureA.height * scale));
  const pixels = differencePixels(draw(pictureA, width, height, 'upright'), draw(pictureB, width, height, turn));
  pictureA.close();
  pictureB.close();
  target.width = width;
  target.height = height;
  target.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
};
