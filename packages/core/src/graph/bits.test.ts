// Evidence bounds strength: the figures that the design names.
import { describe, expect, it } from 'vitest';
import { isAtLeast, isLead, likelihoodBits, shownStrengthBits, strongestGrade } from './index.js';

describe('likelihoodBits', () => {
  it('gives 18.3 bits at most for no error in a million comparisons', () => {
    expect(likelihoodBits({ errors: 0, comparisons: 1e6, set: 'x' })).toBe(18.3);
  });
  it('falls with errors, never below 0', () => {
    expect(likelihoodBits({ errors: 97, comparisons: 1e6, set: 'x' })).toBe(13.3);
    expect(likelihoodBits({ errors: 5, comparisons: 2, set: 'x' })).toBe(0);
  });
  it('takes over what a source grants', () => {
    expect(likelihoodBits({ bits: 128, source: 'x' })).toBe(128);
  });
});

describe('shownStrengthBits', () => {
  it('pays for every comparison made', () => {
    expect(shownStrengthBits(18, 1024)).toBe(8);
    expect(shownStrengthBits(18, 0)).toBe(18);
    expect(isLead(shownStrengthBits(12, 1e6))).toBe(true);
  });
});

describe('grades', () => {
  it('prefers the stronger', () => {
    expect(strongestGrade(['partial', 'same content', 'none'])).toBe('same content');
    expect(strongestGrade([])).toBe('none');
    expect(isAtLeast('identical', 'partial')).toBe(true);
    expect(isAtLeast('same scene', 'partial')).toBe(false);
  });
});
