import { describe, expect, it } from 'vitest';
import { Care, CARE_DEFAULTS, CARE_LAXEST, withFloor } from './care.js';

describe('care', () => {
  it('has defaults of its own form, and lets a person be stricter than their agency and never laxer', () => {
    expect(Care.parse(CARE_DEFAULTS)).toEqual(CARE_DEFAULTS);
    const lax = Care.parse(CARE_LAXEST);
    const strict: Care = { tilePx: 96, reveal: 'hold', knownBad: 'withheld', breakMinutes: 10, breakReveals: 10 };
    expect(withFloor(lax, strict)).toEqual(strict);
    expect(withFloor(strict, lax)).toEqual(strict);
    expect(withFloor(lax, null)).toEqual(lax);
  });
});
