// The luma grid as a method: lays two pictures over one another, cell by cell, and confirms or refutes what hashes propose.
// docs/methods/luma-grid.md.
import type { Note } from '../contract/comparison.js';
import {
  compareGrids,
  edgeHashes,
  GRID_CELLS,
  GRID_SIDE,
  inverseOrientation,
  type GridComparison,
  type Orientation,
} from '../kernels/index.js';
import { COUNTED_COMPARISONS, COUNTED_SET } from './counted-set.js';
import { MIN_DETAIL_PERCENT } from './detail.js';
import type { Comparison, ComparisonHint, Signal, SignalMethod } from './method.js';
import { inFixedOrder, nearestOrientation, turnedPlaces } from './turned.js';
import { checkSignal } from './validate.js';

const NAME = 'luma-grid';
const VERSION = 1;

/** Differing cells of detail, per cent: what an overlay of 5 % of the area reaches where a picture is mostly flat. */
export const LUMA_GRID_THRESHOLD_PERCENT = 20;
/** The same where the differences lie in more than two places: several things changed, so each must be small. */
const THRESHOLD_SPREAD_PERCENT = 12;
const COMPACT_PATCHES = 2;
/** Differing cells of all kinds: an overlay of 5 % touches up to 8 % of the cells. */
const MAX_DIFFERING = 0.085;
/** Differing cells outside the five largest patches. */
const MAX_SCATTERED = 0.012;

export const lumaGridSignal = (grid: Uint8Array, detailPercent: number): Signal => ({
  method: NAME,
  version: VERSION,
  quality: detailPercent,
  value: grid,
});

const compare = (a: Signal, b: Signal, hint: ComparisonHint = {}): Comparison => {
  const { orientation, result } = inFixedOrder(a, b, (first, second, isSwapped) => {
    const hinted = hint.orientation;
    return overlay(first, second, hinted && isSwapped ? inverseOrientation(hinted) : hinted);
  });
  const value = Math.round(result.differingDetail * 1000) / 10;
  const lowest = Math.min(a.quality ?? 0, b.quality ?? 0);
  const note = lowest < MIN_DETAIL_PERCENT ? lowDetail(lowest) : refute(value, result);
  return {
    value,
    unit: 'per cent',
    threshold: LUMA_GRID_THRESHOLD_PERCENT,
    grade: note === null ? 'same content' : null,
    where: turnedPlaces(orientation),
    ...(note === null ? {} : { note }),
  };
};

/** The better of two turns: the one that local differences suggest, and the one of the hint. */
const overlay = (
  a: Signal,
  b: Signal,
  hinted: Orientation | undefined,
): { orientation: Orientation; result: GridComparison } => {
  const { orientation } = nearestOrientation(edgeHashes(a.value), edgeHashes(b.value));
  const own = { orientation, result: compareGrids(a.value, b.value, orientation) };
  if (hinted === undefined || hinted === orientation) return own;
  const other = { orientation: hinted, result: compareGrids(a.value, b.value, hinted) };
  return other.result.differing < own.result.differing ? other : own;
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const lowDetail = (lowest: number): Note => ({
  code: 'LOW_QUALITY',
  detail: `${lowest} % of the cells are detail, fewer than ${MIN_DETAIL_PERCENT} %`,
});

/** Why the two are not the same content; `null` if nothing speaks against it. */
const refute = (value: number, result: GridComparison): Note | null => {
  const { differing, scattered, patches } = result;
  if (differing > MAX_DIFFERING)
    return { code: 'PIXELS_DIFFER', detail: `${percent(differing)} of the picture differs` };
  if (scattered > MAX_SCATTERED) {
    return {
      code: 'DIFFERENCES_SCATTERED',
      detail: `${percent(scattered)} of the picture differs in ${patches} places`,
    };
  }
  const threshold = patches <= COMPACT_PATCHES ? LUMA_GRID_THRESHOLD_PERCENT : THRESHOLD_SPREAD_PERCENT;
  return value > threshold ? { code: 'DETAIL_DIFFERS', detail: `${value} % of the detail differs` } : null;
};

/** A drawn grid: bars of `period` cells across, so that it has detail all over. */
const example = (period: number): Signal =>
  lumaGridSignal(
    Uint8Array.from({ length: GRID_CELLS }, (_, i) => {
      const [row, column] = [Math.floor(i / GRID_SIDE), i % GRID_SIDE];
      return 40 + 2 * row + ((column + (row >> 3)) % period < period / 2 ? 50 : 0);
    }),
    60,
  );

export const lumaGrid: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: 'Cell by cell comparison of the luma of two whole pictures',
  mediaTypes: ['picture'],
  unit: 'per cent',
  threshold: LUMA_GRID_THRESHOLD_PERCENT,
  matchesWhen: 'at-most',
  rates: { errors: 4, comparisons: COUNTED_COMPARISONS, set: COUNTED_SET },
  examples: [
    { a: example(6), b: example(6), value: 0, grade: 'same content' },
    { a: example(6), b: example(10), value: 84.5, grade: null },
  ],
  validate: (signal) => checkSignal(signal, { method: NAME, version: VERSION, bytes: GRID_CELLS, hasQuality: true }),
  compare,
};
