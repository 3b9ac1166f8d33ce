// Profiles made by hand: the usual ones leave luma alone, one with an inverted curve, swapped colours or a table does not.
import { describe, expect, it } from 'vitest';
import { keepsLuma } from './icc-profile.js';

const fixed = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65_536));
  return bytes;
};
const xyz = (...values: number[]): Buffer => Buffer.concat([Buffer.from('XYZ \0\0\0\0'), ...values.map(fixed)]);
const gamma = (value: number): Buffer =>
  Buffer.from([...Buffer.from('curv\0\0\0\0'), 0, 0, 0, 1, Math.floor(value), Math.round((value % 1) * 256)]);
const samples = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(12 + 2 * values.length);
  bytes.write('curv');
  bytes.writeUInt32BE(values.length, 8);
  values.forEach((value, i) => bytes.writeUInt16BE(Math.round(value * 65_535), 12 + 2 * i));
  return bytes;
};
const SRGB = Buffer.concat([
  Buffer.from('para\0\0\0\0\0\x03\0\0', 'latin1'),
  ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(fixed),
]);

const profile = (space: string, tags: Record<string, Buffer>): Buffer => {
  const names = Object.keys(tags);
  const head = Buffer.alloc(132 + 12 * names.length);
  head.write(space, 16);
  head.writeUInt32BE(names.length, 128);
  let from = head.length;
  names.forEach((name, i) => {
    head.write(name, 132 + 12 * i);
    head.writeUInt32BE(from, 136 + 12 * i);
    head.writeUInt32BE(tags[name]!.length, 140 + 12 * i);
    from += tags[name]!.length;
  });
  return Buffer.concat([head, ...Object.values(tags)]);
};
const rgb = (curve: Buffer, more: Record<string, Buffer> = {}): Buffer =>
  profile('RGB ', {
    rXYZ: xyz(0.436, 0.2225, 0.0139),
    gXYZ: xyz(0.3851, 0.7169, 0.0971),
    bXYZ: xyz(0.1431, 0.0606, 0.7139),
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
    ...more,
  });

describe('an ICC profile', () => {
  it('of a camera leaves luma about as it is', () => {
    expect(keepsLuma(rgb(SRGB))).toBe(true);
    expect(keepsLuma(rgb(gamma(2.2)))).toBe(true);
    expect(keepsLuma(profile('GRAY', { kTRC: gamma(2.2) }))).toBe(true);
  });

  it('that would show another picture does not', () => {
    expect(keepsLuma(rgb(samples(1, 0.7, 0.4, 0.1, 0)))).toBe(false);
    expect(keepsLuma(rgb(gamma(1)))).toBe(false);
    expect(keepsLuma(rgb(SRGB, { A2B0: Buffer.from('mft2') }))).toBe(false);
    expect(keepsLuma(rgb(SRGB, { rXYZ: xyz(0.1431, 0.0606, 0.7139), bXYZ: xyz(0.436, 0.2225, 0.0139) }))).toBe(false);
    expect(keepsLuma(profile('CMYK', {}))).toBe(false);
  });

  it('that is cut off or nonsense is not trusted', () => {
    const whole = rgb(SRGB);
    for (const bytes of [0, 3, 131, 140, 200, whole.length - 60])
      expect(keepsLuma(whole.subarray(0, bytes))).toBe(false);
  });
});
