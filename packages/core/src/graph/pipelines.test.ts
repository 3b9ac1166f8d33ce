// What methods declare together: every value that matches stands on a count, and a better one on no weaker evidence.
import { describe, expect, it } from 'vitest';
import { likelihoodBits } from './bits.js';
import { countedOf, ratesAt, WHOLE_PICTURES } from './pipelines.js';

describe('whole pictures', () => {
  const { confirms, steps } = WHOLE_PICTURES;

  it('ends at the threshold of what confirms, and was counted on a million comparisons and more', () => {
    expect(steps.at(-1)?.value).toBe(confirms.threshold);
    for (const { rates } of steps) {
      expect(rates.comparisons).toBeGreaterThan(1_000_000);
      expect(rates.set.length).toBeGreaterThan(10);
      expect(rates.subjects?.wrong).toBeLessThanOrEqual(2 * rates.errors);
    }
  });

  it('goes from the best value down, each step holding the errors of those before it', () => {
    steps.slice(1).forEach(({ value, rates }, i) => {
      const better = steps[i]!;
      expect(value).toBeGreaterThan(better.value);
      expect(rates.errors).toBeGreaterThanOrEqual(better.rates.errors);
      expect(likelihoodBits(rates)).toBeLessThanOrEqual(likelihoodBits(better.rates));
    });
  });

  it('gives a value the counts of the best step that it reaches', () => {
    for (const { value, rates } of steps) expect(ratesAt(WHOLE_PICTURES, value)).toBe(rates);
    expect(ratesAt(WHOLE_PICTURES, 0)).toBe(steps[0]!.rates);
    expect(ratesAt(WHOLE_PICTURES, steps[0]!.value + 0.1)).toBe(steps[1]!.rates);
  });
});

it('says what proposed and what was counted', () => {
  const [best] = WHOLE_PICTURES.steps;
  const { errors, comparisons } = best!.rates;
  expect(countedOf(best!.rates, WHOLE_PICTURES)).toEqual({ proposedBy: ['pdq', 'edge-hash'], errors, comparisons });
});
