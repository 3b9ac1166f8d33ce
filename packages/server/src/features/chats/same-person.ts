// Participants of conversations as people: read as the viewer, joined by what core says joins them.
import { sql, type RawBuilder } from 'kysely';
import { samePeople, type CommonAuthor, type PersonInChat, type SamePerson } from '@redthread/core/chats';
import type { Trx } from '../../store/index.js';

export interface ParticipantRow extends PersonInChat {
  readonly kind: 'group' | 'direct' | 'unknown';
  readonly subject: string | null;
  /** The first of the exports of its group. */
  readonly group: string;
}

export interface People {
  readonly all: readonly SamePerson<ParticipantRow>[];
  /** The person that this participant is; the participant alone where they are not read. */
  readonly keyOf: (chatId: string, number: number) => string;
}

/** `wanted`: a query of `chat_id` and `number` of participants. */
const readPeople = async (trx: Trx, wanted: RawBuilder<unknown>): Promise<People> => {
  const { rows: people } = await sql<Omit<ParticipantRow, 'group'>>`
    with wanted as materialized (${wanted})
    select p.chat_id as "chatId", p.number, c.exhibit_id as "exhibitId", c.app, c.kind, c.subject, p.name, p.phone, p.account, p.messages
    from wanted w join chat_people p on p.chat_id = w.chat_id and p.number = w.number join chats c on c.id = p.chat_id
    order by p.chat_id, p.number`.execute(trx);
  const chats = sql`any(${[...new Set(people.map(({ chatId }) => chatId))]}::uuid[])`;
  const { rows: aliases } = await sql<CommonAuthor>`
    select s.chat_a as "chatA", s.number_a as "numberA", s.chat_b as "chatB", s.number_b as "numberB", s.messages from chat_aliases s
    where s.chat_a = ${chats} and s.chat_b = ${chats}`.execute(trx);
  const { rows: pairs } = await sql<{ a: string; b: string }>`
    select s.chat_a as a, s.chat_b as b from chat_pairs s where s.chat_a = ${chats} and s.chat_b = ${chats}`.execute(
    trx,
  );
  const groupOf = groupsOf(pairs.map(({ a, b }) => [a, b] as const));
  const all = samePeople(
    people.map((one) => ({ ...one, group: groupOf(one.chatId) })),
    aliases,
  );
  const keys = new Map(all.flatMap(({ key, parts }) => parts.map(({ of }) => [`${of.chatId}:${of.number}`, key])));
  return { all, keyOf: (chatId, number) => keys.get(`${chatId}:${number}`) ?? `${chatId}:${number}` };
};

/** The smallest id of the exports of one group. */
export const groupsOf = (pairs: readonly (readonly [string, string])[]): ((chat: string) => string) => {
  const parents = new Map<string, string>();
  const rootOf = (chat: string): string => {
    let at = chat;
    for (let up = parents.get(at); up !== undefined; up = parents.get(at)) at = up;
    return at;
  };
  for (const [a, b] of pairs) {
    const [low, high] = [rootOf(a), rootOf(b)].sort() as [string, string];
    if (low !== high) parents.set(high, low);
  }
  return rootOf;
};

/** These participants alone. */
export const peopleAmong = (
  trx: Trx,
  participants: readonly { readonly chatId: string; readonly number: number }[],
): Promise<People> =>
  readPeople(
    trx,
    sql`select distinct w.chat_id, w.number from unnest(${participants.map(({ chatId }) => chatId)}::uuid[],
      ${participants.map(({ number }) => number)}::int[]) as w (chat_id, number)`,
  );

/** Those of these chats, which are one group, and whoever else may be one of them. */
export const peopleLike = (trx: Trx, chats: readonly string[]): Promise<People> =>
  readPeople(
    trx,
    sql`
    with mine as materialized (
      select p.chat_id, p.number, p.name, p.phone, p.account, c.exhibit_id, c.app from chat_people p join chats c on c.id = p.chat_id
      where p.chat_id = any(${[...chats]}::uuid[]))
    select m.chat_id, m.number from mine m
    union select p.chat_id, p.number from mine m join chat_people p on p.phone = m.phone
    union select p.chat_id, p.number from mine m join chat_people p on p.account = m.account join chats c on c.id = p.chat_id and c.app = m.app
    union select p.chat_id, p.number from (select distinct exhibit_id, name from mine) m join chats c on c.exhibit_id = m.exhibit_id
      join chat_people p on p.chat_id = c.id and p.name = m.name`,
  );

/** `exhibits`: a query of the ids of exhibits; null for all that is seen. */
export const peopleIn = (trx: Trx, exhibits: RawBuilder<unknown> | null): Promise<People> =>
  readPeople(
    trx,
    sql`select p.chat_id, p.number from chat_people p ${exhibits === null ? sql`` : sql`where p.exhibit_id in (${exhibits})`}`,
  );
