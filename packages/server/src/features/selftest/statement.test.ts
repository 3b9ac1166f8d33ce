// The words and the table: every count with what it is of, 100 % only where nothing is missing, and a failure that cannot be overlooked.
import { describe, expect, it } from 'vitest';
import { SelfTest } from '@redthread/core/contract';
import { percent, selfTestLines } from './print.js';
import { promisedCopies, selfTestStatement } from './statement.js';

const counts = (comparisons: number, errors: number) => ({
  comparisons,
  errors,
  nearMiss: { comparisons: Math.floor(comparisons / 4), errors },
});

const RESULT: SelfTest = SelfTest.parse({
  form: 1,
  at: '2026-05-04T10:20:30.000Z',
  seed: 7,
  pictures: 24,
  copies: 552,
  durationMs: { draw: 12_000, decode: 5_000, compare: 900 },
  holds: true,
  edits: [
    { edit: 'messenger', promised: true, copies: 1024, found: { together: 1024, byMethod: { pdq: 1023 } } },
    { edit: 'tilted by 4 degrees', promised: false, copies: 24, found: { together: 1, byMethod: { pdq: 0 } } },
  ],
  falseMatches: { together: counts(150_000, 0), byMethod: { pdq: counts(150_000, 3) } },
  notProposed: 0,
  misses: [],
  program: '0.1.0',
  methods: [{ name: 'pdq', version: 1, threshold: 31, unit: 'bits' }],
  decoders: ['sharp 0.35.5'],
  machine: { platform: 'linux x64', cpu: 'a processor', cores: 2, memoryBytes: 8e9, node: 'v20.19.0' },
});
const MISSED: SelfTest = {
  ...RESULT,
  holds: false,
  notProposed: 2,
  edits: RESULT.edits.map((edit) => ({ ...edit, found: { ...edit.found, together: 1 } })),
  misses: [{ picture: 'planted-7-0-1', edit: 'messenger', why: 'PIXELS_DIFFER: 12 % of the picture differs' }],
};

describe('selfTestStatement', () => {
  it('says what was found of what, what was confused of what, and on what it rests', () => {
    const words = selfTestStatement(RESULT);
    expect(words).toContain('what the program promises holds');
    expect(words).toContain('1\u202f024 of 1\u202f024 copies within the floor were found');
    expect(words).toContain(
      '0 false matches in 150\u202f000 comparisons of different pictures, of which 37\u202f500 were made',
    );
    for (const part of ['2026-05-04 10:20 UTC', 'seed 7', '552 edited copies', 'pdq v1', 'sharp 0.35.5', 'v20.19.0'])
      expect(words).toContain(part);
    expect(words).not.toMatch(/\n|per ?cent|probab/);
  });

  it('cannot be read as a success when it is none', () => {
    const words = selfTestStatement(MISSED);
    expect(words).toContain('WHAT THE PROGRAM PROMISES DOES NOT HOLD');
    expect(words).toContain('1 of 1\u202f024 copies');
    expect(words).toContain('did not propose 2 matches');
  });

  it('counts only what is promised', () => {
    expect(promisedCopies(RESULT)).toEqual({ copies: 1024, found: 1024 });
  });
});

describe('selfTestLines', () => {
  it('has one line an edit and one a method, and names what was missed', () => {
    const text = selfTestLines(MISSED, false).join('\n');
    expect(text).toMatch(/messenger +1\u202f024 +99\.9 % +0\.1 % +MISSED/);
    expect(text).toMatch(/tilted by 4 degrees +24 +0\.0 % +4\.2 % +-/);
    expect(text).toMatch(/pdq +150\u202f000 +3 /);
    expect(text).toContain('missed: messenger, planted-7-0-1: PIXELS_DIFFER');
  });

  it('rounds neither a miss away nor a find', () => {
    expect([percent(9999, 10_000), percent(1, 10_000), percent(0, 5), percent(5, 5), percent(0, 0)]).toEqual([
      '99.9 %',
      '0.1 %',
      '0.0 %',
      '100 %',
      '-',
    ]);
  });
});
