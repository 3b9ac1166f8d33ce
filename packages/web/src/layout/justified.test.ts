import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, layOut, neighbour, rowAt, rowOf, type Cell, type JustifiedOptions } from './justified.js';

const ratios = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { maxLength: 200 });
const options = fc.record({
  width: fc.integer({ min: 200, max: 3000 }),
  height: fc.integer({ min: 96, max: 320 }),
  gap: fc.integer({ min: 0, max: 8 }),
});

const rowsOf = (r: readonly number[], o: JustifiedOptions): (readonly Cell[])[] => {
  const grid = layOut(r, o);
  return Array.from({ length: grid.rows }, (_, row) => cellsOf(grid, row));
};

describe('justified layout', () => {
  it('places every picture once, in order, and finds it again', () => {
    fc.assert(
      fc.property(ratios, options, (r, o) => {
        const rows = rowsOf(r, o);
        expect(rows.flatMap((row) => row.map((cell) => cell.index))).toEqual(r.map((_, i) => i));
        const grid = layOut(r, o);
        rows.forEach((row, at) => row.forEach(({ index }) => expect(rowOf(grid, index)).toBe(at)));
        expect(rowOf(grid, r.length)).toBe(-1);
      }),
    );
  });

  it('never overlaps, never leaves the width, never exceeds the stretch', () => {
    fc.assert(
      fc.property(ratios, options, (r, o) => {
        const grid = layOut(r, o);
        let bottom = -o.gap;
        for (let row = 0; row < grid.rows; row += 1) {
          const [top, height] = [grid.top[row] ?? 0, grid.heights[row] ?? 0];
          expect(top).toBe(bottom + o.gap);
          expect(height).toBeLessThanOrEqual(Math.ceil(o.height * 1.4));
          expect(rowAt(grid, top + height / 2)).toBe(row);
          let x = 0;
          for (const cell of cellsOf(grid, row)) {
            expect(cell.x).toBe(x);
            expect(cell.width).toBeGreaterThan(0);
            x += cell.width + o.gap;
          }
          expect(x - o.gap).toBeLessThanOrEqual(o.width);
          bottom = top + height;
        }
      }),
    );
  });

  it('fills each full row to the last pixel', () => {
    const rows = rowsOf(
      Array.from({ length: 40 }, (_, i) => 0.6 + (i % 7) * 0.2),
      { width: 1000, height: 160, gap: 4 },
    );
    for (const row of rows.slice(0, -1)) {
      const last = row.at(-1);
      expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(1000);
    }
  });

  it('takes a proportion that is not known as square', () => {
    const [row] = rowsOf([Number.NaN, 1], { width: 1000, height: 100, gap: 0 });
    expect(row?.map((cell) => cell.width)).toEqual([100, 100]);
  });

  it('moves by order sideways and by place up and down, and stays at the edges', () => {
    const grid = layOut(Array<number>(9).fill(1), { width: 300, height: 100, gap: 0 });
    expect(grid.rows).toBe(3);
    expect(neighbour(grid, 4, 'up')).toBe(1);
    expect(neighbour(grid, 4, 'down')).toBe(7);
    expect(neighbour(grid, 0, 'left')).toBe(0);
    expect(neighbour(grid, 2, 'right')).toBe(3);
    expect(neighbour(grid, 8, 'down')).toBe(8);
    expect(neighbour(grid, 1, 'up')).toBe(1);
    expect(neighbour(grid, 4, 'last')).toBe(8);
    expect(rowOf(grid, 5)).toBe(1);
  });

  it('is empty where there is no room or no picture', () => {
    expect(layOut([1, 1], { width: 0, height: 100, gap: 0 }).rows).toBe(0);
    expect(layOut([], { width: 300, height: 100, gap: 0 }).rows).toBe(0);
  });
});
