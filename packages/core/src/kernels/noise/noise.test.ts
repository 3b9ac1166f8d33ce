import { describe, expect, it } from 'vitest';
import { falseAlarm, logUpperTail } from './false-alarm.js';
import { layOutSpectrum, planSpectrum, Room, smoothSize } from './planes.js';

/** Deterministic values of -1..1. */
const values = (count: number, seed: number): Float32Array => {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};

describe('spectrum', () => {
  it.each([
    [4, 8],
    [12, 8],
    [20, 24],
    [28, 40],
    [60, 56],
    [84, 120],
  ])('is that of the definition, and goes back: %i x %i', (width, height) => {
    const plan = planSpectrum({ width, height });
    const { floats, picture, planes, transform } = layOutSpectrum(plan, 2);
    const [re, im] = planes as [number, number];
    expect([plan.width, plan.height]).toEqual([width, height]);
    const given = values(width * height, width);
    floats.set(given, picture / 4);
    transform('forward', re, im);
    for (const [kx, ky] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [width / 2, 3],
      [1, height - 1],
      [width / 2 - 1, height / 2],
    ] as const) {
      let [wantedRe, wantedIm] = [0, 0];
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const angle = -2 * Math.PI * ((kx * x) / width + (ky * y) / height);
          wantedRe += given[y * width + x]! * Math.cos(angle);
          wantedIm += given[y * width + x]! * Math.sin(angle);
        }
      expect(floats[re / 4 + (ky * plan.line) / 4 + kx]).toBeCloseTo(wantedRe, 2);
      expect(floats[im / 4 + (ky * plan.line) / 4 + kx]).toBeCloseTo(wantedIm, 2);
    }
    transform('backward', re, im);
    for (let i = 0; i < given.length; i++)
      expect(floats[picture / 4 + i]! / (width * height)).toBeCloseTo(given[i]!, 4);
  });

  it('takes sizes that are products of small primes, never smaller than asked', () => {
    expect(smoothSize(2448, 8)).toBe(2520);
    expect(smoothSize(4032, 4)).toBe(4032);
    expect(smoothSize(1, 8)).toBe(8);
  });
});

describe('wavelet', () => {
  it('keeps energy and goes back', () => {
    const [width, height, line] = [128, 32, 512];
    const room = new Room();
    const [plane, spare, taps, rows] = [
      room.take(line * height),
      room.take(line * height),
      room.take(32),
      room.take(4 * (width + 64)),
    ];
    const { run, floats } = room.open();
    floats.set(
      [
        0.23037781330885523, 0.7148465705525415, 0.6308807679295904, -0.02798376941698385, -0.18703481171888114,
        0.030841381835986965, 0.032883011666982945, -0.010597401784997278,
      ],
      taps / 4,
    );
    const given = values(width * height, 7);
    floats.set(given, plane / 4);
    const energy = run.meanSquare(plane, width, height, line);
    run.analyse(plane, spare, width, height, line, taps, rows);
    expect(run.meanSquare(plane, width, height, line)).toBeCloseTo(energy, 5);
    run.synthesise(plane, spare, width, height, line, taps, rows);
    for (let i = 0; i < given.length; i++) expect(floats[plane / 4 + i]).toBeCloseTo(given[i]!, 5);
  });
});

describe('false alarm', () => {
  it('is the tail of the normal distribution, for a place and for many', () => {
    expect(Math.exp(logUpperTail(0))).toBeCloseTo(0.5, 9);
    expect(Math.exp(logUpperTail(1.959963985))).toBeCloseTo(0.025, 9);
    expect(Math.exp(logUpperTail(3.0902323062)) / 1e-3).toBeCloseTo(1, 6);
    expect(logUpperTail(10)).toBeCloseTo(Math.log(7.61985302416e-24), 6);
    expect(falseAlarm(0, 1)).toBeCloseTo(0.5, 9);
    expect(falseAlarm(-4, 1)).toBeGreaterThan(0.97);
    expect(falseAlarm(60, 1_000_000)).toBeCloseTo(1e6 * Math.exp(logUpperTail(Math.sqrt(60))), 12);
    expect(falseAlarm(1e6, 1)).toBeGreaterThan(0);
  });
});
