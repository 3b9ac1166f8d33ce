// Exports, conversations and leads as rows; under the viewer's row-level security.
import { sql, type RawBuilder } from 'kysely';
import type {
  Chat,
  ChatDetail,
  ChatExport,
  ChatParticipant,
  ChatQuery,
  ChatScopeQuery,
  LeadQuery,
  LeadRow,
} from '@redthread/core/contract';
import { membershipOf, type MembershipMessage } from '@redthread/core/chats';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { rowsOf, type Trx } from '../../store/index.js';
import { inScope, requireScope, scopeOf, type ScopeInput } from '../funnel/index.js';
import { chatsById, wallClock } from './named-chats.js';

/** Condition on `e` (exhibits) and `c` (its case). Errors: NOT_FOUND, REQUEST_INVALID. */
const within = async (trx: Trx, given: ScopeInput): Promise<RawBuilder<boolean>> => {
  const scope = scopeOf(given);
  if (scope !== null) await requireScope(trx, scope);
  return inScope(scope);
};

interface ExportRow extends Omit<ChatExport, 'error' | 'readAt'> {
  readonly code: string | null;
  readonly detail: string | null;
  readonly readAt: Date | null;
  readonly at: string;
  readonly total: number;
}

const toExport = ({ code, detail, readAt, at: _at, total: _total, ...row }: ExportRow): ChatExport => ({
  ...row,
  error: code === null ? null : { code, detail: detail ?? '' },
  readAt: readAt?.toISOString() ?? null,
});

const exportRows = async (
  trx: Trx,
  which: RawBuilder<unknown>,
  after: RawBuilder<unknown> = sql`true`,
  limit: RawBuilder<unknown> = sql``,
): Promise<ExportRow[]> => {
  const { rows } = await sql<ExportRow>`
    with found as (
      select x.*, e.reference as exhibit_reference, c.reference as case_reference from chat_exports x
        join exhibits e on e.id = x.exhibit_id join cases c on c.id = x.case_id where ${which})
    select x.id, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency,
      json_build_object('id', x.case_id, 'reference', x.case_reference) as "case",
      json_build_object('id', x.exhibit_id, 'reference', x.exhibit_reference) as exhibit,
      x.media_id as "mediaId", x.path, x.format, x.platform, x.language, x.state, x.date_order as "dateOrder", x.date_order_by as "dateOrderBy",
      x.error_code as code, x.error_detail as detail, x.notes, x.read_at as "readAt", x.created_at::text as at,
      (select count(*) from chats n where n.export_id = x.id) as conversations,
      (select coalesce(sum(n.messages), 0)::int from chats n where n.export_id = x.id) as messages, (select count(*) from found) as total
    from found x join agencies a on a.id = x.agency_id where ${after}
    order by x.created_at desc, x.id ${limit}`.execute(trx);
  return rows;
};

/** Newest first. */
export const pageOfExports = async (
  trx: Trx,
  { cursor, limit, ...scope }: ChatScopeQuery,
): Promise<Page<ChatExport>> => {
  const last = readCursor<[string, string]>(cursor, ['string', 'string']);
  const after =
    last === null
      ? sql`true`
      : sql`(x.created_at < ${last[0]}::timestamptz or (x.created_at = ${last[0]}::timestamptz and x.id > ${last[1]}::uuid))`;
  const rows = await exportRows(trx, await within(trx, scope), after, sql`limit ${limit + 1}`);
  return toPage(rows, limit, rows[0]?.total ?? 0, (row) => [row.at, row.id], toExport);
};

export const exportById = async (trx: Trx, id: string): Promise<ChatExport | undefined> => {
  const [row] = await exportRows(trx, sql`x.id = ${id}::uuid`);
  return row === undefined ? undefined : toExport(row);
};

interface ChatKey {
  readonly id: string;
  readonly last: string;
  readonly total: number;
}

/** Those with the newest messages first; what has no times comes last. */
export const pageOfChats = async (trx: Trx, { cursor, limit, q, ...scope }: ChatQuery): Promise<Page<Chat>> => {
  const last = readCursor<[string, string]>(cursor, ['string', 'string']);
  const after =
    last === null
      ? sql`true`
      : sql`(last < ${last[0]}::timestamp or (last = ${last[0]}::timestamp and id > ${last[1]}::uuid))`;
  const named = q === undefined ? sql`true` : sql`strpos(lower(coalesce(n.subject, '')), lower(${q})) > 0`;
  const { rows } = await sql<ChatKey>`
    with found as (
      select n.id, coalesce(n.last_local, '-infinity') as last from chats n join exhibits e on e.id = n.exhibit_id join cases c on c.id = n.case_id
      where ${await within(trx, scope)} and ${named})
    select id, last::text as last, (select count(*) from found) as total from found where ${after} order by found.last desc, id limit ${limit + 1}`.execute(
    trx,
  );
  const chats = await chatsById(
    trx,
    rows.map(({ id }) => id),
  );
  const kept = rows.filter(({ id }) => chats.has(id));
  return toPage(
    kept,
    limit,
    rows[0]?.total ?? 0,
    (row) => [row.last, row.id],
    ({ id }) => chats.get(id)!,
  );
};

export const peopleOf = async (trx: Trx, chatId: string): Promise<ChatParticipant[]> => {
  const { rows } = await sql<ChatParticipant>`
    select number, name, phone, account, is_exporter as "isExporter", account_deleted as "accountDeleted", messages
    from chat_people where chat_id = ${chatId}::uuid order by number`.execute(trx);
  return rows;
};

