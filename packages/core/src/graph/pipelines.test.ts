// What methods declare together: every value that matches stands on a count, and a better one on no weaker evidence.
import { describe, expect, it } from 'vitest';
import { likelihoodBits } from './bits.js';
import { SUPPORTED_PARTIAL_CELLS } from '../signals/index.js';
import { countedOf, PARTS, PLACES, ratesAt, WHOLE_PICTURES } from './pipelines.js';

describe.each([
  ['whole pictures', WHOLE_PICTURES, WHOLE_PICTURES.confirms.threshold, 1_000_000],
  ['parts', PARTS, SUPPORTED_PARTIAL_CELLS, 5_000],
  ['places', PLACES, PLACES.confirms.threshold, 5_000],
] as const)('%s', (_name, pipeline, least, comparisons) => {
  const { confirms, steps } = pipeline;
  const worse = confirms.matchesWhen === 'at-most' ? 1 : -1;

  it('ends at the least that what confirms grants, and was counted on many comparisons', () => {
    expect(steps.at(-1)?.value).toBe(least);
    for (const { rates } of steps) {
      expect(rates.comparisons).toBeGreaterThan(comparisons);
      expect(rates.set.length).toBeGreaterThan(10);
      expect(rates.subjects?.wrong).toBeLessThanOrEqual(2 * rates.errors);
    }
  });

  it('goes from the best value down, each step holding the errors of those before it', () => {
    steps.slice(1).forEach(({ value, rates }, i) => {
      const better = steps[i]!;
      expect(worse * value).toBeGreaterThan(worse * better.value);
      expect(rates.errors).toBeGreaterThanOrEqual(better.rates.errors);
      expect(likelihoodBits(rates)).toBeLessThanOrEqual(likelihoodBits(better.rates));
    });
  });

  it('gives a value the counts of the best step that it reaches', () => {
    for (const { value, rates } of steps) expect(ratesAt(pipeline, value)).toBe(rates);
    expect(ratesAt(pipeline, steps[0]!.value - worse)).toBe(steps[0]!.rates);
    expect(ratesAt(pipeline, steps[0]!.value + worse * 0.1)).toBe(steps[1]!.rates);
  });
});

it('says what proposed and what was counted', () => {
  const [best] = WHOLE_PICTURES.steps;
  const { errors, comparisons } = best!.rates;
  expect(countedOf(best!.rates, WHOLE_PICTURES)).toEqual({ proposedBy: ['pdq', 'edge-hash'], errors, comparisons });
});
