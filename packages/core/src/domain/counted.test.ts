import { expect, it } from 'vitest';
import { countedInWords } from './counted.js';

it('says k of n, and what proposed the pair', () => {
  expect(countedInWords({ proposedBy: ['pdq', 'edge-hash'], errors: 4, comparisons: 10_655_556 })).toBe(
    'Proposed by pdq or edge-hash and so confirmed, 4 of 10,655,556 pairs of different pictures were confused.',
  );
  expect(countedInWords({ proposedBy: [], errors: 1, comparisons: 2_207 }, 'sounds')).toBe(
    'So measured, 1 of 2,207 pairs of different sounds were confused.',
  );
  expect(countedInWords({ proposedBy: [], errors: 0, comparisons: 1_000 })).toBe(
    'So measured, 0 of 1,000 pairs of different pictures were confused.',
  );
});
