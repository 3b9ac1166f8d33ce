// The rule of the agency, and what holds of it whatever the votes are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateOfVotes, type CodeTally } from './verdict-state.js';

const tally = (code: string, looked: number, more: Partial<CodeTally> = {}): CodeTally => ({
  code,
  looked,
  byStack: 0,
  notLooked: 0,
  ...more,
});

describe('votes', () => {
  it.each([1, 2, 3])('that nobody disputes decide at %i', (quorum) => {
    expect(stateOfVotes([tally('1', quorum - 1)], quorum)).toMatchObject({ state: 'waiting', missing: 1 });
    expect(stateOfVotes([tally('1', quorum)], quorum)).toMatchObject({ state: 'decided', code: '1', dissent: 0 });
  });

  it('against each other wait for more, and the dissent stays', () => {
    expect(stateOfVotes([tally('1', 1), tally('2', 1)], 1)).toEqual({
      state: 'disputed',
      code: null,
      missing: 1,
      dissent: 2,
      cannotSay: 0,
    });
    expect(stateOfVotes([tally('1', 3), tally('2', 1)], 2)).toMatchObject({ state: 'decided', code: '1', dissent: 1 });
  });

  it('of people who could not say, or did not look, count for no code', () => {
    expect(stateOfVotes([tally('cannot-say', 3)], 1)).toMatchObject({ state: 'waiting', code: null, cannotSay: 3 });
    expect(stateOfVotes([tally('1', 0, { notLooked: 5 })], 1)).toMatchObject({ state: 'waiting', code: null });
    expect(stateOfVotes([tally('1', 0, { byStack: 1 })], 1)).toMatchObject({ state: 'decided', code: '1' });
  });
});

const few = fc.nat({ max: 4 });
const tallies = fc.uniqueArray(
  fc.record({ code: fc.constantFrom('0', '1', '2', 'cannot-say'), looked: few, byStack: few, notLooked: few }),
  { selector: ({ code }) => code },
);

describe('whatever the votes', () => {
  it('their order changes nothing', () => {
    fc.assert(
      fc.property(tallies, fc.integer({ min: 1, max: 3 }), (all, quorum) => {
        expect(stateOfVotes([...all].reverse(), quorum)).toEqual(stateOfVotes(all, quorum));
      }),
    );
  });

  it('one more for the code that leads never undoes it, and one taken back undoes one given', () => {
    fc.assert(
      fc.property(tallies, fc.integer({ min: 1, max: 3 }), (all, quorum) => {
        const before = stateOfVotes(all, quorum);
        if (before.state !== 'decided') return;
        const more = all.map((one) => (one.code === before.code ? { ...one, looked: one.looked + 1 } : one));
        expect(stateOfVotes(more, quorum)).toMatchObject({ state: 'decided', code: before.code });
      }),
    );
  });
});
