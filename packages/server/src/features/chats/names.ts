// What chat exports name that connects them with others, as keys (core/domain/chat-names), and where an export names it first. Read as the viewer.
import { sql, type RawBuilder } from 'kysely';
import { NAME_SEPARATOR, NAMED_LEADS, readChatName } from '@redthread/core/domain';
import type { Trx } from '../../store/index.js';

const key = (...parts: readonly RawBuilder<unknown>[]): RawBuilder<string> =>
  sql`concat_ws(${NAME_SEPARATOR}::text, ${sql.join(parts)})`;

/** A query of `media_id` and `names`; `which`: a condition on `x` (chat_exports). Of what nobody may open nothing is named. */
export const chatNamesOf = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select n.media_id, array_agg(distinct n.name) as names from (
    select t.media_id, v.name from (
      select x.media_id, c.id, c.app from chat_exports x join chats c on c.export_id = x.id where ${which} and not media_closed(x.media_id)) t
    cross join lateral (
      select ${key(sql`'phone'`, sql`p.phone`)} as name from chat_people p where p.chat_id = t.id and p.phone is not null
      union all select ${key(sql`'account'`, sql`t.app`, sql`p.account`)} from chat_people p where p.chat_id = t.id and p.account is not null
      union all select ${key(sql`l.kind`, sql`l.normal`)} from chat_leads l where l.chat_id = t.id and l.kind = any(${[...NAMED_LEADS]}::text[])
      union all select ${key(sql`'group'`, sql`s.chat_a`, sql`s.chat_b`)} from chat_pairs s where s.chat_a = t.id
      union all select ${key(sql`'group'`, sql`s.chat_a`, sql`s.chat_b`)} from chat_pairs s where s.chat_b = t.id) v) n
  group by n.media_id`;

export interface NamePlace {
  readonly mediaId: string;
  readonly key: string;
  readonly subject: string | null;
  /** The first message that names it; null for a member. */
  readonly position: number | null;
}

/** Where each export names each of these first: a member before a message. */
export const placesOfNames = async (
  trx: Trx,
  asked: readonly { readonly mediaId: string; readonly key: string }[],
): Promise<NamePlace[]> => {
  if (asked.length === 0) return [];
  const read = asked.map((one) => ({ ...one, ...readChatName(one.key) }));
  const { rows } = await sql<NamePlace>`
    select distinct on (w.media_id, w.key) w.media_id as "mediaId", w.key, c.subject, v.position
    from unnest(${read.map(({ mediaId }) => mediaId)}::uuid[], ${read.map((one) => one.key)}::text[], ${read.map(({ kind }) => kind)}::text[],
        ${read.map(({ value }) => value)}::text[]) as w (media_id, key, kind, value)
      join chat_exports x on x.media_id = w.media_id join chats c on c.export_id = x.id
      cross join lateral (
        select -1 as place, null::int as position from chat_people p where p.chat_id = c.id
          and ((w.kind = 'phone' and p.phone = w.value) or (w.kind = 'account' and c.app || ' ' || p.account = w.value))
        union all (select l.position, l.position from chat_leads l where l.chat_id = c.id and l.kind = w.kind and l.normal = w.value
          order by l.position limit 1)
        union all select -1, null from unnest(string_to_array(w.value, ' ')) u (id) where w.kind = 'group' and u.id = c.id::text) v
    order by w.media_id, w.key, v.place, c.number`.execute(trx);
  return rows;
};
