// The signal that two methods read: local features of a film's key frames. Computed once, compared twice.
import type { Note } from '../contract/comparison.js';
import { fail } from '../errors/index.js';
import {
  extractFeatures,
  featureSetOf,
  packFeatures,
  statedBytes,
  unpackFeatures,
  type Vocabulary,
} from '../kernels/index.js';
import { FEATURE_SIGNAL, FEATURE_SIGNAL_VERSION, LEAST_FEATURES } from './feature-signal.js';
import type { Signal } from './method.js';
import { checkSignal } from './validate.js';

export const FILM_PART_SIGNAL = 'film-parts';
/** Rises with the extraction, the packing or the vocabulary. */
export const FILM_PART_SIGNAL_VERSION = 1;
/** u32 frames, u32 bytes of all, then for each frame u32 milliseconds, u32 bytes, and its local features. */
export const FILM_PART_HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const MOST_PARTS = 2_000;
/** Frames are looked at this large, and so many features of each are kept. */
const SIDE = 512;
const LIMIT = 400;
const CONTRAST = 0.9;

export interface FilmPart {
  readonly timeMs: number;
  /** A packed set of local features. */
  readonly features: Uint8Array;
}

/** The local features of a frame; null where it has too few. `luma` is upright, row-major. */
export const partOfFrame = (
  luma: Uint8Array,
  width: number,
  height: number,
  vocabulary: Vocabulary,
): Omit<FilmPart, 'timeMs'> | null => {
  const small = shrunk(luma, width, height, SIDE);
  const features = extractFeatures(small.luma, small.width, small.height, { limit: LIMIT, contrast: CONTRAST });
  return features.count < LEAST_FEATURES ? null : { features: packFeatures(featureSetOf(features, vocabulary)) };
};

/** Means of the pixels that fall into each of the smaller picture. */
const shrunk = (luma: Uint8Array, width: number, height: number, side: number) => {
  const scale = Math.min(1, side / Math.max(width, height));
  if (scale === 1) return { luma, width, height };
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const columns = Int32Array.from({ length: w + 1 }, (_, x) => Math.ceil((x * width) / w));
  const rows = Int32Array.from({ length: h + 1 }, (_, y) => Math.ceil((y * height) / h));
  const small = new Float32Array(w * h);
  for (let row = 0; row < h; row++) {
    const lines = rows[row + 1]! - rows[row]!;
    for (let column = 0; column < w; column++) {
      const [from, to] = [columns[column]!, columns[column + 1]!];
      let sum = 0;
      for (let y = rows[row]!; y < rows[row + 1]!; y++)
        for (let at = y * width + from; at < y * width + to; at++) sum += luma[at]!;
      small[row * w + column] = sum / (lines * (to - from));
    }
  }
  return { luma: small, width: w, height: h };
};

/** Quality is the number of frames, up to 100. */
export const filmPartsSignal = (parts: readonly FilmPart[]): Signal => {
  const total = parts.reduce((sum, { features }) => sum + ENTRY_BYTES + features.length, FILM_PART_HEADER_BYTES);
  const value = new Uint8Array(total);
  const view = new DataView(value.buffer);
  view.setUint32(0, parts.length, true);
  view.setUint32(4, total, true);
  let at = FILM_PART_HEADER_BYTES;
  for (const { features, timeMs } of parts) {
    view.setUint32(at, timeMs, true);
    view.setUint32(at + 4, features.length, true);
    value.set(features, at + ENTRY_BYTES);
    at += ENTRY_BYTES + features.length;
  }
  return { method: FILM_PART_SIGNAL, version: FILM_PART_SIGNAL_VERSION, quality: Math.min(100, parts.length), value };
};

/** The frames of a signal; those whose bytes make no sense are left out. */
export const filmPartsOf = ({ value }: Signal): FilmPart[] => {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const parts: FilmPart[] = [];
  const count = Math.min(MOST_PARTS, value.length < FILM_PART_HEADER_BYTES ? 0 : view.getUint32(0, true));
  for (let at = FILM_PART_HEADER_BYTES; parts.length < count && at + ENTRY_BYTES <= value.length;) {
    const end = at + ENTRY_BYTES + view.getUint32(at + 4, true);
    if (end > value.length) break;
    const features = value.subarray(at + ENTRY_BYTES, end);
    if (statedBytes(features) === features.length && isWhole(features))
      parts.push({ timeMs: view.getUint32(at, true), features });
    at = end;
  }
  return parts;
};

const isWhole = (features: Uint8Array): boolean => {
  const { height, width } = unpackFeatures(features);
  return width > 0 && height > 0;
};

/** A frame's features as the signal that methods of pictures compare. */
export const pictureSignalOf = ({ features }: FilmPart): Signal => ({
  method: FEATURE_SIGNAL,
  version: FEATURE_SIGNAL_VERSION,
  quality: Math.min(100, features[0]! | (features[1]! << 8)),
  value: features,
});

/** Throws HASH_INVALID, QUALITY_INVALID. */
export const validateFilmParts = (signal: Signal): void => {
  const { value } = signal;
  const stated =
    value.length < FILM_PART_HEADER_BYTES
      ? FILM_PART_HEADER_BYTES
      : new DataView(value.buffer, value.byteOffset, value.length).getUint32(4, true);
  checkSignal(signal, {
    method: FILM_PART_SIGNAL,
    version: FILM_PART_SIGNAL_VERSION,
    bytes: Math.max(FILM_PART_HEADER_BYTES, stated),
    hasQuality: true,
  });
  const count = new DataView(value.buffer, value.byteOffset, value.length).getUint32(0, true);
  if (count > MOST_PARTS) throw fail('HASH_INVALID', `${FILM_PART_SIGNAL}: ${count} frames of ${MOST_PARTS} at most`);
};

/** How many frames the poorer of two signals has that can be looked at. */
export const leastFrames = (a: Signal, b: Signal, from: readonly FilmPart[], to: readonly FilmPart[]): number =>
  Math.min(a.quality ?? 0, b.quality ?? 0, from.length, to.length);
export const NO_FRAME: Note = { code: 'LOW_QUALITY', detail: 'no frame has features enough' };
