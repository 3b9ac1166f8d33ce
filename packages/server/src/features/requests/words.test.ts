import type { TwoPersonRequest } from '@redthread/core/contract';
import { describe, expect, it } from 'vitest';
import { requestLines } from './words.js';

const offered: TwoPersonRequest = {
  number: '4711-0815',
  kind: 'case-transfer',
  undoes: null,
  state: 'offered',
  agency: { id: '7b0b4cf2-0c3e-4b53-8a0c-6f8f5f3a1d10', name: 'Unidad Costa Clara', country: 'ES' },
  caseId: '0d7e2f5c-5a52-4c5b-9d0e-3d3a5b8e9f21',
  caseReference: 'ES-1',
  exhibitId: null,
  exhibit: null,
  to: 'Bureau Zandmeer',
  of: null,
  reason: 'the suspect lives there',
  notes: ['3 files'],
  requestedBy: 'vera',
  requestedAt: '2026-03-01T10:00:00.000Z',
  second: null,
  decidedBy: 'ines',
  decidedAt: '2026-03-01T11:00:00.000Z',
  decisionReason: null,
  acceptedBy: null,
  acceptedAt: null,
  expiresAt: '2026-03-08T10:00:00.000Z',
  finishedAt: null,
  errorCode: null,
  errorDetail: null,
  progress: null,
  may: [],
};

describe('the lines of a request', () => {
  it('keep a blank between every name and what it names', () => {
    expect(requestLines(offered)).toContain('  open until 2026-03-08 10:00 UTC');
  });

  it('say of the other agency that it refused, where it did not take the case', () => {
    const answer = { acceptedBy: 'joost', acceptedAt: '2026-03-02T10:00:00.000Z' };
    expect(requestLines({ ...offered, ...answer, state: 'refused' })).toContain('  refused by joost');
    expect(requestLines({ ...offered, ...answer, state: 'done' })).toContain('  taken by   joost');
  });
});
