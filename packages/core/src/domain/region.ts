// A part of a picture as a person writes it, `10%,20%,30%,30%`: left, top, width and height, each in percent of a side of the upright picture or in its pixels.
import type { Where } from '../contract/comparison.js';
import { fail } from '../errors/index.js';
import { compose, type Region } from '../geometry/transform.js';

interface Length {
  readonly value: number;
  readonly isPercent: boolean;
}

export interface WrittenRegion {
  readonly left: Length;
  readonly top: Length;
  readonly width: Length;
  readonly height: Length;
}

export interface PixelRectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A smaller part has no features that could be found anywhere. */
export const LEAST_REGION_PX = 24;

const LENGTH = /^(\d{1,6}(?:\.\d{1,6})?)(%?)$/;

/** Errors: REGION_INVALID. */
export const parseRegion = (text: string): WrittenRegion => {
  const lengths = text.split(',').map((part): Length | null => {
    const found = LENGTH.exec(part.trim());
    return found === null ? null : { value: Number(found[1]), isPercent: found[2] === '%' };
  });
  const [left, top, width, height] = lengths;
  if (lengths.length !== 4 || !left || !top || !width || !height)
    throw fail('REGION_INVALID', `"${text}" is not left,top,width,height`);
  return { left, top, width, height };
};

const pixels = ({ isPercent, value }: Length, sidePx: number): number => (isPercent ? (value / 100) * sidePx : value);

const edges = ({ left, top, width, height }: WrittenRegion, { heightPx, widthPx }: Size) => ({
  left: Math.round(pixels(left, widthPx)),
  top: Math.round(pixels(top, heightPx)),
  right: Math.round(pixels(left, widthPx) + pixels(width, widthPx)),
  bottom: Math.round(pixels(top, heightPx) + pixels(height, heightPx)),
});

/** What of the region lies in the picture, one pixel at least: for whoever cuts it out before anybody has said whether it may be. */
export const clampedRegion = (region: WrittenRegion, size: Size): PixelRectangle => {
  const { bottom, left, right, top } = edges(region, size);
  const [x, y] = [Math.min(left, size.widthPx - 1), Math.min(top, size.heightPx - 1)];
  return {
    left: x,
    top: y,
    width: Math.max(1, Math.min(right, size.widthPx) - x),
    height: Math.max(1, Math.min(bottom, size.heightPx) - y),
  };
};

/** The region in parts of the sides. Errors: REGION_OUTSIDE, REGION_TOO_SMALL. */
export const regionWithin = (region: WrittenRegion, size: Size): Region => {
  const { bottom, left, right, top } = edges(region, size);
  const { heightPx, widthPx } = size;
  if (right > widthPx || bottom > heightPx)
    throw fail('REGION_OUTSIDE', `it reaches to ${right},${bottom} in a picture of ${widthPx} x ${heightPx} pixels`);
  const [width, height] = [right - left, bottom - top];
  if (Math.min(width, height) < LEAST_REGION_PX)
    throw fail('REGION_TOO_SMALL', `${width} x ${height} pixels; ${LEAST_REGION_PX} are the least of a side`);
  return { x: left / widthPx, y: top / heightPx, width: width / widthPx, height: height / heightPx };
};

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Places of a comparison whose `a` is a region of a picture, told from the whole of it. */
export const toldOfWhole = ({ a, b, transform }: Where, whole: Region): Where => {
  const part = a.region ?? { x: 0, y: 0, width: 1, height: 1 };
  const region = {
    x: rounded(whole.x + part.x * whole.width),
    y: rounded(whole.y + part.y * whole.height),
    width: rounded(part.width * whole.width),
    height: rounded(part.height * whole.height),
  };
  if (transform === undefined) return { a: { ...a, region }, b };
  const [sx, sy] = [1 / whole.width, 1 / whole.height];
  const [t0, t1, t2, t3, t4, t5] = compose(transform, [sx, 0, -whole.x * sx, 0, sy, -whole.y * sy]);
  const told = [rounded(t0), rounded(t1), rounded(t2), rounded(t3), rounded(t4), rounded(t5)] as const;
  return { a: { ...a, region }, b, transform: told };
};
