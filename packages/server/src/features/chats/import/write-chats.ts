// Writes what a reader finds in one export, batch by batch, in the transaction of its caller: all of it is there in the end, or nothing.
import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { ChatFormat, DateOrder } from '@redthread/core/chats';
import type { ChatReadItem, ReadMessage } from '../../../media/chats/index.js';
import type { Database } from '../../../store/index.js';
import { createStretches, type Stretches } from './stretches.js';

type Trx = Transaction<Database>;
type Conversation = Extract<ChatReadItem, { item: 'conversation' }>;
type Participant = Extract<ChatReadItem, { item: 'participant' }>;

export interface ExportPlace {
  readonly format: ChatFormat;
  readonly exportId: string;
  readonly agencyId: string;
  readonly caseId: string;
  readonly exhibitId: string;
}

/** What the whole export says of itself. */
export interface ReadExport {
  readonly platform: 'ios' | 'android' | 'unknown';
  readonly language: string | null;
  readonly dateOrder: DateOrder | null;
  /** Nothing in it tells days from months, and it has messages. */
  readonly asksDateOrder: boolean;
  readonly conversations: number;
  readonly notes: readonly { readonly code: string; readonly detail: string }[];
}

export interface ChatWriter {
  add(items: readonly ChatReadItem[]): Promise<void>;
  /** Writes what is only known at the end. */
  finish(): Promise<ReadExport>;
}

interface Chat {
  readonly id: string;
  readonly head: Conversation;
  subject: string | null;
  readonly people: Participant[];
  /** Messages by the number of who wrote them. */
  readonly wrote: number[];
  messages: number;
  attachments: number;
  first: string | null;
  last: string | null;
  readonly stretches: Stretches;
}

const MOST_NOTES = 1_000;

