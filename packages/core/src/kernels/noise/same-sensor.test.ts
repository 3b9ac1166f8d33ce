// Drawn sensors: a smooth scene times one plus a pattern of the sensor, with noise of light on it.
import { describe, expect, it } from 'vitest';
import { FingerprintSum, weighed } from './fingerprint.js';
import { noiseResidual, type NoisePlane } from './residual.js';
import { resampled } from './resample.js';
import { compareWithSensor, SensorFingerprint } from './same-sensor.js';
import { turned } from './turn.js';

const [WIDTH, HEIGHT] = [384, 288];

const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
/** About normal, deviation 1. */
const normal = (next: () => number): number => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += next();
  return sum;
};

const sensor = (seed: number): Float32Array => {
  const next = random(seed);
  return Float32Array.from({ length: WIDTH * HEIGHT }, () => 1 + 0.02 * normal(next));
};

const photograph = (pattern: Float32Array, seed: number): NoisePlane => {
  const next = random(seed * 7919);
  const [a, b, c, d] = [next(), next(), next(), next()];
  const values = pattern.map((gain, i) => {
    const [x, y] = [(i % WIDTH) / WIDTH, Math.floor(i / WIDTH) / HEIGHT];
    const scene = 110 + 60 * Math.sin(6 * a * x + 5 * b * y + 6 * c) + 20 * Math.cos(9 * d * (x - y));
    return Math.max(0, Math.min(255, Math.round(scene * gain + 1.5 * normal(next))));
  });
  return { width: WIDTH, height: HEIGHT, values };
};

const lumaOf = ({ values }: NoisePlane): Uint8Array =>
  Uint8Array.from(values, (value) => Math.max(0, Math.min(255, Math.round(value))));

const noiseOf = (picture: NoisePlane): NoisePlane => {
  const luma = lumaOf(picture);
  return weighed(noiseResidual(luma, picture.width, picture.height), luma);
};

const part = ({ width, values }: NoisePlane, x: number, y: number, w: number, h: number): NoisePlane => ({
  width: w,
  height: h,
  values: Float32Array.from(
    { length: w * h },
    (_, i) => values[(y + Math.floor(i / w)) * width + x + (i % w)] as number,
  ),
});

const own = sensor(1);
const sum = new FingerprintSum(WIDTH, HEIGHT);
for (let seed = 1; seed <= 6; seed++) {
  const luma = lumaOf(photograph(own, seed));
  sum.add(noiseResidual(luma, WIDTH, HEIGHT), luma);
}
const fingerprint = new SensorFingerprint(sum.finish());
const compared = (picture: NoisePlane) => compareWithSensor(noiseOf(picture), fingerprint);

describe('the noise of a picture', () => {
  const picture = photograph(own, 20);

  it('supports its own sensor at its own place', () => {
    const found = compared(picture)!;
    expect(found.best).toEqual({ kind: 'aligned', turnedDeg: 0, scale: 1, x: 0, y: 0 });
    expect(found.pce).toBeGreaterThan(200);
    expect(found.falseAlarm).toBeLessThan(1e-12);
  });

  it('is found turned by quarters, with the turn back', () => {
    for (const [quarters, back] of [
      [1, 270],
      [2, 180],
      [3, 90],
    ] as const) {
      const found = compared(turned(picture, quarters))!;
      expect(found.best).toMatchObject({ kind: 'aligned', turnedDeg: back });
      expect(found.falseAlarm).toBeLessThan(1e-12);
    }
  });

  it('is found in a picture made smaller', () => {
    const found = compared(resampled(picture, 192, 144))!;
    expect(found.best).toMatchObject({ kind: 'scaled', scale: 0.5 });
    expect(found.falseAlarm).toBeLessThan(1e-4);
  });

  it('is found in a part, at its place, and says how many places were looked at', () => {
    const found = compared(part(picture, 101, 37, 200, 160))!;
    expect(found.best).toEqual({ kind: 'shifted', turnedDeg: 0, scale: 1, x: 101, y: 37 });
    expect(found.falseAlarm).toBeLessThan(1e-6);
    expect(found.places).toBeGreaterThan(2 * 185 * 129);
  });

  it('does not support another sensor, whole or in part', () => {
    for (let seed = 2; seed <= 7; seed++) {
      const other = photograph(sensor(seed), seed + 100);
      expect(compared(other)!.falseAlarm).toBeGreaterThan(1e-3);
      expect(compared(part(other, 40, 40, 200, 160))!.falseAlarm).toBeGreaterThan(1e-3);
    }
  });

  it('has no place where it is larger than the sensor', () => {
    expect(compareWithSensor({ width: 999, height: 10, values: new Float32Array(9990) }, fingerprint)).toBeNull();
  });

  it('takes back what was added', () => {
    const luma = lumaOf(picture);
    const residual = noiseResidual(luma, WIDTH, HEIGHT);
    const before = sum.finish().values.slice(0, 50);
    sum.add(residual, luma);
    sum.add(residual, luma, -1);
    const after = sum.finish().values;
    expect(sum.pictures).toBe(6);
    for (const [i, value] of before.entries()) expect(after[i]).toBeCloseTo(value, 4);
  });
});