/** What says who came and went: every line of the system, and of each person the first message after each. */
const membershipMessages = (trx: Trx, chatId: string) =>
  rowsOf<MembershipMessage>(
    trx,
    sql<MembershipMessage>`
      with told as (
        select m.position, m.at_local, m.author, m.event, count(m.event) over (order by m.position) as lines from chat_messages m
        where m.chat_id = ${chatId}::uuid),
      needed as (
        select position, at_local, author, event from told where event is not null
        union all
        (select distinct on (author, lines) position, at_local, author, event from told where event is null and author is not null
        order by author, lines, position))
      select n.position, ${wallClock(sql`n.at_local`)} as local, p.name as author, n.event
      from (select * from needed order by position) n left join chat_people p on p.chat_id = ${chatId}::uuid and p.number = n.author
      order by n.position`,
  );

/** What a conversation is made of, beside its head. */
export const detailOf = async (
  trx: Trx,
  chat: Chat,
): Promise<Pick<ChatDetail, 'people' | 'subjects' | 'membership' | 'pairs'>> => {
  const people = await peopleOf(trx, chat.id);
  const messages: MembershipMessage[] = [];
  for await (const message of membershipMessages(trx, chat.id)) messages.push(message);
  const subjects = messages.flatMap(({ event, local, position }) =>
    typeof event?.subject === 'string' ? [{ subject: event.subject, from: local, position }] : [],
  );
  const named = chat.subject === null ? [] : [{ subject: chat.subject, from: chat.first, position: 0 }];
  return {
    people,
    subjects: subjects.length > 0 ? subjects : named,
    membership: membershipOf(people, messages).map((one) => ({
      ...one,
      spans: one.spans.map((span) => ({ ...span })),
    })),
    pairs: await pairsOf(trx, chat.id),
  };
};

interface PairRow extends Omit<ChatDetail['pairs'][number], 'chat'> {
  readonly other: string;
}

const pairsOf = async (trx: Trx, chatId: string): Promise<ChatDetail['pairs']> => {
  const { rows } = await sql<PairRow>`
    select case when chat_a = ${chatId}::uuid then chat_b else chat_a end as other, aligned, overlap,
      case when chat_a = ${chatId}::uuid then offset_s else -offset_s end as "offsetSeconds", spread_s as "spreadSeconds", method, version
    from chat_pairs where ${chatId}::uuid in (chat_a, chat_b) order by aligned desc, 1`.execute(trx);
  const chats = await chatsById(
    trx,
    rows.map(({ other }) => other),
  );
  return rows.flatMap(({ other, ...pair }) => {
    const chat = chats.get(other);
    return chat === undefined ? [] : [{ chat, ...pair }];
  });
};

interface LeadGroup extends LeadRow {
  readonly chatCount: number;
  readonly total: number;
}

/** Those in the most conversations first. */
export const pageOfLeads = async (
  trx: Trx,
  { cursor, limit, kind, chat, chats, ...scope }: LeadQuery,
): Promise<Page<LeadRow>> => {
  const last = readCursor<[number, number, string, string]>(cursor, ['number', 'number', 'string', 'string']);
  const after =
    last === null
      ? sql`true`
      : sql`("chatCount" < ${last[0]} or ("chatCount" = ${last[0]} and (messages < ${last[1]} or (messages = ${last[1]}
          and (kind, normal) > (${last[2]}::text, ${last[3]}::text)))))`;
  const leads = sql`from chat_leads l join exhibits e on e.id = l.exhibit_id join cases c on c.id = l.case_id`;
  const asked = sql`${await within(trx, scope)} and ${chat === undefined ? sql`true` : sql`l.chat_id = ${chat}::uuid`}`;
  const { rows } = await sql<LeadGroup>`
    with found as (
      select l.kind, l.normal, count(*)::int as messages, count(distinct l.chat_id)::int as "chatCount"
      ${leads} where ${asked} and ${kind === undefined ? sql`true` : sql`l.kind = ${kind}`}
      group by l.kind, l.normal having count(distinct l.chat_id) >= ${chats}),
    paged as (
      select *, (select count(*) from found) as total from found where ${after}
      order by "chatCount" desc, messages desc, kind, normal limit ${limit + 1})
    select p.*, f.value, json_build_object('chatId', f.chat_id, 'position', f.position) as first,
      (select json_agg(json_build_object('id', n.id, 'subject', n.subject) order by n.last_local desc nulls last, n.id) from (
        select n.* from chats n where n.id in (select l.chat_id ${leads} where l.kind = p.kind and l.normal = p.normal and ${asked}) order by n.last_local desc nulls last, n.id limit ${MOST_CHATS}) n) as chats
    from paged p cross join lateral (
      select l.value, l.chat_id, l.position ${leads} join chats n on n.id = l.chat_id
      where l.kind = p.kind and l.normal = p.normal and ${asked}
      order by n.first_local nulls last, l.chat_id, l.position limit 1) f
    order by "chatCount" desc, messages desc, kind, normal`.execute(trx);
  return toPage(
    rows,
    limit,
    rows[0]?.total ?? 0,
    (row) => [row.chatCount, row.messages, row.kind, row.normal],
    ({ chatCount: _chats, total: _total, ...row }) => row,
  );
};

/** Named of those that a lead stands in; how many there are is told apart. */
const MOST_CHATS = 50;
