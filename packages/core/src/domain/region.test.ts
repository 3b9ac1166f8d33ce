// Regions as people write them: percent and pixels, and the codes of those that cannot be looked for.
import { describe, expect, it } from 'vitest';
import { clampedRegion, parseRegion, regionWithin, toldOfWhole } from './index.js';

const size = { widthPx: 800, heightPx: 600 };

describe('a region', () => {
  it('is written in percent, in pixels or in both, with or without room', () => {
    expect(regionWithin(parseRegion('10%,20%,30%,30%'), size)).toEqual({ x: 0.1, y: 0.2, width: 0.3, height: 0.3 });
    expect(regionWithin(parseRegion('80, 120, 240, 30%'), size)).toEqual({ x: 0.1, y: 0.2, width: 0.3, height: 0.3 });
    expect(regionWithin(parseRegion('0,0,100%,100%'), size)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });

  it.each(['', '1,2,3', '1,2,3,4,5', 'a,b,c,d', '-1,0,50,50', '1e3,0,50,50', '10%,20%,30%,30%%', '10 %,0,9,9'])(
    'is refused where it is written otherwise: %s',
    (text) => expect(() => parseRegion(text)).toThrow(/REGION_INVALID/),
  );

  it('is refused where it leaves the picture, or is too small to hold anything', () => {
    expect(() => regionWithin(parseRegion('80%,0,30%,30%'), size)).toThrow(/REGION_OUTSIDE.*880/);
    expect(() => regionWithin(parseRegion('0,590,50,50'), size)).toThrow(/REGION_OUTSIDE/);
    expect(() => regionWithin(parseRegion('900,0,50,50'), size)).toThrow(/REGION_OUTSIDE/);
    expect(() => regionWithin(parseRegion('10,10,5,5'), size)).toThrow(/REGION_TOO_SMALL.*5 x 5/);
    expect(() => regionWithin(parseRegion('0,0,0%,50%'), size)).toThrow(/REGION_TOO_SMALL/);
  });

  it('is cut to the picture for who opens it', () => {
    expect(clampedRegion(parseRegion('10%,20%,30%,30%'), size)).toEqual({
      left: 80,
      top: 120,
      width: 240,
      height: 180,
    });
    expect(clampedRegion(parseRegion('90%,0,30%,9999'), size)).toEqual({ left: 720, top: 0, width: 80, height: 600 });
    expect(clampedRegion(parseRegion('5000,5000,5,0'), size)).toEqual({ left: 799, top: 599, width: 1, height: 1 });
  });

  it('is told from the whole picture: the part in it, and where each of its points lies in the other', () => {
    const whole = { x: 0.5, y: 0.25, width: 0.5, height: 0.5 };
    const half = { x: 0, y: 0, width: 0.5, height: 1 };
    expect(toldOfWhole({ a: { region: half }, b: {} }, whole)).toEqual({
      a: { region: { x: 0.5, y: 0.25, width: 0.25, height: 0.5 } },
      b: {},
    });
    expect(toldOfWhole({ a: {}, b: {} }, whole).a.region).toEqual(whole);
    const { transform } = toldOfWhole({ a: {}, b: {}, transform: [1, 0, 0, 0, 1, 0] }, whole);
    expect(transform).toEqual([2, 0, -1, 0, 2, -0.5]);
  });
});
