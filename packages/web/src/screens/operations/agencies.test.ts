import type { Funnel, FunnelStep, Operation } from '@redthread/core/contract';
import { describe, expect, it } from 'vitest';
import { agencyRows } from './agencies.js';

const agency = (id: string, country: string) => ({ id, name: id, country });
const steps = (files: Partial<Record<FunnelStep, number>>) =>
  Object.entries(files).map(([step, n]) => ({ step: step as FunnelStep, files: n, bytes: 0, query: '' }));
const operation: Operation = {
  id: 'o',
  reference: 'o',
  name: 'o',
  caseCount: 0,
  exhibitCount: 0,
  agencies: [agency('a', 'ES'), agency('b', 'PT'), agency('c', 'ES'), agency('d', 'FR')],
};
const funnel: Funnel = {
  scope: { kind: 'operation', id: 'o', label: 'o' },
  steps: [],
  agencies: [
    { agency: agency('a', 'ES'), steps: steps({ seized: 3, unique: 2, new: 1 }) },
    { agency: agency('b', 'PT'), steps: steps({ seized: 8, unique: 8, new: 8 }) },
    { agency: agency('c', 'ES'), steps: steps({ seized: 6, unique: 5, new: 4 }) },
  ],
  listsUnasked: [],
  asOf: '2026-01-01T00:00:00.000Z',
};

describe('the table of an operation', () => {
  it('has the countries with most files first, and the sum of one with several agencies after them', () => {
    const rows = agencyRows(operation, [], [], funnel);
    expect(rows.map(({ agency: one, country }) => one?.id ?? country)).toEqual(['c', 'a', 'ES', 'b', 'd']);
    expect(rows[2]).toMatchObject({ of: 2, files: { seized: 9, unique: 7, new: 5, known: 0 } });
  });

  it('shows an agency without a file, and nothing before the funnel is there', () => {
    expect(agencyRows(operation, [], [], funnel).at(-1)).toMatchObject({ agency: { id: 'd' }, files: {} });
    expect(agencyRows(operation, [], [], undefined).every(({ files }) => (files.seized ?? 0) === 0)).toBe(true);
  });
});
