import { describe, expect, it } from 'vitest';
import { addSample, rateOf, secondsLeft, type Sample } from './progress-rate.js';

const run = (points: readonly (readonly [number, number])[]): readonly Sample[] =>
  points.reduce<readonly Sample[]>((samples, [atMs, done]) => addSample(samples, { atMs, done }), []);

describe('progress rate', () => {
  it('says nothing before two samples', () => {
    expect(rateOf(run([[0, 5]]))).toBeNull();
    expect(secondsLeft(run([[0, 5]]), 10)).toBeNull();
  });

  it('measures over the window only', () => {
    const samples = run([
      [0, 0],
      [10_000, 1000],
      [30_000, 1200],
      [40_000, 1300],
    ]);
    expect(rateOf(samples)).toBe(10);
    expect(secondsLeft(samples, 1400)).toBe(10);
  });

  it('starts again when the count falls, and is silent while nothing moves', () => {
    expect(
      run([
        [0, 10],
        [1000, 3],
      ]),
    ).toEqual([{ atMs: 1000, done: 3 }]);
    expect(
      secondsLeft(
        run([
          [0, 10],
          [1000, 10],
        ]),
        20,
      ),
    ).toBeNull();
    expect(
      secondsLeft(
        run([
          [0, 0],
          [1000, 10],
        ]),
        null,
      ),
    ).toBeNull();
  });
});
