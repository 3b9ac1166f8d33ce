// A rejection stays whatever is computed again; only more evidence opens it, and says what.
import { describe, expect, it } from 'vitest';
import { connectionState, type DecidedOn, type GradeCount } from './connection-state.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const counts: readonly GradeCount[] = [
  { grade: 'identical', pairs: 2 },
  { grade: 'same scene', pairs: 1 },
];
const decided = (over: Partial<DecidedOn>): DecidedOn => ({
  state: 'rejected',
  reason: 'a wallpaper',
  snoozedUntil: null,
  counts,
  ...over,
});

describe('connectionState', () => {
  it('is new before anybody decides', () => {
    expect(connectionState(null, counts, NOW)).toEqual({ state: 'new', reopened: null });
  });

  it('keeps a rejection while there is the same evidence or less', () => {
    expect(connectionState(decided({}), counts, NOW)).toEqual({ state: 'rejected', reopened: null });
    expect(connectionState(decided({}), counts.slice(0, 1), NOW)).toEqual({ state: 'rejected', reopened: null });
  });

  it('opens a rejected one for more evidence, and says which', () => {
    const more: GradeCount[] = [
      { grade: 'partial', pairs: 1 },
      { grade: 'identical', pairs: 5 },
      { grade: 'same scene', pairs: 1 },
    ];
    expect(connectionState(decided({}), more, NOW)).toEqual({
      state: 'new',
      reopened: 'new since your rejection: 3 pairs identical, 1 pair partial',
    });
    expect(connectionState(decided({ state: 'confirmed' }), more, NOW).state).toBe('confirmed');
  });

  it('ends a snooze at its time, and takes the reason of whoever reopened', () => {
    const until = (snoozedUntil: Date) => connectionState(decided({ state: 'snoozed', snoozedUntil }), counts, NOW);
    expect(until(new Date(NOW.getTime() + 1)).state).toBe('snoozed');
    expect(until(NOW)).toEqual({ state: 'new', reopened: 'the snooze has ended' });
    expect(connectionState(decided({ state: 'reopened', reason: 'another view' }), counts, NOW)).toEqual({
      state: 'new',
      reopened: 'another view',
    });
  });
});
