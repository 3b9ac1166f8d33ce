// Two time lines that share stretches: cut, moved, sped up, backwards, in several parts.
import { describe, expect, it } from 'vitest';
import { filmExample } from '../signals/film-examples.js';
import { compareTimeLines } from './compare-time-lines.js';
import type { TimeLine } from './time-line.js';

/** One frame for each number, `stepMs` apart; equal numbers look alike. */
const film = (numbers: readonly number[], stepMs = 1000): TimeLine => ({
  durationMs: numbers.length * stepMs,
  frames: numbers.map((number, i) => ({ timeMs: i * stepMs, quality: 100, marks: 0, hash: filmExample(number) })),
});
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('two films', () => {
  const whole = film(range(0, 60));

  it('of which one is cut out of the other agree where it was', () => {
    const { aligned, covered, segments } = compareTimeLines(whole, film(range(20, 35)));
    expect(aligned).toBe(15);
    expect(covered.b).toBe(1);
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ speed: 1, b: { startMs: 0, endMs: 15_000 } });
    expect(Math.abs(segments[0]!.a.startMs - 20_000)).toBeLessThan(500);
    expect(Math.abs(segments[0]!.a.endMs - 35_000)).toBeLessThan(500);
  });

  it('agree in several segments where something was put in between', () => {
    const { segments } = compareTimeLines(whole, film([...range(5, 15), ...range(200, 212), ...range(40, 50)]));
    const starts = segments.map(({ a, b }) => [Math.round(a.startMs / 1000), Math.round(b.startMs / 1000)]);
    expect(starts.sort((x, y) => x[0]! - y[0]!)).toEqual([
      [5, 0],
      [40, 22],
    ]);
  });

  it('agree where one runs faster', () => {
    const { segments } = compareTimeLines(whole, film(range(10, 40), 800));
    expect(segments[0]!.speed).toBeCloseTo(0.8, 1);
    expect(segments[0]!.aligned).toBeGreaterThan(20);
  });

  it('agree where one runs backwards', () => {
    const { segments } = compareTimeLines(whole, film(range(10, 30).reverse()));
    expect(segments[0]).toMatchObject({ speed: -1, aligned: 20 });
    expect(Math.abs(segments[0]!.a.startMs - 10_000)).toBeLessThan(1_500);
  });

  it('that share one frame, or the same frames in no order, do not agree', () => {
    expect(compareTimeLines(whole, film([300, 301, 7, 302, 303])).aligned).toBeLessThan(3);
    expect(compareTimeLines(whole, film([9, 55, 22, 48, 3, 31, 17, 40])).aligned).toBeLessThan(3);
  });

  it('of which nothing can be compared agree in nothing', () => {
    const dark: TimeLine = { ...whole, frames: whole.frames.map((frame) => ({ ...frame, quality: 0 })) };
    expect(compareTimeLines(whole, dark)).toMatchObject({ aligned: 0, segments: [] });
    expect(compareTimeLines({ durationMs: 0, frames: [] }, whole).aligned).toBe(0);
  });
});
