// Chats as the API shows them: exports, conversations, messages, the groups that several exports make up together, and what connects them.
import { z } from 'zod';
import {
  ATTACHMENT_MEDIA,
  CHAT_EVENTS,
  CHAT_FORMATS,
  CONVERSATION_KINDS,
  DATE_ORDERS,
  MESSAGE_KINDS,
} from '../chats/conversation.js';
import { LEAD_KINDS } from '../chats/lead-kinds.js';
import { PERSON_BASES } from '../chats/same-people.js';
import { GradeSchema, Id, Instant, page, PageQuery } from './primitives.js';
import { CountryCode } from './series-statements.js';
import { AgencyRef } from './work.js';

const CaseRef = z.object({ id: Id, reference: z.string() });
const ExhibitRef = z.object({ id: Id, reference: z.string() });
/** `2025-03-14T16:05` or with seconds: a wall clock, in no zone. */
const WallClock = z.string();

/** A chat export that was read, or that waits for an answer. */
export const ChatExport = z.object({
  id: Id,
  agency: AgencyRef,
  case: CaseRef,
  exhibit: ExhibitRef,
  mediaId: Id,
  path: z.string(),
  format: z.enum(CHAT_FORMATS),
  platform: z.enum(['ios', 'android', 'unknown']),
  language: z.string().nullable(),
  /** `asks-date-order`: nothing in it tells days from months; its messages are there, without times. */
  state: z.enum(['waiting', 'read', 'asks-date-order', 'failed']),
  dateOrder: z.enum(DATE_ORDERS).nullable(),
  /** Whether a person said the order, and who. */
  dateOrderBy: z.string().nullable(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  conversations: z.number().int(),
  messages: z.number().int(),
  /** What was left out, by code. */
  notes: z.array(z.object({ code: z.string(), detail: z.string() })),
  readAt: Instant.nullable(),
});
export type ChatExport = z.infer<typeof ChatExport>;
export const ChatExportPage = page(ChatExport);
export const ChatScopeQuery = PageQuery.extend({
  operation: Id.optional(),
  case: Id.optional(),
  exhibit: Id.optional(),
});
export type ChatScopeQuery = z.output<typeof ChatScopeQuery>;
export const ChatDateOrder = z.object({ dateOrder: z.enum(DATE_ORDERS) });
export type ChatDateOrder = z.infer<typeof ChatDateOrder>;

/** One conversation of one export. */
export const Chat = z.object({
  id: Id,
  exportId: Id,
  agency: AgencyRef,
  case: CaseRef,
  exhibit: ExhibitRef,
  app: z.string(),
  kind: z.enum(CONVERSATION_KINDS),
  /** The last name that it had; null where none is said. */
  subject: z.string().nullable(),
  participants: z.number().int(),
  messages: z.number().int(),
  /** Attachments whose file is there, of those that the messages name or left out. */
  attachments: z.object({ present: z.number().int(), all: z.number().int() }),
  first: WallClock.nullable(),
  last: WallClock.nullable(),
  /** Other exports of the same group that the viewer may see. */
  alsoIn: z.number().int(),
});
export type Chat = z.infer<typeof Chat>;
export const ChatPage = page(Chat);
export const ChatQuery = ChatScopeQuery.extend({
  /** Part of the subject. */
  q: z.string().min(1).max(200).optional(),
});
export type ChatQuery = z.output<typeof ChatQuery>;

export const ChatParticipant = z.object({
  number: z.number().int(),
  name: z.string(),
  phone: z.string().nullable(),
  account: z.string().nullable(),
  isExporter: z.boolean(),
  accountDeleted: z.boolean(),
  messages: z.number().int(),
});
export type ChatParticipant = z.infer<typeof ChatParticipant>;

export const ChatLead = z.object({
  kind: z.enum(LEAD_KINDS),
  /** As it stands in the text. */
  value: z.string(),
  /** What two of them are compared by. */
  normal: z.string(),
  /** UTF-16 units within the text of the message. */
  start: z.number().int(),
  end: z.number().int(),
});
export type ChatLead = z.infer<typeof ChatLead>;

/** Where a file of a message was found: with it, in another export of the same group, or by what the message says of it. */
export const AttachmentBasis = z.enum(['with-message', 'other-export', 'digest', 'name']);
export const ChatAttachment = z.object({
  name: z.string().nullable(),
  media: z.enum(ATTACHMENT_MEDIA),
  state: z.enum(['present', 'named', 'omitted']),
  /** The file, where it is known and may be seen; through `basis`. */
  mediaId: Id.nullable(),
  basis: AttachmentBasis.nullable(),
  /** The message of the other export. */
  through: z.object({ chatId: Id, position: z.number().int() }).nullable(),
});
export type ChatAttachment = z.infer<typeof ChatAttachment>;

export const ChatMessage = z.object({
  chatId: Id,
  position: z.number().int(),
  /** As written, the wall clock of the phone that wrote the export, and the instant where the source says it. */
  time: z.object({ text: z.string(), local: WallClock.nullable(), instant: Instant.nullable() }),
  kind: z.enum(MESSAGE_KINDS),
  /** Number of the participant; null for the system. */
  author: z.number().int().nullable(),
  text: z.string(),
  edited: z.boolean(),
  forwarded: z.boolean(),
  recovered: z.boolean(),
  event: z
    .object({
      type: z.enum(CHAT_EVENTS),
      actor: z.string().nullable(),
      targets: z.array(z.string()),
      subject: z.string().nullable(),
    })
    .nullable(),
  attachments: z.array(ChatAttachment),
  answers: z.number().int().nullable(),
  leads: z.array(ChatLead),
  /** Other exports of the group that have the same message, for those that the viewer may see. */
  alsoIn: z.array(z.object({ chatId: Id, position: z.number().int() })),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** Messages from a position on, at most `limit`; negative pages are asked for by `before`. */
export const ChatMessagesQuery = z.object({
  from: z.coerce.number().int().min(0).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ChatMessagesQuery = z.output<typeof ChatMessagesQuery>;
export const ChatMessages = z.object({ items: z.array(ChatMessage), total: z.number().int() });
export type ChatMessages = z.infer<typeof ChatMessages>;

/** When somebody was in the group. An end that the export does not say is null: before it begins, or still there when it ends. */
export const ChatMembership = z.object({
  name: z.string(),
  phone: z.string().nullable(),
  participant: z.number().int().nullable(),
  spans: z.array(
    z.object({
      from: WallClock.nullable(),
      to: WallClock.nullable(),
      /** How each end is known: by which line, or only by messages that they wrote. */
      fromBy: z.enum(['created', 'added', 'joined-by-link', 'number-changed', 'wrote', 'listed']).nullable(),
      toBy: z.enum(['left', 'removed', 'number-changed']).nullable(),
      fromPosition: z.number().int().nullable(),
      toPosition: z.number().int().nullable(),
    }),
  ),
});
export type ChatMembership = z.infer<typeof ChatMembership>;

/** Another export of the same group, and how its clock stands to this one. */
export const ChatPair = z.object({
  chat: Chat,
  /** Messages that are the same, of those that both could have. */
  aligned: z.number().int(),
  overlap: z.number().int(),
  /** Seconds that the other's clock is ahead of this one's, and how far single messages are from that. */
  offsetSeconds: z.number().nullable(),
  spreadSeconds: z.number().nullable(),
  method: z.string(),
  version: z.number().int(),
});
export type ChatPair = z.infer<typeof ChatPair>;

export const ChatDetail = Chat.extend({
  export: ChatExport,
  people: z.array(ChatParticipant),
  subjects: z.array(z.object({ subject: z.string(), from: WallClock.nullable(), position: z.number().int() })),
  membership: z.array(ChatMembership),
  pairs: z.array(ChatPair),
});
export type ChatDetail = z.infer<typeof ChatDetail>;

/** What two groups have in common, from what the viewer may see. */
export const SharedChat = z.object({
  chat: Chat,
  members: z.array(
    z.object({
      name: z.string(),
      phone: z.string().nullable(),
      /** `name`: one phone has saved both under this name, and nothing else says that they are one. */
      by: z.enum(PERSON_BASES),
    }),
  ),
  media: z.array(z.object({ mediaId: Id, otherMediaId: Id, grade: GradeSchema })),
  leads: z.array(z.object({ kind: z.enum(LEAD_KINDS), normal: z.string() })),
});
export type SharedChat = z.infer<typeof SharedChat>;
export const SharedChats = z.object({ items: z.array(SharedChat) });

/** One time that a media was sent, on its way across groups and devices. */
export const Posting = z.object({
  chat: Chat,
  position: z.number().int(),
  time: z.object({ text: z.string(), local: WallClock.nullable(), instant: Instant.nullable() }),
  author: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
  forwarded: z.boolean(),
  /** The media that was sent there: this one, or one that is the same content. */
  mediaId: Id,
  grade: GradeSchema,
  /** `file`: its bytes were found with the message; `reference`: the message only says so, and its file was found elsewhere. */
  hit: z.enum(['file', 'reference']),
  basis: AttachmentBasis,
  /** Who was in the group then. */
  members: z.array(z.object({ name: z.string(), phone: z.string().nullable() })),
  /** The same message in other exports of the group. */
  alsoIn: z.array(z.object({ chatId: Id, position: z.number().int() })),
  /** How many of the others were certainly before: 0 for each that may have been the first. */
  after: z.number().int(),
  /** Somebody else had certainly sent it before. */
  reposted: z.boolean(),
});
export type Posting = z.infer<typeof Posting>;
export const Propagation = z.object({
  /** In the order of their times on one clock where the exports say it, otherwise of their groups; the first is the first that is known. */
  items: z.array(Posting),
  /** False where the clocks of two groups cannot be set against each other, so that nobody can say which was first. */
  ordered: z.boolean(),
  /** Files of it that lie on devices outside of any message: saved. */
  saved: z.array(z.object({ mediaId: Id, path: z.string(), case: CaseRef, exhibit: ExhibitRef })),
  /** There are more than are told. */
  truncated: z.boolean(),
});
export type Propagation = z.infer<typeof Propagation>;

/** Members of several groups, and the countries that phone numbers of members say. */
export const ChatPerson = z.object({
  name: z.string(),
  phone: z.string().nullable(),
  account: z.string().nullable(),
  names: z.array(z.string()),
  /** Two letters, of the prefix of the number; null where it has none, or is of no one country. */
  country: z.string().nullable(),
  /** Distinct groups: several exports of one count once. */
  groups: z.number().int(),
  /** What each export calls them, and by what it is known that this is them. */
  chats: z.array(
    z.object({
      id: Id,
      subject: z.string().nullable(),
      messages: z.number().int(),
      name: z.string(),
      by: z.enum(PERSON_BASES),
    }),
  ),
});
export type ChatPerson = z.infer<typeof ChatPerson>;
export const ChatPersonPage = page(ChatPerson);
export const ChatPeopleQuery = ChatScopeQuery.extend({
  /** Only those who are in at least so many groups. */
  groups: z.coerce.number().int().min(1).max(1000).default(1),
  /** Two letters, ISO 3166-1: of the prefix of the phone number. */
  country: CountryCode.optional(),
});
export type ChatPeopleQuery = z.output<typeof ChatPeopleQuery>;
export const ChatCountries = z.object({
  items: z.array(
    z.object({
      /** Null for numbers whose prefix is of no one country. */
      country: z.string().nullable(),
      prefix: z.string(),
      people: z.number().int(),
      chats: z.number().int(),
      /** Several exports of one group count once. */
      groups: z.number().int(),
    }),
  ),
  withoutNumber: z.number().int(),
});
export type ChatCountries = z.infer<typeof ChatCountries>;

export const MessageSearchQuery = ChatScopeQuery.extend({ q: z.string().min(2).max(200) });
export type MessageSearchQuery = z.output<typeof MessageSearchQuery>;
export const MessageHit = z.object({
  chat: Chat,
  position: z.number().int(),
  time: z.object({ text: z.string(), local: WallClock.nullable(), instant: Instant.nullable() }),
  author: z.string().nullable(),
  /** A part of the text, and where in it the words stand: UTF-16 units. */
  excerpt: z.string(),
  marks: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
});
export type MessageHit = z.infer<typeof MessageHit>;
export const MessageHits = z.object({ items: z.array(MessageHit), truncated: z.boolean() });
export type MessageHits = z.infer<typeof MessageHits>;

/** Identifiers that messages name: leads, never opened and never resolved. */
export const LeadRow = z.object({
  kind: z.enum(LEAD_KINDS),
  normal: z.string(),
  value: z.string(),
  messages: z.number().int(),
  chats: z.array(z.object({ id: Id, subject: z.string().nullable() })),
  first: z.object({ chatId: Id, position: z.number().int() }),
});
export type LeadRow = z.infer<typeof LeadRow>;
export const LeadPage = page(LeadRow);
export const LeadQuery = ChatScopeQuery.extend({
  kind: z.enum(LEAD_KINDS).optional(),
  chat: Id.optional(),
  /** Only those that stand in at least so many chats. */
  chats: z.coerce.number().int().min(1).max(1000).default(1),
});
export type LeadQuery = z.output<typeof LeadQuery>;
