// Exports of chats as the worker writes them, for the tests of what is answered about them: rows only, so that no reader is needed.
import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ChatEvent, LeadKind } from '@redthread/core/chats';
import type { Database, Store } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';

export interface SaidLine {
  readonly local: string | null;
  /** Index of the participant; absent for the system. */
  readonly by?: number;
  readonly text?: string;
  readonly event?: Partial<ChatEvent> & Pick<ChatEvent, 'type'>;
  /** Name of the content of its file, where that was found. */
  readonly file?: string;
  /** The message only says that there was one: by its digest, or not even that. */
  readonly digestOf?: string;
  readonly omitted?: boolean;
  readonly instant?: string;
  readonly leads?: readonly (readonly [LeadKind, string])[];
}

export interface SaidChat {
  readonly subject: string;
  readonly kind?: 'group' | 'direct';
  readonly app?: string;
  readonly people: readonly {
    readonly name: string;
    readonly phone?: string;
    readonly account?: string;
    readonly isExporter?: boolean;
  }[];
  readonly lines: readonly SaidLine[];
}

export interface ExportPlace {
  readonly caseId: string;
  readonly exhibitId: string;
  /** Content of the export and its path: distinct ones are distinct exports. */
  readonly path: string;
}

type Owner = Store<'owner'>['owner'];

/** Of a content of the world of the API tests. */
const digest = (algorithm: string, content: string): Buffer => createHash(algorithm).update(content).digest();

/** Writes an export with its conversations; `media` answers the media of a content. Answers the ids of the conversations. */
export const addExport = async (
  owner: Owner,
  { agencyId }: Pick<Person, 'agencyId'>,
  { caseId, exhibitId, path }: ExportPlace,
  chats: readonly SaidChat[],
  media: (content: string) => Promise<string>,
): Promise<string[]> => {
  const of = { agency_id: agencyId, case_id: caseId, exhibit_id: exhibitId };
  const { id: exportId } = await owner
    .insertInto('chat_exports')
    .values({ ...of, media_id: await media(path), path, format: 'whatsapp', state: 'read', version: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ids: string[] = [];
  for (const [number, chat] of chats.entries()) {
    const id = randomUUID();
    ids.push(id);
    const { lines, people, subject } = chat;
    const locals = lines.flatMap(({ local }) => (local === null ? [] : [local]));
    const values = {
      ...of,
      id,
      export_id: exportId,
      number,
      app: chat.app ?? 'WhatsApp',
      kind: chat.kind ?? 'group',
      subject,
      participants: people.length,
      messages: lines.length,
      attachments: lines.filter(({ digestOf, file, omitted }) => file ?? digestOf ?? omitted).length,
      first_local: locals[0] ?? null,
      last_local: locals.at(-1) ?? null,
    };
    await owner.insertInto('chats').values(values).execute();
    const ofChat = { ...of, chat_id: id };
    await owner
      .insertInto('chat_people')
      .values(
        people.map(({ account = null, isExporter = false, name, phone = null }, person) => ({
          ...ofChat,
          number: person,
          name,
          phone,
          account,
          is_exporter: isExporter,
          account_deleted: false,
          messages: lines.filter(({ by }) => by === person).length,
        })),
      )
      .execute();
    await addLines(owner, ofChat, lines, media);
  }
  return ids;
};

const addLines = async (
  owner: Owner,
  ofChat: { agency_id: string; case_id: string; exhibit_id: string; chat_id: string },
  lines: readonly SaidLine[],
  media: (content: string) => Promise<string>,
): Promise<void> => {
  for (const [
    position,
    { by, digestOf, event, file, instant, leads = [], local, omitted, text = '' },
  ] of lines.entries()) {
    const carries = file !== undefined || digestOf !== undefined || omitted === true;
    await owner
      .insertInto('chat_messages')
      .values({
        ...ofChat,
        position,
        time_text: local ?? '?',
        at_local: local,
        at_precision_s: local === null ? null : local.length > 16 ? 1 : 60,
        at_instant: instant === undefined ? null : new Date(instant),
        kind: event !== undefined ? 'system' : carries ? 'attachment' : 'text',
        author: by ?? null,
        text,
        edited: false,
        forwarded: false,
        recovered: false,
        event: event === undefined ? null : JSON.stringify({ actor: null, targets: [], subject: null, ...event }),
        answers: null,
        text_key: null,
      } as never)
      .execute();
    if (carries)
      await owner
        .insertInto('chat_attachments')
        .values({
          ...ofChat,
          position,
          ordinal: 0,
          name: file === undefined ? null : `${file}.jpg`,
          media: 'image',
          state: omitted === true ? 'omitted' : 'named',
          sha256: digestOf === undefined ? null : digest('sha256', digestOf),
          media_id: file === undefined ? null : await media(file),
          basis: file === undefined ? null : 'with-message',
        })
        .execute();
    for (const [ordinal, [kind, normal]] of leads.entries())
      await owner
        .insertInto('chat_leads')
        .values({ ...ofChat, position, ordinal, kind, value: normal, normal, starts: 0, ends: normal.length })
        .execute();
  }
};

/** That two conversations are one group; `b` is ahead by so many seconds, and these messages are the same. */
export const alignChats = async (
  owner: Owner,
  [first, second]: readonly [string, string],
  aheadS: number,
  same: readonly (readonly [number, number])[],
): Promise<void> => {
  const isTurned = first > second;
  const [a, b] = isTurned ? [second, first] : [first, second];
  const agency = (chat: string) => sql<string>`(select agency_id from chats where id = ${chat}::uuid)`;
  await owner
    .insertInto('chat_pairs')
    .values({
      chat_a: a,
      agency_a: agency(a),
      chat_b: b,
      agency_b: agency(b),
      aligned: same.length,
      overlap: same.length,
      offset_s: isTurned ? -aheadS : aheadS,
      spread_s: 1,
      method: 'text-clock',
      version: 1,
    })
    .execute();
  const rows = same.map(([x, y]) => ({
    chat_a: a,
    position_a: isTurned ? y : x,
    chat_b: b,
    position_b: isTurned ? x : y,
  }));
  if (rows.length > 0)
    await owner
      .insertInto('chat_aligned')
      .values(rows satisfies Database['chat_aligned'][])
      .execute();
};
