// The signal that two methods read: local features of a picture, packed (kernels/features/feature-set.ts has the form). Computed once, compared twice.
import { fail } from '../errors/index.js';
import {
  extractFeatures,
  FEATURE_HEADER_BYTES,
  FEATURE_LIMIT,
  featureSetOf,
  packFeatures,
  statedBytes,
  type Vocabulary,
} from '../kernels/index.js';
import type { Note } from '../contract/comparison.js';
import type { Signal } from './method.js';
import { checkSignal } from './validate.js';

export const FEATURE_SIGNAL = 'local-features';
/** Rises with the extraction, the packing or the vocabulary. */
export const FEATURE_SIGNAL_VERSION = 2;

/** Fewer features than this say nothing: the picture is flat, or tiny. */
export const LEAST_FEATURES = 20;

/** Least contrast of a place, of a range of 255. */
const CONTRAST = 0.9;

/** `luma` is `width` x `height` values of 0..255, row-major, upright. Quality is the number of features, up to 100. */
export const featureSignal = (
  luma: Float32Array | Uint8Array,
  width: number,
  height: number,
  vocabulary: Vocabulary,
): Signal => {
  const features = extractFeatures(luma, width, height, { limit: FEATURE_LIMIT, contrast: CONTRAST });
  return {
    method: FEATURE_SIGNAL,
    version: FEATURE_SIGNAL_VERSION,
    quality: Math.min(100, features.count),
    value: packFeatures(featureSetOf(features, vocabulary)),
  };
};

/** Throws HASH_INVALID, QUALITY_INVALID. */
export const validateFeatures = (signal: Signal): void => {
  const { value } = signal;
  const bytes = Math.max(FEATURE_HEADER_BYTES, statedBytes(value));
  checkSignal(signal, { method: FEATURE_SIGNAL, version: FEATURE_SIGNAL_VERSION, bytes, hasQuality: true });
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const [count, width, height] = [view.getUint16(0, true), view.getUint16(2, true), view.getUint16(4, true)];
  if (statedBytes(value) < 0 || count > FEATURE_LIMIT || width === 0 || height === 0)
    throw fail('HASH_INVALID', `${FEATURE_SIGNAL}: ${count} features of ${width} x ${height} pixels`);
};

/** LOW_QUALITY where one of the two has too few features. */
export const fewFeatures = (a: Signal, b: Signal): Note | null => {
  const least = Math.min(a.quality ?? 0, b.quality ?? 0);
  return least >= LEAST_FEATURES
    ? null
    : { code: 'LOW_QUALITY', detail: `too few features: ${least}, fewer than ${LEAST_FEATURES}` };
};

/** Which of the two is compared as the first, whichever way they came: a comparison gives the same value from both sides. */
export const isFirst = (a: Signal, b: Signal): boolean => {
  const bytes = Math.min(a.value.length, b.value.length);
  for (let i = 0; i < bytes; i++) if (a.value[i] !== b.value[i]) return a.value[i]! < b.value[i]!;
  return a.value.length <= b.value.length;
};
