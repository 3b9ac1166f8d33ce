// What a word index holds of a feature: its code (two 32-bit halves) and one word with the number of its picture in the segment, its direction and its size. 12 bytes.
import { INDEXED_LIMIT, type FeatureSet } from '../../kernels/index.js';

export const DOC_BITS = 18;
export const MOST_DOCS = 2 ** DOC_BITS;
const DOC_MASK = MOST_DOCS - 1;
const STEPS = 128;
const TURN = 2 * Math.PI;
/** Sizes from half a pixel on, in steps of a twelfth of an octave. */
const SIZES_AN_OCTAVE = 12;
const LEAST_SIZE_LOG2 = -1;

export const packPosting = (doc: number, direction: number, size: number): number =>
  (doc | (direction << DOC_BITS) | (size << (DOC_BITS + 7))) >>> 0;
export const docOf = (posting: number): number => posting & DOC_MASK;
export const directionOf = (posting: number): number => (posting >>> DOC_BITS) & (STEPS - 1);
export const sizeOf = (posting: number): number => posting >>> (DOC_BITS + 7);

/** 0..127, a whole turn. */
export const directionStep = (radians: number): number => Math.round((radians / TURN) * STEPS) & (STEPS - 1);
/** 0..127. */
export const sizeStep = (sizeLog2: number): number =>
  Math.max(0, Math.min(STEPS - 1, Math.round((sizeLog2 - LEAST_SIZE_LOG2) * SIZES_AN_OCTAVE)));

/** Features of a set that an index holds: the strongest, without those on flat ground, which recur everywhere (text, interface, drawn lines). */
export const INDEX_BUSY = 0.6;
export const isIndexed = (set: FeatureSet, i: number): boolean => i < INDEXED_LIMIT && set.busy[i]! >= INDEX_BUSY;
