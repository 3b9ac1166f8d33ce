import { expect, it } from 'vitest';
import { cellOf, moved, MOST_SCALE, viewOf, wholeWorld, zoomed } from './map-view.js';

const size = { width: 900, height: 450 };
const area = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg, radiusM: 500 });

it('shows the whole world where nothing is, and all areas where there are some', () => {
  expect(viewOf([], size)).toEqual({ scale: 2.5, longitudeDeg: 0, latitudeDeg: 0 });
  const view = viewOf([area(41, 2), area(43, 6)], size);
  expect([view.longitudeDeg, view.latitudeDeg]).toEqual([4, 42]);
  expect((6 - view.longitudeDeg) * view.scale).toBeLessThan(size.width / 2);
  expect((43 - view.latitudeDeg) * view.scale).toBeLessThan(size.height / 2);
  expect(viewOf([area(90, 180), area(-90, -180)], size).scale).toBe(wholeWorld(size).scale);
});

it('zooms within its limits and moves no further than the edge of the world', () => {
  const world = wholeWorld(size);
  expect(zoomed(world, 0.1, size)).toEqual(world);
  expect(zoomed(world, 1e9, size).scale).toBe(MOST_SCALE);
  expect(moved(world, -10_000, -10_000)).toMatchObject({ longitudeDeg: 180, latitudeDeg: -90 });
});

it('counts together what would lie in one place on the page', () => {
  expect(cellOf({ ...wholeWorld(size), scale: 44 })).toBe(1);
  expect(cellOf({ ...wholeWorld(size), scale: 43 })).toBe(1);
  expect(cellOf({ ...wholeWorld(size), scale: 0.5 })).toBe(45);
});
