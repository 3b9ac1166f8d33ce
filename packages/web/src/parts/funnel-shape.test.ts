import { describe, expect, it } from 'vitest';
import { ribbonOf } from './funnel-shape.js';

const box = { width: 1000, height: 100 };

describe('funnel ribbon', () => {
  it('narrows by exactly what leaves', () => {
    const files: Record<string, number> = {
      seized: 1000,
      unreadable: 0,
      duplicate: 500,
      known: 250,
      'same-content': 150,
      'not-compared': 50,
      new: 50,
    };
    const shape = ribbonOf((step) => files[step] ?? 0, box);
    expect(shape.heights.map((h) => Math.round(h * 10) / 10)).toEqual([70, 35, 17.5, 7, 3.5]);
    expect(shape.exits.filter((exit) => exit.path === '').map((exit) => exit.step)).toEqual(['unreadable']);
  });

  it('keeps one new file of a million visible, and draws nothing for none', () => {
    const one = ribbonOf((step) => (step === 'seized' ? 1_000_000 : step === 'duplicate' ? 999_999 : 0), box);
    expect(one.heights.at(-1)).toBe(1.5);
    const none = ribbonOf((step) => (step === 'seized' || step === 'duplicate' ? 10 : 0), box);
    expect(none.rest).toBe('');
    expect(ribbonOf(() => 0, box).rest).toBe('');
  });
});
