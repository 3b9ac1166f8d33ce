import { describe, expect, it } from 'vitest';
import { orientationMap, ORIENTATIONS, type Orientation } from '../kernels/index.js';
import { exchangedPlaces, turnBackOf, turnInWords } from './places.js';

const SIDE = 3;
const A = Array.from({ length: SIDE * SIDE }, (_, cell) => cell);
const turned = (picture: readonly number[], orientation: Orientation): number[] =>
  Array.from(orientationMap(SIDE, orientation), (from) => picture[from] as number);
const whereOf = (orientation: Orientation) => ({ a: { orientation: 'upright' as const }, b: { orientation } });

describe.each(ORIENTATIONS)('%s', (orientation) => {
  const b = turned(A, orientation);

  it('is undone by the turn back', () => {
    expect(turned(b, turnBackOf(whereOf(orientation)))).toEqual(A);
  });

  it('told from the other side makes a of b', () => {
    const { a, b: other } = exchangedPlaces(whereOf(orientation));
    expect(a).toEqual({ orientation: 'upright' });
    expect(turned(b, other.orientation as Orientation)).toEqual(A);
  });

  it('exchanged twice is as it was', () => {
    expect(exchangedPlaces(exchangedPlaces(whereOf(orientation)))).toEqual(whereOf(orientation));
  });
});

it('leaves a turn out where none was measured, and lets a region follow its picture', () => {
  const region = { x: 0, y: 0, width: 0.5, height: 1 };
  expect(exchangedPlaces({ a: { region }, b: {} })).toEqual({ a: {}, b: { region } });
});

it('undoes a transform', () => {
  const there = { a: {}, b: {}, transform: [0.5, 0, 0.25, 0, 0.5, 0.1] as const };
  expect(exchangedPlaces(there).transform).toEqual([2, -0, -0.5, -0, 2, -0.2]);
  expect(exchangedPlaces(exchangedPlaces(there)).transform?.map((value) => value + 0)).toEqual(there.transform);
});

it('names the side to which a quarter turn goes', () => {
  expect(turnInWords(whereOf('rotate90'))).toBe('turned 90° to the right');
  expect(turnInWords(whereOf('rotate270'))).toBe('turned 90° to the left');
  expect(turnInWords({ a: {}, b: {} })).toBe('');
});
