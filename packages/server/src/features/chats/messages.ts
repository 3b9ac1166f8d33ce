// Messages of a conversation with what is known of them: their files, wherever these were found, their leads, and the same message in other exports of the group.
import { sql } from 'kysely';
import type { ChatLead, ChatMessage } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';
import { wallClock } from './named-chats.js';

type Row = Omit<ChatMessage, 'time' | 'attachments' | 'leads' | 'alsoIn'> & {
  readonly timeText: string;
  readonly local: string | null;
  readonly instant: Date | null;
};
type File = ChatMessage['attachments'][number] & { readonly position: number; readonly ordinal: number };
type Through = NonNullable<File['through']>;

const byPosition = <T extends { readonly position: number }>(rows: readonly T[]): Map<number, T[]> => {
  const found = new Map<number, T[]>();
  for (const row of rows) found.set(row.position, [...(found.get(row.position) ?? []), row]);
  return found;
};

/** Of a conversation that the viewer sees, from a position on. */
export const messagesFrom = async (trx: Trx, chatId: string, from: number, limit: number): Promise<ChatMessage[]> => {
  const { rows } = await sql<Row>`
    select m.chat_id as "chatId", m.position, m.time_text as "timeText", ${wallClock(sql`m.at_local`)} as local, m.at_instant as instant, m.kind, m.author,
      m.text, m.edited, m.forwarded, m.recovered, m.event, m.answers
    from chat_messages m where m.chat_id = ${chatId}::uuid and m.position >= ${from} order by m.position limit ${limit}`.execute(
    trx,
  );
  const last = rows.at(-1)?.position ?? -1;
  const files = byPosition(await filesOf(trx, chatId, from, last));
  const leads = byPosition(await leadsOf(trx, chatId, from, last));
  const also = byPosition(await alsoIn(trx, chatId, from, last));
  return rows.map(({ timeText: text, local, instant, ...row }) => ({
    ...row,
    time: { text, local, instant: instant?.toISOString() ?? null },
    attachments: (files.get(row.position) ?? []).map(({ position: _p, ordinal: _o, ...file }) => file),
    leads: (leads.get(row.position) ?? []).map(({ position: _p, ...lead }) => lead),
    alsoIn: (also.get(row.position) ?? []).map(({ through }) => through),
  }));
};

const between = (from: number, last: number) => sql`between ${from} and ${last}`;

/** What stands at the same message elsewhere, as far as the viewer sees that conversation. */
const aligned = (chatId: string, from: number, last: number) => sql`
  select position_a as position, chat_b as chat_id, position_b as there from chat_aligned
    where chat_a = ${chatId}::uuid and position_a ${between(from, last)}
  union all select position_b, chat_a, position_a from chat_aligned where chat_b = ${chatId}::uuid and position_b ${between(from, last)}`;

/**
 * A file with the message, or else one that another export has at the same message, or else one whose bytes the message names. Of several that
 * would do, the one with the smallest id.
 */
const filesOf = async (trx: Trx, chatId: string, from: number, last: number): Promise<File[]> => {
  const { rows } = await sql<File>`
    with own as (select a.* from chat_attachments a where a.chat_id = ${chatId}::uuid and a.position ${between(from, last)}),
    elsewhere as (
      select distinct on (o.position, o.ordinal) o.position, o.ordinal, t.media_id,
        json_build_object('chatId', n.chat_id, 'position', n.there) as through
      from own o join (${aligned(chatId, from, last)}) n on n.position = o.position
        join chat_attachments t on t.chat_id = n.chat_id and t.position = n.there and t.ordinal = o.ordinal
      where o.media_id is null and t.media_id is not null order by o.position, o.ordinal, t.media_id),
    digests as (
      select o.position, o.ordinal, (
        select m.id from media m where (m.sha256 = o.sha256 or (o.sha256 is null and m.md5 = o.md5)) order by m.id limit 1) as media_id
      from own o where o.media_id is null and num_nonnulls(o.sha256, o.md5) > 0)
    select o.position, o.ordinal, o.name, o.media,
      case when coalesce(o.media_id, x.media_id, d.media_id) is null then o.state else 'present' end as state,
      coalesce(o.media_id, x.media_id, d.media_id) as "mediaId",
      case when o.media_id is not null then o.basis when x.media_id is not null then 'other-export' when d.media_id is not null then 'digest' end as basis,
      case when o.media_id is null then x.through end as through
    from own o left join elsewhere x using (position, ordinal) left join digests d using (position, ordinal)
    order by o.position, o.ordinal`.execute(trx);
  return rows;
};

const leadsOf = async (
  trx: Trx,
  chatId: string,
  from: number,
  last: number,
): Promise<(ChatLead & { readonly position: number })[]> => {
  const { rows } = await sql<ChatLead & { readonly position: number }>`
    select position, kind, value, normal, starts as start, ends as "end" from chat_leads
    where chat_id = ${chatId}::uuid and position ${between(from, last)} order by position, ordinal`.execute(trx);
  return rows;
};

const alsoIn = async (
  trx: Trx,
  chatId: string,
  from: number,
  last: number,
): Promise<{ readonly position: number; readonly through: Through }[]> => {
  const { rows } = await sql<{ position: number; through: Through }>`
    select n.position, json_build_object('chatId', n.chat_id, 'position', n.there) as through from (${aligned(chatId, from, last)}) n
    order by n.position, n.chat_id`.execute(trx);
  return rows;
};
