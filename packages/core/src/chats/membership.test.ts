import { describe, expect, it } from 'vitest';
import { EXPORTER, type ChatEvent, type ChatEventType } from './conversation.js';
import { membershipOf, wasIn, type MembershipMessage } from './membership.js';

const event = (type: ChatEventType, actor: string | null, ...targets: string[]): ChatEvent => ({
  type,
  actor,
  targets,
  subject: null,
});
/** A line a minute from ten o'clock: an event, or whoever wrote. */
const lines = (...of: (ChatEvent | string)[]): MembershipMessage[] =>
  of.map((line, position) => ({
    position,
    local: at(position),
    author: typeof line === 'string' ? line : null,
    event: typeof line === 'string' ? null : line,
  }));
const at = (position: number) => `2025-03-01T10:${String(position).padStart(2, '0')}`;
const person = (number: number, name: string, isExporter = false) => ({ number, name, phone: null, isExporter });
const NONE = { from: null, to: null, fromBy: null, toBy: null, fromPosition: null, toPosition: null };
const spansOf = (people: Parameters<typeof membershipOf>[0], messages: MembershipMessage[]) =>
  Object.fromEntries(membershipOf(people, messages).map(({ name, spans }) => [name, spans]));

describe('membershipOf', () => {
  it('tells who came and went by which line', () => {
    const spans = spansOf(
      [person(0, 'Ada')],
      lines(
        event('group-created', 'Ada'),
        event('member-added', 'Ada', 'Bo', 'Cy'),
        event('member-joined-by-link', 'Di'),
        event('member-removed', 'Ada', 'Bo'),
        event('member-left', 'Cy'),
        event('member-added', 'Ada', 'Cy'),
      ),
    );
    expect(spans['Ada']).toEqual([{ ...NONE, from: at(0), fromBy: 'created', fromPosition: 0 }]);
    expect(spans['Bo']).toEqual([
      { from: at(1), fromBy: 'added', fromPosition: 1, to: at(3), toBy: 'removed', toPosition: 3 },
    ]);
    expect(spans['Cy']).toEqual([
      { from: at(1), fromBy: 'added', fromPosition: 1, to: at(4), toBy: 'left', toPosition: 4 },
      { ...NONE, from: at(5), fromBy: 'added', fromPosition: 5 },
    ]);
    expect(spans['Di']![0]).toMatchObject({ fromBy: 'joined-by-link', from: at(2), to: null });
  });
  it('leaves an end open that no line says: who wrote, who was listed, who only left', () => {
    const spans = spansOf([person(0, 'Ada'), person(1, 'Bo')], lines('Ada', event('member-left', 'Cy'), 'Cy', 'Ada'));
    expect(spans['Ada']).toEqual([{ ...NONE, fromBy: 'wrote', fromPosition: 0 }]);
    expect(spans['Bo']).toEqual([{ ...NONE, fromBy: 'listed' }]);
    expect(spans['Cy']).toEqual([
      { ...NONE, to: at(1), toBy: 'left', toPosition: 1 },
      { ...NONE, from: at(2), fromBy: 'wrote', fromPosition: 2 },
    ]);
  });
  it('follows somebody to a new number, and knows "you"', () => {
    const spans = spansOf(
      [person(0, 'Ada', true)],
      lines(
        event('group-created', EXPORTER),
        event('number-changed', '+999 000 201', '+999 000 202'),
        event('number-changed', 'Bo'),
        event('member-left', EXPORTER),
      ),
    );
    expect(spans['Ada']).toEqual([
      { from: at(0), fromBy: 'created', fromPosition: 0, to: at(3), toBy: 'left', toPosition: 3 },
    ]);
    expect(spans['+999 000 201']![0]).toMatchObject({ from: null, to: at(1), toBy: 'number-changed' });
    expect(spans['+999 000 202']![0]).toMatchObject({ from: at(1), fromBy: 'number-changed', to: null });
    expect(spans['Bo']![0]).toMatchObject({ from: null, fromBy: 'wrote' });
    expect(membershipOf([], lines(event('member-left', EXPORTER)))[0]!.name).toBe(EXPORTER);
  });
  it('adds nobody twice', () => {
    expect(spansOf([], lines('Bo', event('member-added', 'Ada', 'Bo')))['Bo']).toHaveLength(1);
  });
});

describe('wasIn', () => {
  it('counts open ends, and the lines themselves', () => {
    const { Bo, Cy, Ada } = spansOf(
      [],
      lines(
        'Ada',
        event('member-added', 'Ada', 'Bo'),
        'Bo',
        event('member-left', 'Bo'),
        event('member-left', 'Cy'),
        'Ada',
      ),
    );
    expect([0, 1, 3, 4].map((position) => wasIn(Bo!, position))).toEqual([false, true, true, false]);
    expect([0, 4, 5].map((position) => wasIn(Cy!, position))).toEqual([true, true, false]);
    expect(wasIn(Ada!, 0)).toBe(true);
  });
});
