import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { justify, neighbour, rowOf } from './justified.js';

const ratios = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { maxLength: 200 });
const options = fc.record({
  width: fc.integer({ min: 200, max: 3000 }),
  height: fc.integer({ min: 96, max: 320 }),
  gap: fc.integer({ min: 0, max: 8 }),
});

describe('justified layout', () => {
  it('places every picture once, in order', () => {
    fc.assert(
      fc.property(ratios, options, (r, o) => {
        const order = justify(r, o).flatMap((row) => row.cells.map((cell) => cell.index));
        expect(order).toEqual(r.map((_, i) => i));
      }),
    );
  });

  it('never overlaps, never leaves the width, never exceeds the stretch', () => {
    fc.assert(
      fc.property(ratios, options, (r, o) => {
        let bottom = -o.gap;
        for (const row of justify(r, o)) {
          expect(row.top).toBe(bottom + o.gap);
          expect(row.height).toBeLessThanOrEqual(Math.ceil(o.height * 1.4));
          let x = 0;
          for (const cell of row.cells) {
            expect(cell.x).toBe(x);
            expect(cell.width).toBeGreaterThan(0);
            x += cell.width + o.gap;
          }
          expect(x - o.gap).toBeLessThanOrEqual(o.width);
          bottom = row.top + row.height;
        }
      }),
    );
  });

  it('fills each full row to the last pixel', () => {
    const rows = justify(
      Array.from({ length: 40 }, (_, i) => 0.6 + (i % 7) * 0.2),
      { width: 1000, height: 160, gap: 4 },
    );
    for (const row of rows.slice(0, -1)) {
      const last = row.cells.at(-1);
      expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(1000);
    }
  });

  it('takes a proportion that is not known as square', () => {
    const [row] = justify([Number.NaN, 1], { width: 1000, height: 100, gap: 0 });
    expect(row?.cells.map((cell) => cell.width)).toEqual([100, 100]);
  });

  it('moves by order sideways and by place up and down, and stays at the edges', () => {
    const rows = justify(Array(9).fill(1), { width: 300, height: 100, gap: 0 });
    expect(rows).toHaveLength(3);
    expect(neighbour(rows, 4, 'up')).toBe(1);
    expect(neighbour(rows, 4, 'down')).toBe(7);
    expect(neighbour(rows, 0, 'left')).toBe(0);
    expect(neighbour(rows, 2, 'right')).toBe(3);
    expect(neighbour(rows, 8, 'down')).toBe(8);
    expect(neighbour(rows, 1, 'up')).toBe(1);
    expect(neighbour(rows, 4, 'last')).toBe(8);
    expect(rowOf(rows, 5)).toBe(1);
  });
});
