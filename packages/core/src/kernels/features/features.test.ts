// Features are found again after turning, scaling and mirroring, are spread over the picture, and are none where there is nothing.
import { describe, expect, it } from 'vitest';
import { blobs, look, vocabulary } from '../../../test-support/features.js';
import {
  extractFeatures,
  mirroredDescriptors,
  featureSetOf,
  packFeatures,
  statedBytes,
  unpackFeatures,
  type LocalFeatures,
} from './index.js';

const DESCRIPTOR_BYTES = 128;
const picture = blobs(1);
const { data, height, width } = picture;
const features = extractFeatures(data, width, height);

const distance = (a: Uint8Array, i: number, b: Uint8Array, j: number): number => {
  let sum = 0;
  for (let k = 0; k < DESCRIPTOR_BYTES; k++) sum += (a[i * DESCRIPTOR_BYTES + k]! - b[j * DESCRIPTOR_BYTES + k]!) ** 2;
  return Math.sqrt(sum);
};

/** Share of the features of `a` that have one in `b` at the place where `to` says, with a descriptor nearer than 200 (of 724 at most). */
const foundAgain = (
  a: LocalFeatures,
  b: LocalFeatures,
  to: (x: number, y: number) => readonly [number, number],
  descriptors = a.descriptors,
) => {
  let [expected, found] = [0, 0];
  for (let i = 0; i < a.count; i++) {
    const [u, v] = to(a.x[i]!, a.y[i]!);
    if (u < 30 || v < 30 || u > b.width - 30 || v > b.height - 30) continue;
    expected += 1;
    for (let j = 0; j < b.count; j++) {
      if (Math.hypot(b.x[j]! - u, b.y[j]! - v) > 3 || distance(descriptors, i, b.descriptors, j) > 200) continue;
      found += 1;
      break;
    }
  }
  return found / expected;
};

describe('local features', () => {
  it('are many on a lively picture, no more than asked for, and in every part of it', () => {
    expect(features.count).toBeGreaterThan(500);
    expect(extractFeatures(data, width, height, { limit: 100 }).count).toBeLessThanOrEqual(100);
    const quarters = new Set(Array.from(features.x, (x, i) => `${x > width / 2} ${features.y[i]! > height / 2}`));
    expect(quarters.size).toBe(4);
  });

  it('are the same in every run, whatever was looked at before', () => {
    extractFeatures(blobs(2).data, width, height);
    expect(extractFeatures(data, width, height)).toEqual(features);
  });

  it('are found again in a turned, smaller picture', () => {
    const turned = look(picture, height, width, (x, y) => [y, height - 1 - x]);
    const again = extractFeatures(turned.data, turned.width, turned.height);
    expect(foundAgain(features, again, (x, y) => [height - 1 - y, x])).toBeGreaterThan(0.85);
    const small = look(picture, width / 2, height / 2, (x, y) => [2 * x, 2 * y]);
    const inSmall = extractFeatures(small.data, small.width, small.height);
    expect(foundAgain(inSmall, features, (x, y) => [2 * x, 2 * y])).toBeGreaterThan(0.4);
  });

  it('are found again in the mirror by descriptors that were turned over without looking', () => {
    const mirror = look(picture, width, height, (x, y) => [width - 1 - x, y]);
    const again = extractFeatures(mirror.data, width, height);
    const turnedOver = mirroredDescriptors(features.descriptors);
    expect(foundAgain(features, again, (x, y) => [width - 1 - x, y], turnedOver)).toBeGreaterThan(0.85);
    expect(foundAgain(features, again, (x, y) => [width - 1 - x, y])).toBeLessThan(0.2);
    expect(mirroredDescriptors(turnedOver)).toEqual(features.descriptors);
  });

  it('are none in flat and in tiny pictures', () => {
    expect(extractFeatures(new Float32Array(300 * 200).fill(90), 300, 200).count).toBe(0);
    expect(
      extractFeatures(
        new Float32Array(5 * 5).map((_, i) => 50 * (i % 5)),
        5,
        5,
      ).count,
    ).toBe(0);
    expect(extractFeatures(new Float32Array(1), 1, 1).count).toBe(0);
  });

  it('keep place, size and direction when they are packed, to the steps of the form', () => {
    const packed = packFeatures(featureSetOf(features, vocabulary));
    expect(statedBytes(packed)).toBe(packed.length);
    const set = unpackFeatures(packed);
    expect(set.count).toBe(features.count);
    for (let i = 0; i < set.count; i++) {
      expect(Math.abs(set.x[i]! - features.x[i]!)).toBeLessThan(0.2);
      expect(Math.abs(set.y[i]! - features.y[i]!)).toBeLessThan(0.2);
      expect(Math.abs(set.size[i]! - Math.max(-1, Math.log2(features.scale[i]!)))).toBeLessThan(0.03);
      expect(Math.abs(Math.sin(set.direction[i]! - features.angle[i]!))).toBeLessThan(0.01);
    }
  });
});
