import type { Connection } from '@redthread/core/contract';
import { expect, it } from 'vitest';
import { groupAlike } from './group-alike.js';

const connection = (id: string, mediaA: string, mediaB: string, bits = 127, pairs = 1): Connection => {
  const end = { exhibitId: id, exhibit: '1', caseReference: 'A', agency: { id: 'x', name: 'X', country: 'ES' } };
  return {
    id,
    a: end,
    b: end,
    counts: [{ grade: 'identical', pairs }],
    bits,
    strongest: { mediaA, mediaB, grade: 'identical', words: 'The same file, byte for byte.' },
  };
};

it('takes together what one file links as strongly, across agencies, and keeps the order', () => {
  const rows = [
    connection('1', 'es', 'es'),
    connection('2', 'other', 'other'),
    connection('3', 'es', 'nl'),
    connection('4', 'nl', 'nl'),
    connection('5', 'es', 'es', 120),
    connection('6', 'es', 'es', 127, 2),
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
