import type { ChatMembership } from '@redthread/core/contract';
import { describe, expect, it } from 'vitest';
import { laneScale, lanesOf } from './membership-lanes.js';

type Span = ChatMembership['spans'][number];

const span = (part: Partial<Span>): Span => ({
  from: null,
  to: null,
  fromBy: null,
  toBy: null,
  fromPosition: null,
  toPosition: null,
  ...part,
});
const member = (...spans: Span[]): ChatMembership => ({ name: 'anna', phone: null, participant: 0, spans });
const whole = { first: '2025-01-01T00:00', last: '2025-01-11T00:00', messages: 101 };

describe('lanes of members', () => {
  it('lays spans along the clock of the export, with how each end is known', () => {
    const anna = member(
      span({ from: '2025-01-03T12:00', fromBy: 'added', fromPosition: 10, to: '2025-01-06T00:00:00', toBy: 'left' }),
      span({ from: '2025-01-08T00:00', fromBy: 'wrote', fromPosition: 60 }),
    );
    const lanes = lanesOf(anna, laneScale(whole, [anna]));
    expect(lanes.map(({ from, to }) => [from, to])).toEqual([
      [0.25, 0.5],
      [0.7, 1],
    ]);
    expect(lanes.map(({ fromEnd, toEnd }) => [fromEnd, toEnd])).toEqual([
      ['line', 'line'],
      ['seen', 'open'],
    ]);
  });

  it('begins with the export where nobody says when, and reaches as far as any line', () => {
    const otto = member(span({ to: '2025-01-21T00:00', toBy: 'removed' }));
    const scale = laneScale(whole, [otto]);
    expect(lanesOf(otto, scale)).toMatchObject([{ from: 0, to: 1, fromEnd: 'open', toEnd: 'line' }]);
    expect(scale.at('2025-01-11T00:00', null)).toBe(0.5);
  });

  it('leaves open when somebody came of whom only a message is known', () => {
    const ida = member(span({ fromBy: 'wrote', fromPosition: 12 }));
    expect(lanesOf(ida, laneScale(whole, [ida]))).toMatchObject([{ from: 0, to: 1, fromEnd: 'open', toEnd: 'open' }]);
  });

  it('goes by the order of messages where there are no times', () => {
    const eva = member(span({ fromBy: 'joined-by-link', fromPosition: 25 }));
    const scale = laneScale({ first: null, last: null, messages: 101 }, [eva]);
    expect(lanesOf(eva, scale)).toMatchObject([{ from: 0.25, to: 1, fromEnd: 'line' }]);
    expect(scale.ticks).toEqual([]);
  });

  it('marks days, months or years, few enough to be read', () => {
    const marks = (first: string, last: string): string[] =>
      laneScale({ first, last, messages: 1 }, []).ticks.map(({ words }) => words);
    expect(marks('2025-01-01T08:00', '2025-01-04T09:00')).toEqual(['2025-01-02', '2025-01-03', '2025-01-04']);
    expect(marks('2025-01-15T08:00', '2025-04-04T09:00')).toEqual(['2025-02', '2025-03', '2025-04']);
    expect(marks('2019-05-01T08:00', '2025-04-04T09:00')).toEqual(['2020', '2021', '2022', '2023', '2024', '2025']);
    expect(marks('1999-05-01T08:00', '2025-04-04T09:00').length).toBeLessThanOrEqual(7);
    expect(marks('2025-01-01T08:00', '2025-01-01T09:00')).toEqual([]);
  });
});
