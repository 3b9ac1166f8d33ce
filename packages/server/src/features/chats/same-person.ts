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

/** `which`: a condition on `c` (chats), `e` (their exhibits) and `k` (their cases, as the scope has `c`). */
const readPeople = async (trx: Trx, which: RawBuilder<unknown>): Promise<People> => {
  const { rows } = await sql<{ people: ParticipantRow[]; aliases: CommonAuthor[]; pairs: [string, string][] }>`
    with these as materialized (select c.id, c.exhibit_id, c.app, c.kind, c.subject from chats c where ${which})
    select coalesce((select jsonb_agg(jsonb_build_object('chatId', p.chat_id, 'number', p.number, 'exhibitId', t.exhibit_id, 'app', t.app,
          'kind', t.kind, 'subject', t.subject, 'name', p.name, 'phone', p.phone, 'account', p.account, 'messages', p.messages)
          order by p.chat_id, p.number)
        from these t join chat_people p on p.chat_id = t.id), '[]') as people,
      coalesce((select jsonb_agg(jsonb_build_object('chatA', s.chat_a, 'numberA', s.number_a, 'chatB', s.chat_b, 'numberB', s.number_b,
          'messages', s.messages)) from chat_aliases s
        where s.chat_a in (select id from these) and s.chat_b in (select id from these)), '[]') as aliases,
      coalesce((select jsonb_agg(jsonb_build_array(s.chat_a, s.chat_b)) from chat_pairs s
        where s.chat_a in (select id from these) and s.chat_b in (select id from these)), '[]') as pairs`.execute(trx);
  const { people = [], aliases = [], pairs = [] } = rows[0] ?? {};
  const groupOf = groupsOf(pairs);
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

export const peopleOf = (trx: Trx, chats: readonly string[]): Promise<People> =>
  readPeople(trx, sql`c.id = any(${[...chats]}::uuid[])`);

/** `exhibits`: a query of the ids of exhibits; null for all that is seen. */
export const peopleIn = (trx: Trx, exhibits: RawBuilder<unknown> | null): Promise<People> =>
  readPeople(trx, exhibits === null ? sql`true` : sql`c.exhibit_id in (${exhibits})`);
