// Local features as a signal: what is kept of each of a picture's features, packed. 8 bytes of header (u16 features, u16 width, u16 height, u8 version of the
// form, 0), then for each feature 16 bytes: its code, and its word with its place, direction, size and how busy it is; then of those that are indexed, the first
// thousand, the second word and code (10 bytes), and word and code in the picture's mirror image (10 bytes). All little-endian.
import { CODE_BYTES, NEAREST_WORDS, WORDS, type Vocabulary, type WordsOfFeatures } from '../words/index.js';
import type { LocalFeatures } from './local-features.js';
import { mirroredDescriptors } from './mirror.js';
import { DESCRIPTOR_BYTES } from './plan.js';

export const HEADER_BYTES = 8;
const ENTRY_BYTES = 16;
const EXTRA_BYTES = 2 + CODE_BYTES;
/** Features that a signal keeps, strongest first, and those of them that are looked for in other pictures through an index. */
export const FEATURE_LIMIT = 2_000;
export const INDEXED_LIMIT = 1_000;
const FORM = 1;

/** Steps of the packed values: places along the longest side, directions in a turn, sizes in an octave, from half a pixel on. */
const PLACES = 4_095;
const DIRECTIONS = 512;
const SIZES_AN_OCTAVE = 24;
const LEAST_SIZE_LOG2 = -1;
const BUSY_STEPS = 31;
const TURN = 2 * Math.PI;

/** Features as they are compared: parallel arrays, places in pixels of `width` x `height`. */
export interface FeatureSet {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Log2 of the size in pixels, and direction in radians. */
  readonly size: Float32Array;
  readonly direction: Float32Array;
  /** 0..1: how much of what the feature covers is not flat. */
  readonly busy: Float32Array;
  /** First words and their codes (two 32-bit halves each). */
  readonly words: Uint16Array;
  readonly codes: Uint32Array;
  /** The same of the second words, of indexed features only. */
  readonly secondWords: Uint16Array;
  readonly secondCodes: Uint32Array;
  /** Words and codes of the indexed features in the mirror image. */
  readonly mirrorWords: Uint16Array;
  readonly mirrorCodes: Uint32Array;
}

const indexedOf = (count: number): number => Math.min(count, INDEXED_LIMIT);
const featureSetBytes = (count: number): number =>
  HEADER_BYTES + count * ENTRY_BYTES + indexedOf(count) * 2 * EXTRA_BYTES;

/** What a value says of its own length; -1 where it is too short to say anything, or of another form. */
export const statedBytes = (value: Uint8Array): number =>
  value.length < HEADER_BYTES || value[6] !== FORM ? -1 : featureSetBytes(value[0]! | (value[1]! << 8));

/** At most `FEATURE_LIMIT` features, the first ones, as words of a vocabulary. */
export const featureSetOf = (features: LocalFeatures, vocabulary: Vocabulary): FeatureSet => {
  const count = Math.min(FEATURE_LIMIT, features.count);
  const extras = indexedOf(count);
  const descriptors = features.descriptors.subarray(0, count * DESCRIPTOR_BYTES);
  const upright = vocabulary.wordsOf(descriptors);
  const inMirror = vocabulary.wordsOf(mirroredDescriptors(descriptors.subarray(0, extras * DESCRIPTOR_BYTES)));
  const nth = ({ codes, words }: WordsOfFeatures, length: number, place: number) => {
    const halves = new Uint32Array(codes.buffer, codes.byteOffset, codes.length / 4);
    const at = (i: number): number => i * NEAREST_WORDS + place;
    return {
      words: Uint16Array.from({ length }, (_, i) => words[at(i)]!),
      codes: Uint32Array.from({ length: 2 * length }, (_, i) => halves[2 * at(i >> 1) + (i & 1)]!),
    };
  };
  const [first, second, mirror] = [nth(upright, count, 0), nth(upright, extras, 1), nth(inMirror, extras, 0)];
  return {
    count,
    width: features.width,
    height: features.height,
    x: features.x.subarray(0, count),
    y: features.y.subarray(0, count),
    size: features.scale.subarray(0, count).map(Math.log2),
    direction: features.angle.subarray(0, count),
    busy: features.busy.subarray(0, count),
    ...first,
    secondWords: second.words,
    secondCodes: second.codes,
    mirrorWords: mirror.words,
    mirrorCodes: mirror.codes,
  };
};

