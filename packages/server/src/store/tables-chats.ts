// The tables of chats as Kysely sees them: read from the bytes of an export by a worker, and never changed but by reading it again.
import type {
  AttachmentMedia,
  ChatEvent,
  ChatFormat,
  ConversationKind,
  DateOrder,
  LeadKind,
  MessageKind,
} from '@redthread/core/chats';
import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json, NullableInstant, NullableText } from './columns.js';
import type { PhoneReportTables } from './tables-phone-reports.js';

export type ChatExportState = 'waiting' | 'read' | 'asks-date-order' | 'failed';

interface OfExhibit {
  agency_id: string;
  case_id: string;
  exhibit_id: string;
}
type OfChat = OfExhibit & { chat_id: string };

/** A wall clock, in no zone: written as text, and read as text by way of `to_char`. */
type WallClock = ColumnType<Date | null, string | null, string | null>;
type NullableDigest = ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;

export interface ChatTables extends PhoneReportTables {
  chat_exports: OfExhibit & {
    id: Generated<string>;
    media_id: string;
    path: string;
    format: ChatFormat;
    platform: Generated<'ios' | 'android' | 'unknown'>;
    language: NullableText;
    date_order: ColumnType<DateOrder | null, DateOrder | null | undefined, DateOrder | null>;
    date_order_by: NullableText;
    state: Generated<ChatExportState>;
    error_code: NullableText;
    error_detail: NullableText;
    notes: ColumnType<readonly { readonly code: string; readonly detail: string }[], string | undefined, string>;
    version: Generated<number>;
    aligned_version: Generated<number>;
    is_gated: Generated<boolean>;
    read_at: NullableInstant;
    created_at: Instant;
  };
  chats: OfExhibit & {
    id: string;
    export_id: string;
    number: number;
    app: string;
    kind: ConversationKind;
    subject: NullableText;
    source_id: NullableText;
    participants: number;
    messages: number;
    attachments: number;
    first_local: WallClock;
    last_local: WallClock;
  };
  chat_people: OfChat & {
    number: number;
    name: string;
    phone: NullableText;
    account: NullableText;
    is_exporter: boolean;
    account_deleted: boolean;
    messages: number;
  };
  chat_messages: OfChat & {
    position: number;
    time_text: string;
    at_local: WallClock;
    at_precision_s: number | null;
    at_instant: NullableInstant;
    kind: MessageKind;
    author: number | null;
    text: string;
    edited: boolean;
    forwarded: boolean;
    recovered: boolean;
    event: Json<ChatEvent> | null;
    answers: number | null;
    text_key: ColumnType<string | null, string | null, string | null>;
  };
  chat_attachments: OfChat & {
    position: number;
    ordinal: number;
    name: NullableText;
    path: NullableText;
    media: AttachmentMedia;
    state: 'named' | 'omitted';
    sha256: NullableDigest;
    md5: NullableDigest;
    media_id: NullableText;
    basis: ColumnType<
      'with-message' | 'digest' | 'name' | null,
      'with-message' | 'digest' | 'name' | null | undefined,
      'with-message' | 'digest' | 'name' | null
    >;
  };
  chat_leads: OfChat & {
    position: number;
    ordinal: number;
    kind: LeadKind;
    value: string;
    normal: string;
    starts: number;
    ends: number;
  };
  chat_stretches: OfChat & { number: number; first_position: number; grams: Buffer; words: string; folded: string };
  chat_pairs: {
    chat_a: string;
    agency_a: string;
    chat_b: string;
    agency_b: string;
    aligned: number;
    overlap: number;
    offset_s: number | null;
    spread_s: number | null;
    method: string;
    version: number;
    created_at: Instant;
  };
  chat_aligned: { chat_a: string; position_a: number; chat_b: string; position_b: number };
}