/** The same for the same conversation whenever its export is read again: what points at it stays right. */
const chatId = (exportId: string, number: number): string => {
  const hex = createHash('sha256').update(`redthread chat ${exportId} ${number}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

const outOfOrder = (what: string): Error => fail('CHAT_INVALID', `${what} stands out of its order`);

export const createChatWriter = (trx: Trx, place: ExportPlace): ChatWriter => {
  const chats = new Map<number, Chat>();
  const notes: { code: string; detail: string }[] = [];
  const of = sql`${place.agencyId}::uuid, ${place.caseId}::uuid, ${place.exhibitId}::uuid`;
  const chatOf = (number: number): Chat => {
    const chat = chats.get(number);
    if (chat === undefined) throw outOfOrder(`conversation ${number}`);
    return chat;
  };
  const begin = (head: Conversation): Chat => {
    if (head.conversation !== chats.size) throw outOfOrder(`conversation ${head.conversation}`);
    const chat: Chat = {
      id: chatId(place.exportId, head.conversation),
      head,
      subject: head.subject,
      people: [],
      wrote: [],
      messages: 0,
      attachments: 0,
      first: null,
      last: null,
      stretches: createStretches(),
    };
    chats.set(head.conversation, chat);
    return chat;
  };
  const take = (chat: Chat, message: ReadMessage): void => {
    if (message.position !== chat.messages) throw outOfOrder(`message ${message.position}`);
    if (message.author !== null && message.author >= chat.people.length) throw outOfOrder(`author ${message.author}`);
    chat.messages += 1;
    if (message.author !== null) chat.wrote[message.author] = (chat.wrote[message.author] ?? 0) + 1;
    chat.attachments += message.attachments.length;
    const { local } = message.time;
    if (local !== null) {
      if (chat.first === null || local < chat.first) chat.first = local;
      if (chat.last === null || local > chat.last) chat.last = local;
    }
    chat.subject = message.event?.subject ?? chat.subject;
    chat.stretches.add(message.folded);
  };

  return {
    add: async (items) => {
      const begun: Chat[] = [];
      const messages: [Chat, ReadMessage][] = [];
      for (const item of items) {
        if (item.item === 'conversation') begun.push(begin(item));
        else if (item.item === 'participant') {
          const { people } = chatOf(item.conversation);
          if (item.participant !== people.length) throw outOfOrder(`participant ${item.participant}`);
          people.push(item);
        } else if (item.item === 'message') {
          const chat = chatOf(item.conversation);
          take(chat, item);
          messages.push([chat, item]);
        } else if (notes.length < MOST_NOTES) notes.push({ code: item.code, detail: item.detail });
      }
      await insertChats(trx, place, of, begun);
      await insertMessages(trx, of, messages);
      await insertStretches(trx, of, [...chats.values()], false);
    },
    finish: async () => {
      const all = [...chats.values()];
      await insertStretches(trx, of, all, true);
      await insertPeople(trx, of, all);
      await updateChats(trx, all);
      const languages = all.flatMap(({ head }) => head.language ?? []);
      const written = all.filter(({ messages }) => messages > 0);
      return {
        platform: all.find(({ head }) => head.platform !== 'unknown')?.head.platform ?? 'unknown',
        language: languages[0] ?? null,
        dateOrder: written.find(({ head }) => head.dateOrder !== null)?.head.dateOrder ?? null,
        asksDateOrder:
          place.format === 'whatsapp' && written.some(({ head, first }) => head.dateOrder === null && first === null),
        conversations: all.length,
        notes,
      };
    },
  };
};

type Of = ReturnType<typeof sql>;

/** Rows as one value of JSON: neither side splits it into parameters. PostgreSQL takes no NUL, and no half of a surrogate pair. */
const json = (rows: readonly object[]): string => {
  const text = JSON.stringify(rows);
  return REFUSED.test(text) ? text.replace(ESCAPES, (escape) => (REFUSED.test(escape) ? '\\ufffd' : escape)) : text;
};
const REFUSED = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
/** One after the other: a backslash that is escaped begins none. */
const ESCAPES = /\\(?:u[0-9a-f]{4}|.)/gis;

/** An index of PostgreSQL takes no value beyond a third of a page: of a longer one the beginning, and a digest that tells it from others. */
const indexable = (text: string): string =>
  Buffer.byteLength(text) <= MOST_INDEXED_BYTES
    ? text
    : `${text.slice(0, 200)}… ${createHash('sha256').update(text).digest('hex')}`;
const MOST_INDEXED_BYTES = 1_000;

const insertChats = async (trx: Trx, { exportId }: ExportPlace, of: Of, begun: readonly Chat[]): Promise<void> => {
  if (begun.length === 0) return;
  const rows = begun.map(({ id, head: { conversation: number, app, kind, sourceId: source_id } }) => ({
    id,
    number,
    app,
    kind,
    source_id,
  }));
  await sql`insert into chats (id, agency_id, case_id, exhibit_id, export_id, number, app, kind, source_id, participants, messages, attachments)
    select r.id, ${of}, ${exportId}::uuid, r.number, r.app, r.kind, r.source_id, 0, 0, 0
    from json_to_recordset(${json(rows)}::json) as r (id uuid, number integer, app text, kind text, source_id text)`.execute(
    trx,
  );
};

const insertMessages = async (trx: Trx, of: Of, messages: readonly (readonly [Chat, ReadMessage])[]): Promise<void> => {
  if (messages.length === 0) return;
  const rows = messages.map(
    ([{ id }, { time, position, kind, author, text, edited, forwarded, recovered, event, answers, key }]) => ({
      c: id,
      n: position,
      t: time.text,
      l: time.local,
      p: time.local === null ? null : time.local.length === 16 ? 60 : 1,
      i: time.instant,
      k: kind,
      a: author,
      x: text,
      e: edited,
      f: forwarded,
      r: recovered,
      v: event,
      w: answers,
      y: key,
    }),
  );
  await sql`insert into chat_messages (agency_id, case_id, exhibit_id, chat_id, position, time_text, at_local, at_precision_s, at_instant, kind, author, text,
      edited, forwarded, recovered, event, answers, text_key)
    select ${of}, r.c, r.n, r.t, r.l, r.p, r.i, r.k, r.a, r.x, r.e, r.f, r.r, r.v, r.w, r.y
    from json_to_recordset(${json(rows)}::json) as r (c uuid, n integer, t text, l timestamp, p smallint, i timestamptz, k text, a integer, x text,
      e boolean, f boolean, r boolean, v jsonb, w integer, y bigint)`.execute(trx);
  const files = messages.flatMap(([{ id }, { position, attachments }]) =>
    attachments.map((file, ordinal) => ({ chat_id: id, position, ordinal, ...file })),
  );
  if (files.length > 0)
    await sql`insert into chat_attachments (agency_id, case_id, exhibit_id, chat_id, position, ordinal, name, path, media, state, sha256, md5)
      select ${of}, r.chat_id, r.position, r.ordinal, r.name, r.path, r.media, r.state, decode(r.sha256, 'hex'), decode(r.md5, 'hex')
      from json_to_recordset(${json(files)}::json) as r (chat_id uuid, position integer, ordinal integer, name text, path text, media text, state text,
        sha256 text, md5 text)`.execute(trx);
  const leads = messages.flatMap(([{ id }, message]) =>
    message.leads.map((lead, ordinal) => ({
      chat_id: id,
      position: message.position,
      ordinal,
      ...lead,
      normal: indexable(lead.normal),
    })),
  );
  if (leads.length > 0)
    await sql`insert into chat_leads (agency_id, case_id, exhibit_id, chat_id, position, ordinal, kind, value, normal, starts, ends)
      select ${of}, r.chat_id, r.position, r.ordinal, r.kind, r.value, r.normal, r.start, r."end"
      from json_to_recordset(${json(leads)}::json) as r (chat_id uuid, position integer, ordinal integer, kind text, value text, normal text, start integer,
        "end" integer)`.execute(trx);
};

/** What is full, and at the end what is left. */
const insertStretches = async (trx: Trx, of: Of, chats: readonly Chat[], isEnd: boolean): Promise<void> => {
  const rows = chats.flatMap(({ id, stretches }) => stretches.take(isEnd).map((one) => ({ chat_id: id, ...one })));
  if (rows.length === 0) return;
  await sql`insert into chat_stretches (agency_id, case_id, exhibit_id, chat_id, number, first_position, grams, words, folded)
    select ${of}, r.chat_id, r.number, r.first, decode(r.grams, 'hex'), r.words, r.folded
    from json_to_recordset(${json(rows)}::json) as r (chat_id uuid, number integer, first integer, grams text, words text, folded text)`.execute(
    trx,
  );
};

const ROWS_AT_ONCE = 10_000;

const insertPeople = async (trx: Trx, of: Of, chats: readonly Chat[]): Promise<void> => {
  const rows = chats.flatMap(({ id, people, wrote }) =>
    people.map(({ participant: number, name, phone, account, isExporter, accountDeleted }) => ({
      chat_id: id,
      number,
      name,
      phone,
      account: account === null ? null : indexable(account),
      is_exporter: isExporter,
      account_deleted: accountDeleted,
      messages: wrote[number] ?? 0,
    })),
  );
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await sql`insert into chat_people (agency_id, case_id, exhibit_id, chat_id, number, name, phone, account, is_exporter, account_deleted, messages)
      select ${of}, r.chat_id, r.number, r.name, r.phone, r.account, r.is_exporter, r.account_deleted, r.messages
      from json_to_recordset(${json(rows.slice(at, at + ROWS_AT_ONCE))}::json) as r (chat_id uuid, number integer, name text, phone text, account text,
        is_exporter boolean, account_deleted boolean, messages integer)`.execute(trx);
};

const updateChats = async (trx: Trx, chats: readonly Chat[]): Promise<void> => {
  for (let at = 0; at < chats.length; at += ROWS_AT_ONCE) {
    const rows = chats
      .slice(at, at + ROWS_AT_ONCE)
      .map(({ id, subject, people, messages, attachments, first, last }) => ({
        id,
        subject,
        people: people.length,
        messages,
        attachments,
        first,
        last,
      }));
    await sql`update chats c set subject = r.subject, participants = r.people, messages = r.messages, attachments = r.attachments, first_local = r.first,
        last_local = r.last
      from json_to_recordset(${json(rows)}::json) as r (id uuid, subject text, people integer, messages integer, attachments integer, first timestamp,
        last timestamp) where c.id = r.id`.execute(trx);
  }
};