/** A set as the value of a signal. */
export const packFeatures = (set: FeatureSet): Uint8Array => {
  const { count } = set;
  const bytes = new Uint8Array(featureSetBytes(count));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, count, true);
  view.setUint16(2, set.width, true);
  view.setUint16(4, set.height, true);
  view.setUint8(6, FORM);
  const putCode = (at: number, codes: Uint32Array, i: number): void => {
    view.setUint32(at, codes[2 * i]!, true);
    view.setUint32(at + 4, codes[2 * i + 1]!, true);
  };
  const perPixel = PLACES / Math.max(set.width, set.height);
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + i * ENTRY_BYTES;
    putCode(at, set.codes, i);
    const [low, high] = packPlace({
      x: clamp(set.x[i]! * perPixel, PLACES),
      y: clamp(set.y[i]! * perPixel, PLACES),
      direction: Math.round((set.direction[i]! / TURN) * DIRECTIONS) & (DIRECTIONS - 1),
      size: clamp((set.size[i]! - LEAST_SIZE_LOG2) * SIZES_AN_OCTAVE, 255),
      busy: clamp(set.busy[i]! * BUSY_STEPS, BUSY_STEPS),
    });
    view.setUint32(at + 8, low, true);
    view.setUint32(at + 12, high | (set.words[i]! << 14), true);
  }
  for (let i = 0; i < indexedOf(count); i++) {
    const second = HEADER_BYTES + count * ENTRY_BYTES + i * EXTRA_BYTES;
    view.setUint16(second, set.secondWords[i]!, true);
    putCode(second + 2, set.secondCodes, i);
    const mirror = second + indexedOf(count) * EXTRA_BYTES;
    view.setUint16(mirror, set.mirrorWords[i]!, true);
    putCode(mirror + 2, set.mirrorCodes, i);
  }
  return bytes;
};

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)));

interface PackedPlace {
  readonly x: number;
  readonly y: number;
  readonly direction: number;
  readonly size: number;
  readonly busy: number;
}

/** 46 bits in two words: x 12, y 12, size 8 | direction 9, busy 5. Above them is room for a word. */
const packPlace = ({ x, y, direction, size, busy }: PackedPlace): [low: number, high: number] => [
  (x | (y << 12) | (size << 24)) >>> 0,
  direction | (busy << 9),
];

/** Sets of the values that were asked for last, 150 kB each: a value is compared by several methods, and with many others in a row. */
const recent = new Map<Uint8Array, FeatureSet>();
const MOST_RECENT = 64;

/** The features of a valid value. */
export const unpackFeatures = (value: Uint8Array): FeatureSet => {
  const before = recent.get(value);
  const set = before ?? unpack(value);
  // The newest last.
  recent.delete(value);
  recent.set(value, set);
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST_RECENT) break;
    recent.delete(oldest);
  }
  return set;
};

const unpack = (value: Uint8Array): FeatureSet => {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const count = view.getUint16(0, true);
  const set = readEntries(view, count, indexedOf(count));
  for (let i = 0; i < indexedOf(count); i++) {
    const second = HEADER_BYTES + count * ENTRY_BYTES + i * EXTRA_BYTES;
    set.secondWords[i] = view.getUint16(second, true) % WORDS;
    set.secondCodes[2 * i] = view.getUint32(second + 2, true);
    set.secondCodes[2 * i + 1] = view.getUint32(second + 6, true);
    const mirror = second + indexedOf(count) * EXTRA_BYTES;
    set.mirrorWords[i] = view.getUint16(mirror, true) % WORDS;
    set.mirrorCodes[2 * i] = view.getUint32(mirror + 2, true);
    set.mirrorCodes[2 * i + 1] = view.getUint32(mirror + 6, true);
  }
  return set;
};

const readEntries = (view: DataView, count: number, extras: number): FeatureSet => {
  const [width, height] = [view.getUint16(2, true), view.getUint16(4, true)];
  const pixels = Math.max(width, height) / PLACES;
  const set = emptySet(count, extras, width, height);
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + i * ENTRY_BYTES;
    set.codes[2 * i] = view.getUint32(at, true);
    set.codes[2 * i + 1] = view.getUint32(at + 4, true);
    const [low, high] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    set.x[i] = (low & 4_095) * pixels;
    set.y[i] = ((low >>> 12) & 4_095) * pixels;
    set.size[i] = (low >>> 24) / SIZES_AN_OCTAVE + LEAST_SIZE_LOG2;
    set.direction[i] = ((high & 511) / DIRECTIONS) * TURN;
    set.busy[i] = ((high >>> 9) & 31) / BUSY_STEPS;
    set.words[i] = (high >>> 14) % WORDS;
  }
  return set;
};

const emptySet = (count: number, extras: number, width: number, height: number) => ({
  count,
  width,
  height,
  x: new Float32Array(count),
  y: new Float32Array(count),
  size: new Float32Array(count),
  direction: new Float32Array(count),
  busy: new Float32Array(count),
  words: new Uint16Array(count),
  codes: new Uint32Array(2 * count),
  secondWords: new Uint16Array(extras),
  secondCodes: new Uint32Array(2 * extras),
  mirrorWords: new Uint16Array(extras),
  mirrorCodes: new Uint32Array(2 * extras),
});

const mirrors = new WeakMap<FeatureSet, FeatureSet>();

/** The indexed features as they lie in the mirror image (left and right changed), with the words that they have there and no second ones. */
export const mirrored = (set: FeatureSet): FeatureSet => {
  const mirror = mirrors.get(set) ?? mirrorOf(set);
  mirrors.set(set, mirror);
  return mirror;
};

const mirrorOf = (set: FeatureSet): FeatureSet => ({
  ...set,
  count: set.mirrorWords.length,
  x: set.x.map((x) => set.width - x),
  direction: set.direction.map((direction) => Math.PI - direction),
  words: set.mirrorWords,
  codes: set.mirrorCodes,
  secondWords: NONE16,
  secondCodes: NONE32,
});
const NONE16 = new Uint16Array(0);
const NONE32 = new Uint32Array(0);
