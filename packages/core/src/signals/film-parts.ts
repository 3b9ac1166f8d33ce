// A part of a film's picture in the other film: cropped, set into another picture, shown on a screen. Local features of key frames; the pairs of frames that share a
// part lie on one line in time. docs/methods/film-parts.md.
import { exchangedPlaces } from '../domain/places.js';
import { fail } from '../errors/index.js';
import { alignHits, type Hit, type Line } from '../film/index.js';
import { WordIndex } from '../index/words/word-index.js';
import {
  extractFeatures,
  featureSetOf,
  packFeatures,
  statedBytes,
  unpackFeatures,
  type Vocabulary,
} from '../kernels/index.js';
import { exampleFeatures } from './feature-examples.js';
import { FEATURE_SIGNAL, FEATURE_SIGNAL_VERSION, isFirst, LEAST_FEATURES } from './feature-signal.js';
import { FILM_RATES } from './film-rates.js';
import { localFeatures, SUPPORTED_PARTIAL_CELLS } from './local-features.js';
import type { Comparison, MethodExample, Signal, SignalMethod } from './method.js';
import { checkSignal } from './validate.js';

const NAME = 'film-parts';
const VERSION = 1;
/** u32 frames, u32 bytes of all, then for each frame u32 milliseconds, u32 bytes, and its local features. */
const HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const MOST_PARTS = 2_000;
/** Frames are looked at this large, and so many features of each are kept. */
const SIDE = 512;
const LIMIT = 400;
const CONTRAST = 0.9;
/** Places that pairs of frames on one line in time have to explain together. */
const THRESHOLD_PLACES = 14;
/** Pairs of frames that are compared, the film being long. */
const MOST_PAIRS = 400;
const TOLERANCE_S = 3;
const GAP_S = 60;
const SPEEDS = [1, 0.8, 0.85, 0.9, 0.95, 1.05, 1.1, 1.15, 1.2, 1.25, -1];

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
  const total = parts.reduce((sum, { features }) => sum + ENTRY_BYTES + features.length, HEADER_BYTES);
  const value = new Uint8Array(total);
  const view = new DataView(value.buffer);
  view.setUint32(0, parts.length, true);
  view.setUint32(4, total, true);
  let at = HEADER_BYTES;
  for (const { features, timeMs } of parts) {
    view.setUint32(at, timeMs, true);
    view.setUint32(at + 4, features.length, true);
    value.set(features, at + ENTRY_BYTES);
    at += ENTRY_BYTES + features.length;
  }
  return { method: NAME, version: VERSION, quality: Math.min(100, parts.length), value };
};

/** The frames of a signal; those whose bytes make no sense are left out. */
export const filmPartsOf = ({ value }: Signal): FilmPart[] => {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const parts: FilmPart[] = [];
  const count = Math.min(MOST_PARTS, value.length < HEADER_BYTES ? 0 : view.getUint32(0, true));
  for (let at = HEADER_BYTES; parts.length < count && at + ENTRY_BYTES <= value.length;) {
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

interface Pair extends Hit {
  readonly cells: number;
  readonly where: Comparison['where'];
}

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [from, to] = (isInOrder ? [a, b] : [b, a]).map(filmPartsOf) as [FilmPart[], FilmPart[]];
  const pairs = pairsOf(from, to);
  const [timesA, timesB] = [from, to].map((parts) => parts.map(({ timeMs }) => timeMs / 1000)) as [number[], number[]];
  const options = { timesA, timesB, speeds: SPEEDS, toleranceS: TOLERANCE_S, gapS: GAP_S };
  const lines = alignHits(pairs, options).map((line) => ({ line, places: placesOn(line) }));
  const best = lines.sort((x, y) => y.places - x.places)[0];
  const least = Math.min(a.quality ?? 0, b.quality ?? 0, from.length, to.length);
  const value = best?.places ?? 0;
  const isMatch = least > 0 && value >= THRESHOLD_PLACES;
  const where = isMatch && best ? whereOf(best.line, from, to) : { a: {}, b: {} };
  return {
    value,
    unit: 'places',
    threshold: THRESHOLD_PLACES,
    grade: isMatch ? 'partial' : null,
    where: isInOrder ? where : exchangedPlaces(where),
    ...(least > 0 ? {} : { note: { code: 'LOW_QUALITY', detail: 'no frame has features enough' } }),
  };
};

/** Frames that share a part: proposed by their words, decided by one transform of the plane. */
const pairsOf = (from: readonly FilmPart[], to: readonly FilmPart[]): Pair[] => {
  const words = new WordIndex();
  to.forEach(({ features }, i) => words.add(i, features));
  const proposed = from.flatMap(({ features }, a) => words.search(features).map((b) => ({ a, b })));
  const step = Math.max(1, Math.ceil(proposed.length / MOST_PAIRS));
  return proposed
    .filter((_, i) => i % step === 0)
    .flatMap(({ a, b }) => {
      const { value, where } = localFeatures.compare(pictureSignalOf(from[a]!), pictureSignalOf(to[b]!));
      return value < SUPPORTED_PARTIAL_CELLS ? [] : [{ a, b, cells: value, where, weight: Math.min(1, value / 18) }];
    });
};

const placesOn = ({ hits }: Line): number => (hits as readonly Pair[]).reduce((sum, { cells }) => sum + cells, 0);

const whereOf = ({ hits }: Line, from: readonly FilmPart[], to: readonly FilmPart[]): Comparison['where'] => {
  const pairs = hits as readonly Pair[];
  const strongest = pairs.reduce((most, pair) => (pair.cells > most.cells ? pair : most));
  const rangeOf = (times: readonly number[]) => ({ startMs: Math.min(...times), endMs: Math.max(...times) });
  const { a, b, transform } = strongest.where;
  return {
    a: { ...a, timeRange: rangeOf(pairs.map((pair) => from[pair.a]!.timeMs)) },
    b: { ...b, timeRange: rangeOf(pairs.map((pair) => to[pair.b]!.timeMs)) },
    ...(transform ? { transform } : {}),
  };
};

/** Throws HASH_INVALID, QUALITY_INVALID. */
const validate = (signal: Signal): void => {
  const { value } = signal;
  const stated =
    value.length < HEADER_BYTES
      ? HEADER_BYTES
      : new DataView(value.buffer, value.byteOffset, value.length).getUint32(4, true);
  checkSignal(signal, { method: NAME, version: VERSION, bytes: Math.max(HEADER_BYTES, stated), hasQuality: true });
  const count = new DataView(value.buffer, value.byteOffset, value.length).getUint32(0, true);
  if (count > MOST_PARTS) throw fail('HASH_INVALID', `${NAME}: ${count} frames of ${MOST_PARTS} at most`);
};

const example = (places: number): { a: Signal; b: Signal } => {
  const { a, b } = exampleFeatures(places);
  const film = (features: Uint8Array): Signal => filmPartsSignal([{ timeMs: 1_000, features }]);
  return { a: film(a.value), b: film(b.value) };
};

export const filmParts: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: "A part of a film's picture in the other film, by local features of its key frames",
  mediaTypes: ['film'],
  unit: 'places',
  threshold: THRESHOLD_PLACES,
  matchesWhen: 'at-least',
  headerBytes: HEADER_BYTES,
  rates: FILM_RATES.filmParts,
  get examples(): readonly MethodExample[] {
    return [
      { ...example(THRESHOLD_PLACES), value: THRESHOLD_PLACES, grade: 'partial' },
      { ...example(THRESHOLD_PLACES - 1), value: THRESHOLD_PLACES - 1, grade: null },
    ];
  },
  validate,
  compare,
};
