import { describe, expect, it } from 'vitest';
import { differencePixels } from './difference.js';

describe('difference', () => {
  it('is black where two pictures agree, amplified and clamped where they do not', () => {
    const a = Uint8ClampedArray.from([10, 20, 30, 255, 0, 0, 0, 255]);
    const b = Uint8ClampedArray.from([10, 25, 30, 0, 200, 0, 0, 255]);
    expect([...differencePixels(a, b)]).toEqual([0, 20, 0, 255, 255, 0, 0, 255]);
  });
});
