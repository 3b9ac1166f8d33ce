// Descriptors of the mirror image without looking at it: rows of cells change places, and directions turn back.
import { DESCRIPTOR_BYTES } from './plan.js';

const CELLS = 4;
const DIRECTIONS = 8;

/** Where each value of a mirrored descriptor comes from. A feature's own direction stays the first axis; the other one is turned over. */
const SOURCE = Uint8Array.from({ length: DESCRIPTOR_BYTES }, (_, i) => {
  const [cell, bin] = [Math.floor(i / DIRECTIONS), i % DIRECTIONS];
  const [row, column] = [Math.floor(cell / CELLS), cell % CELLS];
  return ((CELLS - 1 - row) * CELLS + column) * DIRECTIONS + ((DIRECTIONS - bin) % DIRECTIONS);
});

/** `descriptors`: 128 bytes each. */
export const mirroredDescriptors = (descriptors: Uint8Array): Uint8Array => {
  const turned = new Uint8Array(descriptors.length);
  for (let at = 0; at < descriptors.length; at += DESCRIPTOR_BYTES)
    for (let i = 0; i < DESCRIPTOR_BYTES; i++) turned[at + i] = descriptors[at + SOURCE[i]!]!;
  return turned;
};
