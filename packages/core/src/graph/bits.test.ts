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
  it('takes pairs that share pictures for no more than the pictures allow', () => {
    const rates = { errors: 0, comparisons: 12_500_000, set: 'x' };
    // None in 12.5 million independent pairs; of 5,000 pictures up to 4.7 may be of a kind that is confused, and then one pair in a million is.
    expect(likelihoodBits(rates)).toBe(22);
    expect(likelihoodBits({ ...rates, subjects: { made: 5_000, wrong: 0 } })).toBe(20.1);
    expect(likelihoodBits({ ...rates, errors: 1, subjects: { made: 5_000, wrong: 2 } })).toBe(19.2);
  });
  it('takes many errors for more where they are of few pictures', () => {
    const rates = { errors: 5_000, comparisons: 12_500_000, set: 'x' };
    expect(likelihoodBits(rates)).toBe(11.3);
    expect(likelihoodBits({ ...rates, subjects: { made: 5_000, wrong: 110 } })).toBe(10.8);
    expect(likelihoodBits({ ...rates, subjects: { made: 5_000, wrong: 2_000 } })).toBe(11.2);
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
