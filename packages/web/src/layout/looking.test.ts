import { describe, expect, it } from 'vitest';
import { lookingSince, PAUSE_MS } from './looking.js';

const MINUTE = 60_000;

describe('looking', () => {
  it('counts from the last pause on, and begins anew after one', () => {
    expect(lookingSince([], 0)).toEqual({ reveals: 0, minutes: 0 });
    const times = [0, MINUTE, MINUTE + PAUSE_MS, 3 * MINUTE + PAUSE_MS, 4 * MINUTE + PAUSE_MS];
    expect(lookingSince(times, 5 * MINUTE + PAUSE_MS)).toEqual({ reveals: 3, minutes: 3 });
    expect(lookingSince(times, 4 * MINUTE + 2 * PAUSE_MS)).toEqual({ reveals: 0, minutes: 0 });
    expect(lookingSince([7], 8)).toEqual({ reveals: 1, minutes: 0 });
  });
});
