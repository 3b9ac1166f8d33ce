// How far two luma grids show one picture: which cells disagree after turning and exposure, and how these lie together.
import { orientationMap, type Orientation } from '../orientation.js';
import { detailMask, localRange } from './detail.js';
import { fitExposure, type Exposure } from './exposure.js';
import { GRID_CELLS, GRID_SIDE } from './luma-grid.js';
import { patchSizes } from './patches.js';

// A cell disagrees when it is off by more than what re-encoding does to flat cells, and more than what half a pixel of a small copy
// does to cells at an edge: a share of the luma range around the cell.
const TOLERANCE_LUMA = 8;
const TOLERANCE_OF_RANGE = 0.15;
/** What is pasted on a picture (a caption, a few emoji) comes in up to this many patches. */
const OVERLAY_PATCHES = 5;

export interface GridComparison {
  /** Share of all cells that disagree, 0..1. */
  readonly differing: number;
  /** The same among the cells of detail, of the picture where it is lower: an overlay adds detail to one of the two. */
  readonly differingDetail: number;
  /** Share of all cells that disagree outside the five largest patches: high where content changed throughout a template. */
  readonly scattered: number;
  /** Number of separate patches of disagreement. */
  readonly patches: number;
  readonly exposure: Exposure;
}

/** Compares `b` with `a` turned to `orientation`. Both are grids of 64 x 64 luma cells. */
export const compareGrids = (a: Uint8Array, b: Uint8Array, orientation: Orientation): GridComparison => {
  const map = orientationMap(GRID_SIDE, orientation);
  const turned = Uint8Array.from(map, (from) => a[from]!);
  const exposure = fitExposure(turned, b);
  const { gain, offset } = exposure;
  const [rangeA, rangeB] = [localRange(turned), localRange(b)];
  const [detailA, detailB] = [detailMask(turned), detailMask(b)];

  const differs = new Uint8Array(GRID_CELLS);
  let [count, detailsA, detailsB, differingA, differingB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < GRID_CELLS; i++) {
    detailsA += detailA[i]!;
    detailsB += detailB[i]!;
    const tolerance = TOLERANCE_LUMA + TOLERANCE_OF_RANGE * Math.min(gain * rangeA[i]!, rangeB[i]!);
    if (Math.abs(b[i]! - gain * turned[i]! - offset) <= tolerance) continue;
    differs[i] = 1;
    count++;
    differingA += detailA[i]!;
    differingB += detailB[i]!;
  }
  const sizes = patchSizes(differs);
  const largest = sizes.slice(0, OVERLAY_PATCHES).reduce((sum, size) => sum + size, 0);
  return {
    differing: count / GRID_CELLS,
    differingDetail: Math.min(differingA / Math.max(1, detailsA), differingB / Math.max(1, detailsB)),
    scattered: (count - largest) / GRID_CELLS,
    patches: sizes.length,
    exposure,
  };
};
