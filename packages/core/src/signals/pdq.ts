// PDQ as a method: 8 x 32 bytes and a quality; two pictures are near within 31 bits in any orientation. docs/methods/pdq.md.
import { HASH_BYTES, hashFromHex, ORIENTATION_COUNT } from '../kernels/index.js';
import { HASH_RATES } from './counted-set.js';
import type { Comparison, Signal, SignalMethod } from './method.js';
import { inFixedOrder, nearestOrientation, turnedPlaces } from './turned.js';
import { checkSignal } from './validate.js';

/** Bytes of the value: the hash in each orientation, in the order of `ORIENTATIONS`. */
export const PDQ_BYTES = ORIENTATION_COUNT * HASH_BYTES;
/** The threshold that the authors recommend and most users of the hash share. */
export const PDQ_THRESHOLD_BITS = 31;
/** Under it the hash is mostly noise: such pictures never match near (the reference asserts nothing either). */
export const PDQ_MIN_QUALITY = 50;

const NAME = 'pdq';
const VERSION = 1;

export const pdqSignal = (hashes: Uint8Array, quality: number): Signal => ({
  method: NAME,
  version: VERSION,
  quality,
  value: hashes,
});

/** Too flat, dark or empty to be told from other pictures by near methods: it stands alone. */
export const isFeatureless = (pdq: Signal): boolean => (pdq.quality ?? 0) < PDQ_MIN_QUALITY;

const compare = (a: Signal, b: Signal): Comparison => {
  const { orientation, result: value } = inFixedOrder(a, b, (first, second) => {
    const { orientation, distanceBits } = nearestOrientation(first.value, second.value);
    return { orientation, result: distanceBits };
  });
  const lowest = Math.min(a.quality ?? 0, b.quality ?? 0);
  const isNear = value <= PDQ_THRESHOLD_BITS && lowest >= PDQ_MIN_QUALITY;
  return {
    value,
    unit: 'bits',
    threshold: PDQ_THRESHOLD_BITS,
    grade: isNear ? 'same content' : null,
    where: turnedPlaces(orientation),
    ...(lowest < PDQ_MIN_QUALITY
      ? { note: { code: 'LOW_QUALITY', detail: `pdq quality ${lowest} is under ${PDQ_MIN_QUALITY}` } }
      : {}),
  };
};

/** One published hash with nothing known of its orientations, its first `flipped` bits turned over: enough for an example. */
const example = (hex: string, quality: number, flipped = 0): Signal => {
  const hash = hashFromHex(hex);
  for (let bit = 0; bit < flipped; bit++) hash[bit >> 3] = (hash[bit >> 3] as number) ^ (1 << (bit & 7));
  const hashes = new Uint8Array(PDQ_BYTES);
  for (let k = 0; k < ORIENTATION_COUNT; k++) hashes.set(hash, k * HASH_BYTES);
  return pdqSignal(hashes, quality);
};
// Hashes of two drawings of this project, own-03.png and own-06.png.
const FIRST = '4e47e3e206870e1fc7e13bd87c3f79e0fa709e383cc72390c786018711c7cee2';
const OTHER = 'cf2730dc51e1df1aacc293e8d9721177f34c0f21aab720cacf3855d268f2455c';

export const pdq: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: 'Perceptual hash of the whole picture (PDQ), in eight orientations',
  mediaTypes: ['picture'],
  unit: 'bits',
  threshold: PDQ_THRESHOLD_BITS,
  matchesWhen: 'at-most',
  rates: HASH_RATES.pdq,
  examples: [
    { a: example(FIRST, 100), b: example(FIRST, 100, 2), value: 2, grade: 'same content' },
    { a: example(FIRST, 100), b: example(OTHER, 100), value: 116, grade: null },
    { a: example(FIRST, 100), b: example(FIRST, 100, 31), value: 31, grade: 'same content' },
    { a: example(FIRST, 100), b: example(FIRST, 100, 32), value: 32, grade: null },
    { a: example(FIRST, 100), b: example(FIRST, PDQ_MIN_QUALITY - 1, 2), value: 2, grade: null },
  ],
  validate: (signal) => checkSignal(signal, { method: NAME, version: VERSION, bytes: PDQ_BYTES, hasQuality: true }),
  compare,
};
