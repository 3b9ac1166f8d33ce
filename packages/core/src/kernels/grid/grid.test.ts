// The luma grid and what is derived from it: areas, turns, exposure, patches.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareGrids,
  detailPercent,
  distanceBits256,
  EDGE_HASH_BYTES,
  edgeHashes,
  GRID_CELLS,
  GRID_SIDE,
  lumaGrid,
  orientationMap,
  ORIENTATIONS,
} from '../index.js';
import { fitExposure } from './exposure.js';
import { patchSizes } from './patches.js';

/** Detail all over, and nowhere symmetric. */
const texture = Uint8Array.from({ length: GRID_CELLS }, (_, i) => {
  const [row, column] = [Math.floor(i / GRID_SIDE), i % GRID_SIDE];
  return Math.round(110 + 50 * Math.sin(column / 2 + row / 9) + 30 * Math.cos(row / 1.7 - column / 13));
});

const turned = (grid: Uint8Array, orientation: (typeof ORIENTATIONS)[number]): Uint8Array =>
  Uint8Array.from(orientationMap(GRID_SIDE, orientation), (from) => grid[from]!);

const covered = (grid: Uint8Array, side: number, luma: number): Uint8Array =>
  grid.map((value, i) => (i % GRID_SIDE < side && Math.floor(i / GRID_SIDE) < side ? luma : value));

describe('lumaGrid', () => {
  it('keeps the mean of a picture of any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (width, height) => {
        const luma = Float32Array.from({ length: width * height }, (_, i) => (i * 53) % 200);
        const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
        const grid = lumaGrid(luma, width, height);
        expect(grid.reduce((sum, value) => sum + value, 0) / GRID_CELLS).toBeCloseTo(mean, -0.5);
      }),
      { numRuns: 60 },
    );
  });

  it('weighs a sample that two cells share by its parts', () => {
    // 96 samples over 64 cells: each cell is one whole sample and half of another.
    const luma = new Uint8Array(96 * 96).map((_, i) => (i % 3 === 1 ? 90 : 0));
    expect(Array.from(lumaGrid(luma, 96, 96).subarray(0, 4))).toEqual([30, 30, 30, 30]);
  });

  it('refuses sizes that do not fit', () => {
    expect(() => lumaGrid(new Uint8Array(5), 2, 2)).toThrow(/HASH_INVALID/);
    expect(() => lumaGrid(new Uint8Array(0), 0, 4)).toThrow(/HASH_INVALID/);
  });
});

describe('edgeHashes', () => {
  it('gives a turned grid the hash of that orientation, exactly', () => {
    const hashes = edgeHashes(texture);
    ORIENTATIONS.forEach((orientation, k) => {
      const own = edgeHashes(turned(texture, orientation));
      expect(distanceBits256(hashes, own, k * EDGE_HASH_BYTES)).toBe(0);
    });
  });

  it('moves only the bits of what is covered', () => {
    expect(distanceBits256(edgeHashes(texture), edgeHashes(covered(texture, 14, 255)))).toBeLessThanOrEqual(20);
  });
});

describe('compareGrids', () => {
  it('sees no difference through any turn', () => {
    for (const orientation of ORIENTATIONS) {
      const { differing, patches } = compareGrids(texture, turned(texture, orientation), orientation);
      expect({ differing, patches }).toEqual({ differing: 0, patches: 0 });
    }
  });

  it('measures what is covered, although it is much brighter', () => {
    const { differing, scattered, patches, exposure } = compareGrids(texture, covered(texture, 14, 255), 'upright');
    expect(differing).toBeCloseTo(196 / GRID_CELLS, 2);
    expect(patches).toBe(1);
    expect(scattered).toBe(0);
    expect(exposure.gain).toBeCloseTo(1, 1);
  });

  it('follows brightness and contrast', () => {
    const dimmed = texture.map((value) => Math.round(value * 0.8 + 12));
    expect(compareGrids(texture, dimmed, 'upright').differing).toBe(0);
    const { gain, offset } = fitExposure(texture, dimmed);
    expect(gain).toBeCloseTo(0.8, 1);
    expect(offset).toBeCloseTo(12, -0.5);
  });
});

describe('detailPercent', () => {
  it('is 0 for a gradient and high for a texture', () => {
    expect(detailPercent(Uint8Array.from({ length: GRID_CELLS }, (_, i) => Math.floor(i / GRID_SIDE) * 3))).toBe(0);
    expect(detailPercent(texture)).toBeGreaterThan(50);
  });
});

describe('patchSizes', () => {
  it('bridges small gaps and no larger ones', () => {
    const marked = new Uint8Array(GRID_CELLS);
    for (const column of [0, 2, 4, 10, 11]) marked[column] = 1;
    expect(patchSizes(marked)).toEqual([3, 2]);
    expect(patchSizes(new Uint8Array(GRID_CELLS))).toEqual([]);
  });
});
