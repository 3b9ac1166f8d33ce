import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIT, panBy, settle, transformOf, zoomAt } from './view-box.js';

describe('view box', () => {
  it('keeps the point under the pointer while it zooms in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        (px, factor) => {
          const before = FIT.x + (px - 0.5) / FIT.zoom;
          const after = zoomAt(FIT, factor, px, 0.5);
          expect(after.x + (px - 0.5) / after.zoom).toBeCloseTo(before, 9);
        },
      ),
    );
  });

  it('never shows beyond the picture', () => {
    expect(settle({ zoom: 1, x: 0.9, y: 0 })).toEqual(FIT);
    expect(panBy({ zoom: 2, x: 0.5, y: 0.5 }, 10, -10)).toEqual({ zoom: 2, x: 0.25, y: 0.75 });
    expect(zoomAt(FIT, 1000).zoom).toBe(32);
  });

  it('centres the whole picture at zoom 1', () => {
    expect(transformOf(FIT)).toBe('translate(0.000%, 0.000%) scale(1.0000)');
  });
});
