// Two exports of one conversation, with a message, a file, a lead and what aligns them, in the world of the stranger test.
import type { Kysely } from 'kysely';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

interface Place {
  readonly caseId: string;
  readonly exhibit: string;
  readonly media: string;
  readonly mediaTwo: string;
}

export const addChats = async (
  owner: Kysely<Database>,
  { agencyId }: Person,
  { caseId, exhibit, media, mediaTwo }: Place,
): Promise<{ readonly chat: string; readonly chatExport: string; readonly chatTwo: string }> => {
  const of = { agency_id: agencyId, case_id: caseId, exhibit_id: exhibit };
  const made: { chat: string; chatExport: string }[] = [];
  for (const [one, path] of [
    [media, 'hushed/_chat.txt'],
    [mediaTwo, 'hushed too/_chat.txt'],
  ] as const) {
    const { id: chatExport } = await owner
      .insertInto('chat_exports')
      .values({ ...of, media_id: one, path, format: 'whatsapp', state: 'read', version: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    const chat = crypto.randomUUID();
    made.push({ chat, chatExport });
    await owner
      .insertInto('chats')
      .values({
        ...of,
        id: chat,
        export_id: chatExport,
        number: 0,
        app: 'WhatsApp',
        kind: 'group',
        subject: 'Hushed stamps',
        participants: 1,
        messages: 1,
        attachments: 1,
        first_local: '2025-03-14T16:05',
        last_local: '2025-03-14T16:05',
      })
      .execute();
    const ofChat = { ...of, chat_id: chat };
    await owner
      .insertInto('chat_people')
      .values({
        ...ofChat,
        number: 0,
        name: 'Hushed Hedwig',
        phone: '+9995550001',
        is_exporter: false,
        account_deleted: false,
        messages: 1,
      })
      .execute();
    await owner
      .insertInto('chat_messages')
      .values({
        ...ofChat,
        position: 0,
        time_text: '14/03/2025, 16:05',
        at_local: '2025-03-14T16:05',
        at_precision_s: 60,
        kind: 'attachment',
        author: 0,
        text: 'hushed words at https://hushed.example/',
        edited: false,
        forwarded: false,
        recovered: false,
        event: null,
        answers: null,
        text_key: '1',
      })
      .execute();
    await owner
      .insertInto('chat_attachments')
      .values({
        ...ofChat,
        position: 0,
        ordinal: 0,
        name: 'hushed.jpg',
        media: 'image',
        state: 'named',
        media_id: media,
        basis: 'with-message',
      })
      .execute();
    await owner
      .insertInto('chat_leads')
      .values({
        ...ofChat,
        position: 0,
        ordinal: 0,
        kind: 'url',
        value: 'https://hushed.example/',
        normal: 'hushed.example/',
        starts: 16,
        ends: 39,
      })
      .execute();
    await owner
      .insertInto('chat_stretches')
      .values({
        ...ofChat,
        number: 0,
        first_position: 0,
        grams: Buffer.alloc(1024, 0xff),
        words: 'at example hushed https words',
        folded: 'hushed words at https://hushed.example/',
      })
      .execute();
  }
  const ofReport = { ...of, export_id: made[0]?.chatExport ?? '', number: 0 };
  await owner
    .insertInto('report_facts')
    .values({ ...ofReport, section: 'Device Info', name: 'Model', value: 'Hushed phone' })
    .execute();
  await owner
    .insertInto('report_people')
    .values({ ...ofReport, kind: 'contact', name: 'Hushed Hedwig', state: 'intact' })
    .execute();
  await owner
    .insertInto('report_entries')
    .values({ ...ofReport, ordinal: 0, kind: 'phone', value: '+9995550001' })
    .execute();
  await owner
    .insertInto('report_files')
    .values({
      ...ofReport,
      path: '/hushed.jpg',
      occurrence_path: 'hushed/report.xml/hushed.jpg',
      state: 'intact',
      times: '[]',
      tags: [],
      sha256: null,
      md5: null,
      provider: null,
      bytes: 'absent',
      agrees: null,
    })
    .execute();
  const [a, b] = made.map(({ chat }) => chat).sort() as [string, string];
  await owner
    .insertInto('chat_pairs')
    .values({
      chat_a: a,
      agency_a: agencyId,
      chat_b: b,
      agency_b: agencyId,
      aligned: 1,
      overlap: 1,
      offset_s: 0,
      spread_s: 0,
      method: 'text-and-time',
      version: 1,
    })
    .execute();
  await owner.insertInto('chat_aligned').values({ chat_a: a, position_a: 0, chat_b: b, position_b: 0 }).execute();
  return { chat: made[0]?.chat ?? '', chatExport: made[0]?.chatExport ?? '', chatTwo: made[1]?.chat ?? '' };
};

const ON_CASE = ['owner', 'shared'] as const;
const OF_CHAT = { rows: ({ chat }: Names) => `chat_id = '${chat}'`, seen: ON_CASE } as const;
const OF_REPORT = { rows: ({ chatExport }: Names) => `export_id = '${chatExport}'`, seen: ON_CASE } as const;
const OF_PAIR = { rows: ({ chat }: Names) => `'${chat}' in (chat_a, chat_b)`, seen: ON_CASE } as const;

/** Who sees and writes the rows of chats, as `stranger-tables.test.ts` asks it of every table. */
export const CHAT_TABLES = {
  chat_exports: { rows: ({ chatExport }: Names) => `id = '${chatExport}'`, seen: ON_CASE },
  chats: { rows: ({ chat }: Names) => `id = '${chat}'`, seen: ON_CASE },
  chat_people: OF_CHAT,
  chat_messages: OF_CHAT,
  chat_attachments: OF_CHAT,
  chat_leads: OF_CHAT,
  chat_stretches: OF_CHAT,
  report_facts: OF_REPORT,
  report_people: OF_REPORT,
  report_entries: OF_REPORT,
  report_files: OF_REPORT,
  chat_pairs: OF_PAIR,
  chat_aligned: OF_PAIR,
  chat_aliases: OF_PAIR,
} as const;

const id = (name: keyof Names) => (names: Names) => ({ id: names[name] });

export const CHAT_CALLS: readonly RouteCall[] = [
  { route: 'GET /chat-exports', query: ({ case: one }) => ({ case: one }), known: ON_CASE },
  { route: 'GET /chat-exports', query: ({ exhibit }) => ({ exhibit }), known: ON_CASE },
  { route: 'GET /chat-exports/:id', params: id('chatExport'), known: ON_CASE },
  // An export of another agency is as none, also to those who see it.
  {
    route: 'POST /chat-exports/:id/date-order',
    params: id('chatExport'),
    body: () => ({ dateOrder: 'dmy' }),
    known: ['owner'],
  },
  { route: 'GET /chats', query: ({ case: one }) => ({ case: one }), known: ON_CASE },
  { route: 'GET /chats/:id', params: id('chat'), known: ON_CASE },
  { route: 'GET /chats/:id', params: id('chatTwo'), known: ON_CASE },
  { route: 'GET /chats/:id/messages', params: id('chat'), known: ON_CASE },
  { route: 'GET /messages', query: () => ({ q: 'hushed' }), known: ON_CASE },
  { route: 'GET /messages', query: ({ case: one }) => ({ q: 'hushed', case: one }), known: ON_CASE },
  { route: 'GET /leads', query: ({ chat }) => ({ chat }), known: ON_CASE },
  { route: 'GET /leads', query: ({ exhibit }) => ({ exhibit }), known: ON_CASE },
];
