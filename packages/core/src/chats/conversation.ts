// What a reader finds in a chat export, whichever program wrote it: conversations, who takes part, and messages in the order of the file.
// Everything is as written; nothing here is an instant unless the source says one, and no zone is invented.

import type { PhoneReportItem } from './phone-report.js';

/** How a chat was written down. */
export const CHAT_FORMATS = ['whatsapp', 'telegram-json', 'telegram-html', 'signal', 'ufdr', 'cybertip'] as const;
export type ChatFormat = (typeof CHAT_FORMATS)[number];

export const CONVERSATION_KINDS = ['group', 'direct', 'unknown'] as const;
export type ConversationKind = (typeof CONVERSATION_KINDS)[number];

export const MESSAGE_KINDS = [
  'text',
  'attachment',
  'omitted',
  'deleted',
  'location',
  'poll',
  'contact',
  'call',
  'empty',
  'system',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What a line of the system says happened. */
export const CHAT_EVENTS = [
  'encryption-notice',
  'group-created',
  'member-added',
  'member-joined-by-link',
  'member-left',
  'member-removed',
  'subject-changed',
  'description-changed',
  'icon-changed',
  'number-changed',
  'admin-changed',
  'setting-changed',
  'pinned',
  'call',
  'other',
] as const;
export type ChatEventType = (typeof CHAT_EVENTS)[number];

/** People are named as the line names them; `EXPORTER` where it says "you". */
export interface ChatEvent {
  readonly type: ChatEventType;
  readonly actor: string | null;
  readonly targets: readonly string[];
  /** The new subject of a group. */
  readonly subject: string | null;
}
/** Whoever's phone wrote the export, where it does not say their name. */
export const EXPORTER = '<exporter>';

/** In which order a date stands: day, month and year. Asked for where a file leaves it open. */
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** The time of a message. `local` is the wall clock of whoever's phone wrote it. */
export interface MessageTime {
  /** As it stands in the source. */
  readonly text: string;
  /** `2025-03-14T16:05` or `2025-03-14T16:05:30`; null where no calendar has it, or the order of its date is open. */
  readonly local: string | null;
  /** Where the source says the instant or an offset: ISO 8601 in UTC. */
  readonly instant: string | null;
}

export const ATTACHMENT_MEDIA = ['image', 'video', 'audio', 'sticker', 'document', 'contact', 'unknown'] as const;
export type AttachmentMedia = (typeof ATTACHMENT_MEDIA)[number];

/** A file that a message carries, or says that it carried. */
export interface MessageAttachment {
  /** As the message names it; null where it was left out. */
  readonly name: string | null;
  /** Where the source says that it lies, from the folder of the text; null where only its name is known. */
  readonly path: string | null;
  readonly media: AttachmentMedia;
  /** `omitted`: left out when the chat was written down. */
  readonly state: 'named' | 'omitted';
  /** Lower-case hex, where the source says them. */
  readonly sha256: string | null;
  readonly md5: string | null;
}

/** What a poll asks; the question is the text of its message. */
export interface PollOption {
  readonly text: string;
  readonly votes: number | null;
}

/** Whose doing a deletion was, as far as the line says: the exporter's own, an administrator's of the group. */
export type DeletedBy = 'exporter' | 'admin' | 'unknown';

export interface ConversationItem {
  readonly item: 'conversation';
  /** From 0, in the order of the source. */
  readonly conversation: number;
  /** The program that the chat was held in: `WhatsApp`, `Telegram`. */
  readonly app: string;
  readonly kind: ConversationKind;
  /** The first name of it that the source says; the last one follows from its events. */
  readonly subject: string | null;
  /** What the source calls it: the id of a group. */
  readonly sourceId: string | null;
  readonly platform: 'ios' | 'android' | 'unknown';
  /** Of the words in the lines of the system, BCP 47, where they tell. */
  readonly language: string | null;
  /** Null where the source leaves it open: then no time has a `local`. */
  readonly dateOrder: DateOrder | null;
}

export interface ParticipantItem {
  readonly item: 'participant';
  readonly conversation: number;
  /** From 0 within its conversation. */
  readonly participant: number;
  /** As saved by the phone that wrote the export, or a number. */
  readonly name: string;
  /** `+` and digits, where the source says it. */
  readonly phone: string | null;
  /** The account, as the program writes it. */
  readonly account: string | null;
  readonly isExporter: boolean;
  readonly accountDeleted: boolean;
}

export interface MessageItem {
  readonly item: 'message';
  readonly conversation: number;
  /** From 0 within its conversation, in the order of the source. */
  readonly position: number;
  readonly time: MessageTime;
  readonly kind: MessageKind;
  /** The participant who wrote it; null for lines of the system. */
  readonly author: number | null;
  readonly text: string;
  readonly edited: boolean;
  readonly forwarded: boolean;
  /** Found by forensic recovery after it had been deleted. */
  readonly recovered: boolean;
  readonly event: ChatEvent | null;
  readonly attachments: readonly MessageAttachment[];
  /** Position of the message that it answers, where that stands before it. */
  readonly answers: number | null;
  readonly sourceId: string | null;
  /** Of a poll. */
  readonly options?: readonly PollOption[];
  /** Of what was deleted. */
  readonly deletedBy?: DeletedBy;
}

/** Something of the source that could not be read, and was left out; what is around it was read. */
export interface ChatNoteItem {
  readonly item: 'note';
  readonly code: string;
  readonly detail: string;
}

/** In the order of the source: a conversation before its participants, a participant before their first message; beside them, what a report of a phone says of it. */
export type ChatItem = ConversationItem | ParticipantItem | MessageItem | ChatNoteItem | PhoneReportItem;
