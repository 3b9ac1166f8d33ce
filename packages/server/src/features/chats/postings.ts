// The way of a media: who sent it first and where, who was there then, who sent it on, and where it was saved. What the exports do not say is left open, never guessed.
import type { AttachmentBasis, Posting, Propagation } from '@redthread/core/contract';
import { onOneClock, type ClockLink, type Timed } from '@redthread/core/chats';
import type { Context } from '@redthread/core/domain';
import { withContext, withRoom, type Store, type Trx } from '../../store/index.js';
import { requireMedia } from '../media/index.js';
import { membersAt } from './members-at.js';
import { chatsById } from './named-chats.js';
import { peopleAmong } from './same-person.js';
import {
  readHits,
  readMessagesAt,
  readPairsAround,
  type MessageRow,
  type PairRow,
  type Place,
  type PostingHit,
  type SameMessage,
} from './postings-queries.js';

/** Of messages, and of saved copies. */
const MOST = 1_000;

type Basis = (typeof AttachmentBasis.options)[number];

interface Found extends Place {
  readonly mediaId: string;
  readonly grade: Posting['grade'];
  readonly basis: Basis;
}

const keyOf = ({ chatId, position }: Place): string => `${chatId}:${position}`;
const BASES: readonly Basis[] = ['with-message', 'digest', 'name', 'other-export'];

/** One message each, with all exports that have it: the one whose file was found speaks for it. */
const messagesOf = (hits: readonly PostingHit[], same: readonly SameMessage[]): Found[][] => {
  const found = new Map<string, Found>(hits.map((hit) => [keyOf(hit), hit]));
  const near = new Map<string, Set<string>>();
  const link = (one: string, other: string): void => {
    near.set(one, (near.get(one) ?? new Set()).add(other));
  };
  for (const { chatA, chatB, positionA, positionB } of same) {
    const [a, b] = [
      { chatId: chatA, position: positionA },
      { chatId: chatB, position: positionB },
    ];
    link(keyOf(a), keyOf(b));
    link(keyOf(b), keyOf(a));
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const hit = found.get(keyOf(one));
      if (hit !== undefined && hit.basis !== 'other-export' && !found.has(keyOf(other)))
        found.set(keyOf(other), { ...other, mediaId: hit.mediaId, grade: hit.grade, basis: 'other-export' });
    }
  }
  const seen = new Set<string>();
  return [...found.keys()].flatMap((start): Found[][] => {
    if (seen.has(start)) return [];
    const group: Found[] = [];
    for (const open = [start]; open.length > 0;) {
      const key = open.pop() ?? '';
      const one = found.get(key);
      if (one === undefined || seen.has(key)) continue;
      seen.add(key);
      group.push(one);
      open.push(...(near.get(key) ?? []));
    }
    return [group.sort((x, y) => BASES.indexOf(x.basis) - BASES.indexOf(y.basis) || (keyOf(x) < keyOf(y) ? -1 : 1))];
  });
};

/** Exports of one exhibit were written by one phone, unless two of them are of one group. */
const clocksOf = (pairs: readonly PairRow[]): ((of: { exportId: string; exhibitId: string }) => string) => {
  const several = new Set(pairs.flatMap(({ exhibitA, exhibitB }) => (exhibitA === exhibitB ? [exhibitA] : [])));
  return ({ exhibitId, exportId }) => (several.has(exhibitId) ? exportId : exhibitId);
};

type Message = MessageRow & Timed & { readonly group: readonly Found[] };

const timed = (groups: readonly (readonly Found[])[], rows: readonly MessageRow[], pairs: readonly PairRow[]) => {
  const byPlace = new Map(rows.map((row) => [keyOf(row), row]));
  const clockOf = clocksOf(pairs);
  const links: ClockLink[] = pairs.map(({ aheadS, doubtS, exportA, exportB, exhibitA, exhibitB }) => ({
    a: clockOf({ exportId: exportA, exhibitId: exhibitA }),
    b: clockOf({ exportId: exportB, exhibitId: exhibitB }),
    aheadS,
    doubtS,
  }));
  const messages = groups.flatMap((group): Message[] => {
    const row = group[0] === undefined ? undefined : byPlace.get(keyOf(group[0]));
    return row === undefined ? [] : [{ ...row, chat: row.chatId, clock: clockOf(row), group }];
  });
  return onOneClock(messages, links);
};

/** Errors: NOT_FOUND for a media that does not exist or is not seen. */
export const postingsOf = (store: Store, ctx: Context, mediaId: string): Promise<Propagation> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await requireMedia(trx, mediaId);
      await withRoom(trx);
      return readPropagation(trx, mediaId);
    },
    { access: 'read only' },
  );

export const readPropagation = async (trx: Trx, mediaId: string): Promise<Propagation> => {
  const { hits, same, saved } = await readHits(trx, mediaId, MOST);
  const groups = messagesOf(hits.slice(0, MOST), same);
  const rows = await readMessagesAt(trx, groups.flat());
  const chatIds = [...new Set(rows.map(({ chatId }) => chatId))];
  const pairs = rows.length === 0 ? [] : await readPairsAround(trx, chatIds);
  const { isBefore, items, ordered } = timed(groups, rows, pairs);
  const chats = await chatsById(trx, chatIds);
  const people = await peopleAmong(
    trx,
    rows.flatMap(({ chatId, number }) => (number === null ? [] : [{ chatId, number }])),
  );
  const members = await membersAt(
    trx,
    items.map(({ of }) => of),
  );
  const isAnother = (one: Message, other: Message): boolean =>
    one.number !== null &&
    other.number !== null &&
    people.keyOf(one.chatId, one.number) !== people.keyOf(other.chatId, other.number);
  return {
    items: items.flatMap(({ after, of }): Posting[] => {
      const [chat, [first]] = [chats.get(of.chatId), of.group];
      if (chat === undefined || first === undefined) return [];
      const { basis, grade, mediaId: sent } = first;
      return [
        {
          chat,
          position: of.position,
          time: { text: of.text, local: of.local, instant: of.instant },
          author: of.name === null ? null : { name: of.name, phone: of.phone },
          forwarded: of.forwarded,
          mediaId: sent,
          grade,
          hit: basis === 'with-message' ? 'file' : 'reference',
          basis,
          members: members.get(keyOf(of)) ?? [],
          alsoIn: of.group.slice(1).map(({ chatId, position }) => ({ chatId, position })),
          after,
          reposted: items.some((one) => isBefore(one.of, of) && isAnother(one.of, of)),
        },
      ];
    }),
    ordered,
    saved: saved.slice(0, MOST),
    truncated: hits.length > MOST || saved.length > MOST,
  };
};
