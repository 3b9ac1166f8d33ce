// Sets the conversations of an export beside all others that share texts with them, whoever's they are: what is kept of two depends on these two alone, and is seen by whoever sees both.
import { sql, type Kysely, type Transaction } from 'kysely';
import {
  ALIGN_METHOD,
  ALIGN_VERSION,
  LEAST_SHARE,
  LEAST_SHARED,
  alignChats,
  wallSeconds,
  type AlignConversation,
  type AlignMessage,
  type ChatAlignment,
} from '@redthread/core/chats';
import { throughRestarts } from '../../../app/through-restarts.js';
import type { Database } from '../../../store/index.js';

type Trx = Transaction<Database>;

/** Longer ones would not be held in memory; both of two are. */
const MOST_MESSAGES = 500_000;

interface ChatRow {
  readonly id: string;
  readonly agencyId: string;
  readonly messages: number;
}

/** Exports of a media that were read and are not aligned yet. */
export const alignExports = async (db: Kysely<Database>, mediaId: string): Promise<void> => {
  const { rows } = await throughRestarts(() =>
    sql<{
      id: string;
    }>`select id from chat_exports where media_id = ${mediaId}::uuid and state in ('read', 'asks-date-order')
      and aligned_version < ${ALIGN_VERSION}`.execute(db),
  );
  for (const { id } of rows) {
    const chats =
      await sql<ChatRow>`select id, agency_id as "agencyId", messages from chats where export_id = ${id}::uuid
      and messages between ${LEAST_SHARED} and ${MOST_MESSAGES} order by number`.execute(db);
    for (const chat of chats.rows) await alignChat(db, chat);
    await sql`update chat_exports set aligned_version = ${ALIGN_VERSION} where id = ${id}::uuid`.execute(db);
  }
};

/** Others that share texts which stand once in each, files, or the name. No bound on how many hold a text: it would let what is hidden change what is found. */
const othersOf = async (db: Kysely<Database>, chat: ChatRow): Promise<ChatRow[]> => {
  const { rows } = await sql<ChatRow>`
    with own as (
        select text_key from chat_messages where chat_id = ${chat.id}::uuid and text_key is not null group by text_key having count(*) = 1),
      files as (
        select distinct m.sha256 from chat_attachments a join media m on m.id = a.media_id where a.chat_id = ${chat.id}::uuid),
      shared as (
        select m.chat_id as id, m.text_key::text as what from own join chat_messages m on m.text_key = own.text_key
        group by m.chat_id, m.text_key having count(*) = 1
        union select n.id, 'its name' from chats o join chats n on lower(n.subject) = lower(o.subject) where o.id = ${chat.id}::uuid
        union select t.chat_id, encode(files.sha256, 'hex') from files join media m on m.sha256 = files.sha256 join chat_attachments t on t.media_id = m.id)
    select c.id, c.agency_id as "agencyId", c.messages from shared s join chats c on c.id = s.id
    where c.id <> ${chat.id}::uuid and c.app = (select app from chats where id = ${chat.id}::uuid)
      and c.export_id <> (select export_id from chats where id = ${chat.id}::uuid) and c.messages <= ${MOST_MESSAGES}
    group by c.id having count(*) >= greatest(${LEAST_SHARED}, ${LEAST_SHARE}::float8 * least(c.messages, ${chat.messages}::integer)) order by c.id`.execute(
    db,
  );
  return rows;
};

const alignChat = async (db: Kysely<Database>, chat: ChatRow): Promise<void> => {
  const others = await othersOf(db, chat);
  if (others.length === 0) return;
  const own = await conversationOf(db, chat.id);
  for (const other of others) {
    const there = await conversationOf(db, other.id);
    const isFirst = chat.id < other.id;
    const found = isFirst ? alignChats(own, there) : alignChats(there, own);
    const [a, b] = isFirst ? [chat, other] : [other, chat];
    await throughRestarts(() => db.transaction().execute((trx) => storePair(trx, a, b, found)));
  }
};

/** Two workers may come to the same pair at once. */
const storePair = async (trx: Trx, a: ChatRow, b: ChatRow, found: ChatAlignment | null): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`redthread chats ${a.id} ${b.id}`}, 0))`.execute(trx);
  await sql`delete from chat_pairs where chat_a = ${a.id}::uuid and chat_b = ${b.id}::uuid`.execute(trx);
  if (found === null) return;
  // Either may have gone meanwhile.
  const { rows } = await sql`select from chats where id in (${a.id}::uuid, ${b.id}::uuid) for key share`.execute(trx);
  if (rows.length < 2) return;
  await sql`insert into chat_pairs (chat_a, agency_a, chat_b, agency_b, aligned, overlap, offset_s, spread_s, method, version)
    values (${a.id}::uuid, ${a.agencyId}::uuid, ${b.id}::uuid, ${b.agencyId}::uuid, ${found.pairs.length}, ${Math.max(found.overlap, found.pairs.length)}, ${found.offsetS},
      ${found.spreadS}, ${ALIGN_METHOD}, ${ALIGN_VERSION})`.execute(trx);
  await sql`insert into chat_aligned (chat_a, position_a, chat_b, position_b)
    select ${a.id}::uuid, n.a, ${b.id}::uuid, n.b
    from unnest(${found.pairs.map((pair) => pair.a)}::integer[], ${found.pairs.map((pair) => pair.b)}::integer[]) as n (a, b)`.execute(
    trx,
  );
};

interface MessageRow extends Omit<AlignMessage, 'timeS' | 'precisionS'> {
  readonly local: string | null;
  readonly precisionS: number | null;
}

const conversationOf = async (db: Kysely<Database>, chatId: string): Promise<AlignConversation> => {
  const { rows } = await sql<MessageRow>`
    select m.position, to_char(m.at_local, 'YYYY-MM-DD"T"HH24:MI:SS') as local, m.at_precision_s as "precisionS", m.kind, p.name as author, m.text, m.edited,
      m.event, coalesce(f.files, '[]') as attachments
    from chat_messages m left join chat_people p on p.chat_id = m.chat_id and p.number = m.author
      left join (
        select a.position, json_agg(json_build_object('name', a.name, 'media', a.media, 'sha256', encode(coalesce(d.sha256, a.sha256), 'hex'))
          order by a.ordinal) as files
        from chat_attachments a left join media d on d.id = a.media_id where a.chat_id = ${chatId}::uuid group by a.position) f on f.position = m.position
    where m.chat_id = ${chatId}::uuid order by m.position`.execute(db);
  const subjects = await sql<{ subject: string | null }>`select subject from chats where id = ${chatId}::uuid`.execute(
    db,
  );
  const named = rows.flatMap(({ event }) => event?.subject ?? []);
  return {
    subjects: [...new Set([...named, ...subjects.rows.flatMap(({ subject }) => subject ?? [])])],
    messages: rows.map(({ local, precisionS, ...message }) => ({
      ...message,
      timeS: local === null ? null : wallSeconds(local),
      precisionS: precisionS ?? 60,
    })),
  };
};
