// Pictures as arrays, for tests of local features: blobs of many sizes and tones, and looks at them through a transform.
import { readFileSync } from 'node:fs';
import { decodeVocabulary, VOCABULARY_VERSION } from '../src/kernels/index.js';
import { featureSignal, type Signal } from '../src/signals/index.js';
import { createRandom } from './random.js';

const file = new URL(`../vocabulary/words-${VOCABULARY_VERSION}.bin`, import.meta.url);
export const vocabularyBytes = (): Uint8Array => new Uint8Array(readFileSync(file));
export const { vocabulary, training } = decodeVocabulary(vocabularyBytes());

export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Turned rectangles with stripes of their own, one over the other: corners and edges everywhere, and no two places alike. */
export const blobs = (seed: number, width = 640, height = 480, count = 400): Luma => {
  const random = createRandom(seed);
  const data = new Float32Array(width * height).fill(128);
  for (let i = 0; i < count; i++) {
    const [x, y] = [random.between(0, width), random.between(0, height)];
    const [a, b, turn] = [random.between(4, 60), random.between(4, 60), random.between(0, Math.PI)];
    const [tone, other, stripe] = [random.between(0, 255), random.between(0, 255), random.between(4, 20)];
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const reach = Math.ceil(Math.hypot(a, b));
    for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(height, y + reach); row++)
      for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(width, x + reach); column++) {
        const [u, v] = [c * (column - x) + s * (row - y), c * (row - y) - s * (column - x)];
        if (Math.abs(u) > a || Math.abs(v) > b) continue;
        data[row * width + column] = Math.floor((u + a) / stripe) % 3 === 0 ? other : tone;
      }
  }
  return { width, height, data };
};

/** What a look of `width` x `height` sees: each of its pixels at `from(x, y)` of the picture, between pixels; grey outside. */
export const look = (
  { data, height: rows, width: columns }: Luma,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [number, number],
): Luma => {
  const seen = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = from(x, y);
      const [left, top] = [Math.floor(u), Math.floor(v)];
      if (left < 0 || top < 0 || left >= columns - 1 || top >= rows - 1) seen[y * width + x] = 128;
      else {
        const at = top * columns + left;
        const [p, q] = [u - left, v - top];
        seen[y * width + x] =
          (1 - q) * ((1 - p) * data[at]! + p * data[at + 1]!) +
          q * ((1 - p) * data[at + columns]! + p * data[at + columns + 1]!);
      }
    }
  return { width, height, data: seen };
};

export const signalOfLuma = ({ data, height, width }: Luma): Signal => featureSignal(data, width, height, vocabulary);
