// Hashes and frames for the examples of film methods: invented, no two of them alike.
import { HASH_BYTES } from '../kernels/index.js';
import { exampleFeatures } from './feature-examples.js';
import { filmPartsSignal } from './film-parts-signal.js';
import type { Signal } from './method.js';

/** 32 bytes that follow from a number (xorshift, Marsaglia 2003). */
export const filmExample = (seed: number): Uint8Array => {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return Uint8Array.from({ length: HASH_BYTES }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  });
};

/** Two films of one frame each, which have so many places in common. */
export const exampleFilmParts = (places: number): { a: Signal; b: Signal } => {
  const { a, b } = exampleFeatures(places);
  const film = (features: Uint8Array): Signal => filmPartsSignal([{ timeMs: 1_000, features }]);
  return { a: film(a.value), b: film(b.value) };
};
