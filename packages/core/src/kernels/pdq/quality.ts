// PDQ's quality: how much visible gradient the 64 x 64 cells hold; 0 for a flat picture, 100 for most photographs.
import { CELLS } from './downsample.js';

const GRADIENTS_PER_POINT = 90;

/** Sum of the neighbour differences in whole per cent of the luma range (small ones count nothing), scaled and capped: 0..100. */
export const pdqQuality = (cells: Float32Array): number => {
  let gradient = 0;
  const step = (from: number, to: number): number =>
    Math.abs(Math.trunc(Math.fround(Math.fround(Math.fround(cells[from]! - cells[to]!) * 100) / 255)));
  for (let at = 0; at < CELLS * (CELLS - 1); at++) gradient += step(at, at + CELLS);
  for (let at = 0; at < CELLS * CELLS; at++) if (at % CELLS !== CELLS - 1) gradient += step(at, at + 1);
  return Math.min(100, Math.floor(gradient / GRADIENTS_PER_POINT));
};
