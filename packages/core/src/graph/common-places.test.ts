// Places that two pictures have in common lie where they should, in either order and in a mirror.
import { describe, expect, it } from 'vitest';
import { blobs, look, signalOfLuma, type Luma } from '../../test-support/features.js';
import { commonPlaces, type ComparableMedia } from './index.js';

const media = (luma: Luma, digit: string): ComparableMedia => ({
  sha256: digit.repeat(64),
  signals: [signalOfLuma(luma)],
});
const picture = blobs(7, 800, 600, 700);
const whole = media(picture, '1');

describe('commonPlaces', () => {
  it.each([
    ['cut out', 1, (x: number) => x + 200],
    ['cut out and mirrored', -1, (x: number) => 600 - x],
  ])('are the same points of the picture and of a part that was %s', (_how, sign, across) => {
    const part = media(
      look(picture, 400, 300, (x, y) => [across(x), y + 150]),
      '2',
    );
    const places = commonPlaces(whole, part, 'partial');
    expect(places.length).toBeGreaterThan(15);
    for (const [ax, ay, bx, by] of places) {
      expect(Math.abs(ax * 800 - (sign > 0 ? 200 + bx * 400 : 600 - bx * 400))).toBeLessThan(8);
      expect(Math.abs(ay * 600 - (150 + by * 300))).toBeLessThan(8);
    }
    const exchanged = commonPlaces(part, whole, 'partial').map(([ax, ay, bx, by]) => [bx, by, ax, ay]);
    expect(new Set(exchanged.map(String))).toEqual(new Set(places.map(String)));
  });

  it('are told where the grade says where, and of pictures with features alone', () => {
    const other = media(blobs(8, 800, 600, 700), '3');
    expect(commonPlaces(whole, whole, 'same scene').length).toBeGreaterThan(15);
    expect(commonPlaces(whole, other, 'none')).toEqual([]);
    expect(commonPlaces(whole, whole, 'same content')).toEqual([]);
    expect(commonPlaces(whole, { ...other, signals: [] }, 'partial')).toEqual([]);
  });
});
