import type { Connection } from '@redthread/core/contract';
import { expect, it } from 'vitest';
import { groupAlike } from './group-alike.js';

const connection = (id: string, mediaA: string, mediaB: string, holders = 4, pairs = 1): Connection => {
  const end = {
    caseId: 'c',
    exhibitId: id,
    exhibit: '1',
    caseReference: 'A',
    agency: { id: 'x', name: 'X', country: 'ES' },
  };
  return {
    id,
    between: 'exhibits',
    a: end,
    b: end,
    counts: [{ grade: 'identical', pairs }],
    strengthBits: 120,
    isLead: false,
    causes: [{ cause: 'content', strengthBits: 120 }],
    strongest: {
      cause: 'content',
      grade: 'identical',
      mediaA,
      mediaB,
      words: 'The same file, byte for byte.',
      bits: 128,
      counted: null,
      holders,
      comparisons: 256,
      strengthBits: 120,
    },
    further: [],
    state: 'new',
    reopened: null,
    decision: null,
    opinions: [],
  };
};

it('takes together what one file links, across agencies, and keeps the order', () => {
  const rows = [
    connection('1', 'es', 'es'),
    connection('2', 'other', 'other'),
    connection('3', 'es', 'nl'),
    connection('4', 'nl', 'nl'),
    connection('5', 'es', 'es', 9),
    connection('6', 'es', 'es', 4, 2),
  ];
  expect(groupAlike(rows).map(({ first, alike }) => [first.id, ...alike.map(({ id }) => id)])).toEqual([
    ['1', '3', '4'],
    ['2'],
    ['5'],
    ['6'],
  ]);
});

it('groups nothing but the same bytes: other pairs are other evidence', () => {
  const near = (id: string): Connection => {
    const one = connection(id, 'es', 'nl');
    return { ...one, strongest: { ...one.strongest, grade: 'same content' } };
  };
  expect(groupAlike([near('1'), near('2')])).toHaveLength(2);
});
