// Local luma differences as a method: proposes pairs that an overlay hides from PDQ. docs/methods/edge-hash.md.
import { EDGE_HASH_BYTES, ORIENTATION_COUNT } from '../kernels/index.js';
import { HASH_RATES } from './counted-set.js';
import { MIN_DETAIL_PERCENT } from './detail.js';
import type { Comparison, Signal, SignalMethod } from './method.js';
import { inFixedOrder, nearestOrientation, turnedPlaces } from './turned.js';
import { checkSignal } from './validate.js';

/** Bytes of the value: the hash in each orientation, in the order of `ORIENTATIONS`. */
export const EDGE_HASH_VALUE_BYTES = ORIENTATION_COUNT * EDGE_HASH_BYTES;
/** Re-encoded, resized, turned pictures with overlays of 5 % lie within 33 bits; different photographs start near 53. */
export const EDGE_HASH_THRESHOLD_BITS = 40;

const NAME = 'edge-hash';
const VERSION = 1;

export const edgeHashSignal = (hashes: Uint8Array, detailPercent: number): Signal => ({
  method: NAME,
  version: VERSION,
  quality: detailPercent,
  value: hashes,
});

const compare = (a: Signal, b: Signal): Comparison => {
  const { orientation, result: value } = inFixedOrder(a, b, (first, second) => {
    const { orientation, distanceBits } = nearestOrientation(first.value, second.value);
    return { orientation, result: distanceBits };
  });
  const lowest = Math.min(a.quality ?? 0, b.quality ?? 0);
  return {
    value,
    unit: 'bits',
    threshold: EDGE_HASH_THRESHOLD_BITS,
    grade: value <= EDGE_HASH_THRESHOLD_BITS && lowest >= MIN_DETAIL_PERCENT ? 'same content' : null,
    where: turnedPlaces(orientation),
    ...(lowest < MIN_DETAIL_PERCENT
      ? {
          note: {
            code: 'LOW_QUALITY',
            detail: `${lowest} % of the cells are detail, fewer than ${MIN_DETAIL_PERCENT} %`,
          },
        }
      : {}),
  };
};

/** A hash whose first `ones` bits are set, the same in each orientation. */
const example = (ones: number, quality: number): Signal =>
  edgeHashSignal(
    Uint8Array.from({ length: EDGE_HASH_VALUE_BYTES }, (_, i) => {
      const bits = Math.min(8, Math.max(0, ones - 8 * (i % EDGE_HASH_BYTES)));
      return (1 << bits) - 1;
    }),
    quality,
  );

export const edgeHash: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: 'Hash of local luma differences, in eight orientations',
  mediaTypes: ['picture'],
  unit: 'bits',
  threshold: EDGE_HASH_THRESHOLD_BITS,
  matchesWhen: 'at-most',
  rates: HASH_RATES.edgeHash,
  examples: [
    { a: example(100, 60), b: example(112, 60), value: 12, grade: 'same content' },
    { a: example(100, 60), b: example(180, 60), value: 80, grade: null },
    { a: example(100, 60), b: example(140, 60), value: 40, grade: 'same content' },
    { a: example(100, 60), b: example(141, 60), value: 41, grade: null },
    { a: example(100, 60), b: example(112, MIN_DETAIL_PERCENT - 1), value: 12, grade: null },
  ],
  validate: (signal) =>
    checkSignal(signal, { method: NAME, version: VERSION, bytes: EDGE_HASH_VALUE_BYTES, hasQuality: true }),
  compare,
};
