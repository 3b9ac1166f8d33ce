// What a word index holds of a picture: of each feature the word that it is found by, a code, and its pose. A feature and the same one in the mirror image are
// held alike: under the lesser of the two words that it has, with a bit that says which of them that is. So one list answers both, from either side.
import { INDEXED_LIMIT, type FeatureSet } from '../../kernels/index.js';
import { LEAST_BUSY, unlikeOthers } from '../../geometry/index.js';

/** Parallel arrays, two 32-bit halves a code. */
export interface IndexedFeatures {
  readonly count: number;
  readonly words: Uint16Array;
  readonly codes: Uint32Array;
  readonly poses: Uint32Array;
}

/** Steps of a turn, 2.8 degrees each; half a turn. */
export const TURN_STEPS = 128;
const HALF_TURN = TURN_STEPS / 2;
/** Sizes from half a pixel on, in steps of a twelfth of an octave, 0..127. */
export const SIZES_AN_OCTAVE = 12;
const LEAST_SIZE_LOG2 = -1;
/** Places in steps of four pixels, 0..255. */
export const PLACE_PX = 4;

/** Features on flat ground recur everywhere (text, interface, drawn lines), those with a twin in their own picture say nothing of where they are. */
const INDEX_BUSY = 0.6;

export const indexedFeatures = (set: FeatureSet): IndexedFeatures => {
  const unlike = unlikeOthers(set);
  const most = Math.min(INDEXED_LIMIT, set.count);
  const [words, codes, poses] = [new Uint16Array(most), new Uint32Array(2 * most), new Uint32Array(most)];
  let count = 0;
  for (let i = 0; i < most; i++) {
    if (set.busy[i]! < INDEX_BUSY || unlike[i] === 0) continue;
    const isFlipped = set.mirrorWords[i]! < set.words[i]!;
    const from = isFlipped ? set.mirrorCodes : set.codes;
    words[count] = isFlipped ? set.mirrorWords[i]! : set.words[i]!;
    codes[2 * count] = from[2 * i]!;
    codes[2 * count + 1] = from[2 * i + 1]!;
    poses[count++] = packPose(set, i, isFlipped);
  }
  return { count, words: words.slice(0, count), codes: codes.slice(0, 2 * count), poses: poses.slice(0, count) };
};

/** x 8 bits, y 8, direction 7, size 7, whether it is busy enough to count in a comparison, whether it is held as in the mirror. */
const packPose = (set: FeatureSet, i: number, isFlipped: boolean): number => {
  const place = (px: number): number => Math.max(0, Math.min(255, Math.round(px / PLACE_PX)));
  const size = Math.round((set.size[i]! - LEAST_SIZE_LOG2) * SIZES_AN_OCTAVE);
  const direction = Math.round((set.direction[i]! / (2 * Math.PI)) * TURN_STEPS) & (TURN_STEPS - 1);
  const flags = (set.busy[i]! >= LEAST_BUSY ? 1 : 0) | (isFlipped ? 2 : 0);
  const [x, y] = [place(set.x[i]!), place(set.y[i]!)];
  return (x | (y << 8) | (direction << 16) | (Math.max(0, Math.min(127, size)) << 23) | (flags << 30)) >>> 0;
};

/** Two features that may correspond. Everything in whole steps, so that both directions of a comparison reckon with the same numbers. */
export interface Vote {
  /** One of the two is held as in the mirror, so that one picture would be the other's mirror image. */
  readonly isMirror: boolean;
  readonly isBusy: boolean;
  /** From the first to the second, its mirror image where it is one. */
  readonly turn: number;
  readonly growth: number;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

export const voteOf = (a: number, b: number): Vote => {
  const isMirror = ((a ^ b) & 0x8000_0000) !== 0;
  const [turnA, turnB] = [(a >>> 16) & 127, (b >>> 16) & 127];
  return {
    isMirror,
    isBusy: (a & b & 0x4000_0000) !== 0,
    turn: (isMirror ? turnA + turnB - HALF_TURN : turnB - turnA) & (TURN_STEPS - 1),
    growth: ((b >>> 23) & 127) - ((a >>> 23) & 127),
    ax: a & 255,
    ay: (a >>> 8) & 255,
    bx: b & 255,
    by: (b >>> 8) & 255,
  };
};
