// What a reader of chats and its child say to each other: the bytes of the export go in as often as the child opens it, items come out in batches. The parent checks
// them: a hostile file may have taken the child over.
import {
  ATTACHMENT_MEDIA,
  CHAT_EVENTS,
  CONVERSATION_KINDS,
  DATE_ORDERS,
  LEAD_KINDS,
  MESSAGE_KINDS,
  type ChatFormat,
  type DateOrder,
} from '@redthread/core/chats';
import { z } from 'zod';
import { REPORT_ITEMS } from './report-protocol.js';

/** The first frame; its payload are the names beside the text as a JSON array. */
export interface ReadRequest {
  readonly kind: 'read';
  readonly format: ChatFormat;
  readonly path: string;
  readonly dateOrder: DateOrder | null;
}
/** A part of the stream that was opened as this number, or its end. */
export type ToChild =
  ReadRequest | { readonly kind: 'bytes'; readonly stream: number } | { readonly kind: 'end'; readonly stream: number };

/** What a child may say of the file; at anything else it dies. */
export const REPORTED_CODES = ['CHAT_INVALID', 'CHAT_FORMAT_UNKNOWN'] as const;

/** Items stand in the payload as a JSON array. */
export const FromChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('open'), stream: z.number().int() }),
  z.object({ kind: z.literal('items') }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('failed'), code: z.enum(REPORTED_CODES), detail: z.string().max(4_000) }),
]);
export type FromChild = z.infer<typeof FromChild>;

const count = z.number().int().min(0).max(2_000_000_000);
const name = z.string().max(1_048_576);
const wallClock = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-\d\dT\d\d:\d\d(:\d\d)?$/);
const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));

const Conversation = z.object({
  item: z.literal('conversation'),
  conversation: count,
  app: z.string().max(200),
  kind: z.enum(CONVERSATION_KINDS),
  subject: name.nullable(),
  sourceId: name.nullable(),
  platform: z.enum(['ios', 'android', 'unknown']),
  language: z.string().max(100).nullable(),
  dateOrder: z.enum(DATE_ORDERS).nullable(),
});

const Participant = z.object({
  item: z.literal('participant'),
  conversation: count,
  participant: count,
  name,
  phone: z.string().max(200).nullable(),
  account: name.nullable(),
  isExporter: z.boolean(),
  accountDeleted: z.boolean(),
});

/** A message with what is worked out of its text: `folded`, one line as it is searched; `key`, what the same message is looked for by in other exports. */
const Message = z.object({
  item: z.literal('message'),
  conversation: count,
  position: count,
  time: z.object({ text: name, local: wallClock.nullable(), instant: z.iso.datetime().nullable() }),
  kind: z.enum(MESSAGE_KINDS),
  author: count.nullable(),
  text: name,
  edited: z.boolean(),
  forwarded: z.boolean(),
  recovered: z.boolean(),
  event: z
    .object({ type: z.enum(CHAT_EVENTS), actor: name.nullable(), targets: z.array(name), subject: name.nullable() })
    .nullable(),
  attachments: z.array(
    z.object({
      name: name.nullable(),
      path: name.nullable(),
      media: z.enum(ATTACHMENT_MEDIA),
      state: z.enum(['named', 'omitted']),
      sha256: hex(64).nullable(),
      md5: hex(32).nullable(),
    }),
  ),
  answers: count.nullable(),
  leads: z.array(z.object({ kind: z.enum(LEAD_KINDS), value: name, normal: name, start: count, end: count })),
  folded: z.string().max(8_388_608),
  key: z
    .string()
    .regex(/^-?\d{1,19}$/)
    .nullable(),
});
export type ReadMessage = z.infer<typeof Message>;

const Note = z.object({ item: z.literal('note'), code: z.string().max(100), detail: z.string().max(4_000) });

export const ReadItem = z.discriminatedUnion('item', [Conversation, Participant, Message, Note, ...REPORT_ITEMS]);
export type ReadItem = z.infer<typeof ReadItem>;
/** What is no part of a conversation: what a report says beside them. */
export type ReportItem = Extract<ReadItem, { item: 'fact' | 'person' | 'file' }>;
export type ChatReadItem = Exclude<ReadItem, ReportItem>;
export const isOfReport = (item: ReadItem): item is ReportItem =>
  item.item === 'fact' || item.item === 'person' || item.item === 'file';
export const ReadItems = z.array(ReadItem);
