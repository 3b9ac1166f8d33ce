import { describe, expect, it } from 'vitest';
import { containedIn, draggedRegion, movedRegion, regionText, sizedRegion } from './region.js';

const box = { x: 10, y: 20, width: 400, height: 300 };

describe('containedIn', () => {
  it('lies in the middle, as large as it may be', () => {
    expect(containedIn(box, 2)).toEqual({ x: 10, y: 70, width: 400, height: 200 });
    expect(containedIn(box, 0.5)).toEqual({ x: 135, y: 20, width: 150, height: 300 });
  });
});

describe('draggedRegion', () => {
  const picture = containedIn(box, 2);

  it('is the rectangle between two points, whichever came first', () => {
    const region = { x: 0.25, y: 0.5, width: 0.5, height: 0.25 };
    expect(draggedRegion({ x: 110, y: 170 }, { x: 310, y: 220 }, picture)).toEqual(region);
    expect(draggedRegion({ x: 310, y: 220 }, { x: 110, y: 170 }, picture)).toEqual(region);
  });

  it('ends at the edge of the picture', () => {
    expect(draggedRegion({ x: 0, y: 0 }, { x: 210, y: 900 }, picture)).toEqual({ x: 0, y: 0, width: 0.5, height: 1 });
    expect(draggedRegion({ x: 0, y: 0 }, { x: 5, y: 5 }, picture)).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });
});

describe('by keys', () => {
  const region = { x: 0.25, y: 0.5, width: 0.5, height: 0.25 };

  it('moves as large as it is, to the edge of the picture and no further', () => {
    expect(movedRegion(region, 0.125, -0.25)).toEqual({ ...region, x: 0.375, y: 0.25 });
    expect(movedRegion(region, 5, 5)).toEqual({ ...region, x: 0.5, y: 0.75 });
    expect(movedRegion(region, -5, -5)).toEqual({ ...region, x: 0, y: 0 });
  });

  it('grows and shrinks from its corner, never to nothing and never beyond the edge', () => {
    expect(sizedRegion(region, 0.125, 0.125)).toEqual({ ...region, width: 0.625, height: 0.375 });
    expect(sizedRegion(region, 5, 5)).toEqual({ ...region, width: 0.75, height: 0.5 });
    expect(sizedRegion(region, -5, -5)).toEqual({ ...region, width: 0.02, height: 0.02 });
  });
});

describe('regionText', () => {
  it('is what the search takes, and never reaches beyond the picture', () => {
    expect(regionText({ x: 0.1, y: 0.2, width: 0.3, height: 0.3 })).toBe('10%,20%,30%,30%');
    expect(regionText({ x: 2 / 3, y: 0, width: 1 / 3, height: 1 })).toBe('66.66%,0%,33.34%,100%');
  });
});
