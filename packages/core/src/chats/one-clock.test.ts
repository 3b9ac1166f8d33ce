import { expect, it } from 'vitest';
import { onOneClock, type ClockLink, type Timed } from './one-clock.js';

const at = (chat: string, position: number, local: string | null, more: Partial<Timed> = {}): Timed => ({
  clock: chat[0] ?? '',
  chat,
  position,
  local,
  instant: null,
  precisionS: 60,
  ...more,
});
const told = (items: readonly Timed[], links: readonly ClockLink[] = []) => {
  const { items: placed, ordered } = onOneClock(items, links);
  return { ordered, items: placed.map(({ after, of }) => `${of.chat}:${of.position} ${after}`) };
};

it('orders by the clock of one phone, and leaves open what lies in one minute', () => {
  const items = [at('a2', 7, '2025-03-14T16:07'), at('a1', 3, '2025-03-14T16:05'), at('a2', 2, '2025-03-14T16:05')];
  expect(told(items)).toEqual({ ordered: true, items: ['a1:3 0', 'a2:2 0', 'a2:7 2'] });
});

it('sets clocks against each other by how far they are apart, over others as well', () => {
  const links = [
    { a: 'a', b: 'b', aheadS: 3600, doubtS: 2 },
    { a: 'b', b: 'c', aheadS: -7200, doubtS: 2 },
  ];
  const items = [at('a1', 0, '2025-03-14T16:05'), at('b1', 0, '2025-03-14T17:01'), at('c1', 0, '2025-03-14T15:10')];
  expect(told(items, links)).toEqual({ ordered: true, items: ['b1:0 0', 'a1:0 1', 'c1:0 2'] });
  // Four seconds of doubt on the way.
  const near = [
    at('a1', 0, '2025-03-14T16:05:00', { precisionS: 1 }),
    at('c1', 0, '2025-03-14T15:05:03', { precisionS: 1 }),
  ];
  expect(told(near, links)).toEqual({ ordered: true, items: ['a1:0 0', 'c1:0 0'] });
});

it('orders nothing where nobody can say how two clocks stand, but the messages of each', () => {
  const items = [at('a1', 0, '2025-03-14T16:05'), at('b1', 1, '2025-03-10T09:00'), at('b1', 0, '2025-03-09T09:00')];
  expect(told(items)).toEqual({ ordered: false, items: ['a1:0 0', 'b1:0 0', 'b1:1 1'] });
  expect(told([at('a1', 0, null), at('b1', 0, '2025-03-14T16:05')])).toMatchObject({ ordered: false });
  expect(told([at('a1', 0, null)])).toMatchObject({ ordered: true });
});

it('tells by instants where the source says them, and by a wall clock that is known beside them', () => {
  const instant = (text: string) => ({ instant: text, precisionS: 1 });
  const items = [
    at('t1', 0, '2025-03-14T17:00:00', instant('2025-03-14T16:00:00.000Z')),
    at('u1', 0, null, instant('2025-03-14T15:59:00.000Z')),
    at('t2', 4, '2025-03-14T16:30:00', { precisionS: 1 }),
  ];
  expect(told(items)).toEqual({ ordered: true, items: ['t2:4 0', 'u1:0 1', 't1:0 2'] });
  expect(told([...items, at('x1', 0, '2025-03-14T16:00')])).toMatchObject({ ordered: false });
});

it('tells whether one was before another', () => {
  const [first, second] = [at('a1', 0, '2025-03-14T16:05'), at('a1', 1, '2025-03-14T16:05')];
  const { isBefore } = onOneClock([first, second], []);
  expect([isBefore(first, second), isBefore(second, first)]).toEqual([true, false]);
});
