// What is kept of one frame of a film: the hash of the whole, that of what lies within black borders, and whether it is dark or a title.
import { FRAME_CELLS, frameCells } from '../kernels/frames/frame-cells.js';
import { pdqFromLuma } from '../kernels/pdq/pdq.js';
import { HASH_BYTES } from '../kernels/pdq/bits.js';
import { MARK, type Frame } from './time-line.js';

/** Mean luma under which a frame shows next to nothing. */
const DARK_MEAN = 18;
/** Share of the pixels within a few levels of one tone from which on a frame is writing on a ground. */
const TITLE_SHARE = 0.8;
const TONES = 32;
/** Luma up to which a border counts as black, and the share of a side that it has to take. */
const BLACK = 28;
const LEAST_BORDER = 0.03;
/** Borders lie on both sides, within this share of a side alike. */
const UNLIKE = 0.03;
/** What lies within is looked at where it is so much of each side at least. */
const LEAST_INNER = 0.3;

/** `luma` is upright, row-major, 0..255. One frame, or two where it has black borders. */
export const lookAtFrame = (
  luma: Uint8Array,
  width: number,
  height: number,
  { marks, timeMs }: Pick<Frame, 'marks' | 'timeMs'>,
): readonly Frame[] => {
  const inner = withinBorders(luma, width, height);
  const tones = marksOfTones(inner?.luma ?? luma);
  const hashed = (picture: Uint8Array, w: number, h: number, mark: number): Frame => {
    const { hashes, quality } = pdqFromLuma(frameCells(picture, w, h), FRAME_CELLS, FRAME_CELLS);
    return { timeMs, quality, marks: marks | tones | mark, hash: hashes.slice(0, HASH_BYTES) };
  };
  const whole = hashed(luma, width, height, 0);
  return inner === null ? [whole] : [whole, hashed(inner.luma, inner.width, inner.height, MARK.inner)];
};

const marksOfTones = (luma: Uint8Array): number => {
  const tones = new Uint32Array(TONES + 1);
  let sum = 0;
  for (let i = 0; i < luma.length; i++) {
    const value = luma[i]!;
    sum += value;
    tones[value >> 3]! += 1;
  }
  const isDark = sum < DARK_MEAN * luma.length;
  let most = 0;
  // Two neighbouring tones: a ground on the border of one is one ground.
  for (let tone = 0; tone < TONES; tone++) most = Math.max(most, tones[tone]! + tones[tone + 1]!);
  return (isDark ? MARK.dark : 0) | (most > TITLE_SHARE * luma.length ? MARK.title : 0);
};

interface Inner {
  readonly luma: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What lies within black borders of both sides; null where there are none. */
export const withinBorders = (luma: Uint8Array, width: number, height: number): Inner | null => {
  const isBlackRow = (y: number): boolean => isBlack(luma, y * width, 1, width);
  const isBlackColumn = (x: number): boolean => isBlack(luma, x, width, height);
  const [top, bottom] = borders(isBlackRow, height);
  const [left, right] = borders(isBlackColumn, width);
  if (top === 0 && left === 0) return null;
  const [w, h] = [width - left - right, height - top - bottom];
  if (w < LEAST_INNER * width || h < LEAST_INNER * height) return null;
  const inner = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) inner.set(luma.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
  return { luma: inner, width: w, height: h };
};

/** One pixel in fifty may be otherwise: a re-encode rings at the edge. */
const isBlack = (luma: Uint8Array, from: number, step: number, count: number): boolean => {
  let others = 0;
  for (let i = 0, at = from; i < count; i++, at += step) if (luma[at]! > BLACK && ++others * 50 > count) return false;
  return true;
};

/** Widths of the border at the beginning and the end; none where they are narrow or unlike. */
const borders = (isBorder: (at: number) => boolean, length: number): [number, number] => {
  let first = 0;
  while (first < length && isBorder(first)) first += 1;
  let last = 0;
  while (last < length - first && isBorder(length - 1 - last)) last += 1;
  const isFramed = Math.min(first, last) >= LEAST_BORDER * length && Math.abs(first - last) <= UNLIKE * length;
  return isFramed && first + last < length ? [first, last] : [0, 0];
};
