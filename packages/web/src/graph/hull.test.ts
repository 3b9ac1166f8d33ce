import { expect, it } from 'vitest';
import { hullOf } from './hull.js';

it('goes around all points once, and leaves what is inside', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
    { x: 5, y: 5 },
  ];
  const hull = hullOf(square, 2);
  const [xs, ys] = [hull.map(({ x }) => x), hull.map(({ y }) => y)];
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([-2, 12, -2, 12]);
  expect(hull.some(({ x, y }) => Math.hypot(x - 5, y - 5) < 6)).toBe(false);
  expect(hullOf([{ x: 3, y: 4 }], 2)).toHaveLength(8);
  expect(hullOf([], 2)).toEqual([]);
});
