// Conversations by their ids as the API shows them; under the viewer's row-level security.
import { sql, type RawBuilder } from 'kysely';
import type { Chat } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

/** A wall clock as text: with seconds where it has any. */
export const wallClock = (of: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<
    string | null
  >`to_char(${of}, case when extract(second from ${of}) = 0 then 'YYYY-MM-DD"T"HH24:MI' else 'YYYY-MM-DD"T"HH24:MI:SS' end)`;

export const chatsById = async (trx: Trx, ids: readonly string[]): Promise<Map<string, Chat>> => {
  const { rows } = await sql<Chat>`
    select c.id, c.export_id as "exportId", json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency,
      json_build_object('id', k.id, 'reference', k.reference) as "case", json_build_object('id', e.id, 'reference', e.reference) as exhibit,
      c.app, c.kind, c.subject, c.participants, c.messages,
      json_build_object('present', (select count(*) from chat_attachments t where t.chat_id = c.id and t.media_id is not null), 'all', c.attachments)
        as attachments,
      ${wallClock(sql`c.first_local`)} as first, ${wallClock(sql`c.last_local`)} as last,
      ((select count(*) from chat_pairs p where p.chat_a = c.id) + (select count(*) from chat_pairs p where p.chat_b = c.id))::int as "alsoIn"
    from chats c join agencies a on a.id = c.agency_id join cases k on k.id = c.case_id join exhibits e on e.id = c.exhibit_id
    where c.id = any(${[...new Set(ids)]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
};
