import type { Posting } from '@redthread/core/contract';
import { expect, it } from 'vitest';
import { postingLanes } from './posting-lanes.js';

const sentIn = (...chats: readonly string[]): Posting[] =>
  chats.map((id, position) => ({ chat: { id }, position, alsoIn: [] }) as unknown as Posting);

const places = (items: readonly Posting[], ordered: boolean) =>
  postingLanes({ items: [...items], ordered }).places.map(({ column, lane }) => `${lane}:${column}`);

it('gives each group a lane, the one that is known first on top', () => {
  expect(postingLanes({ items: sentIn('b', 'a', 'b'), ordered: true }).lanes.map(({ id }) => id)).toEqual(['b', 'a']);
});

it('puts all on one line where one clock orders them, and else counts each lane by itself', () => {
  expect(places(sentIn('b', 'a', 'b'), true)).toEqual(['0:0', '1:1', '0:2']);
  expect(places(sentIn('b', 'a', 'b'), false)).toEqual(['0:0', '1:0', '0:1']);
  expect(postingLanes({ items: sentIn('b', 'a', 'b'), ordered: false }).columns).toBe(2);
  expect(postingLanes({ items: [], ordered: false })).toEqual({ lanes: [], places: [], columns: 0 });
});

it('keeps exports of one group in one lane, where a message says that they are', () => {
  const [first, second] = sentIn('a', 'b');
  if (first === undefined || second === undefined) throw new Error('none');
  expect(places([{ ...first, alsoIn: [{ chatId: 'b', position: 4 }] }, second], true)).toEqual(['0:0', '0:1']);
});
