// The tables of the exchange as Kysely sees them: what was given to whom, by which keys, and what came in.
import type { ColumnType, Generated } from 'kysely';
import type { Instant, NullableInstant, NullableText } from './columns.js';

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface ExchangeTables {
  contributions: {
    id: Generated<string>;
    agency_id: string;
    receiver: string;
    receiver_agency_id: NullableText;
    format: string;
    subject: string;
    case_id: NullableText;
    handling: string;
    item_count: number;
    made_by: string;
    made_login: string;
    made_at: Instant;
    file_sha256: Later<Buffer>;
    acknowledged_at: NullableInstant;
    acknowledged_items: Later<number>;
    withdrawn_at: NullableInstant;
    withdrawn_login: NullableText;
    withdraw_reason: NullableText;
  };
  contribution_items: {
    agency_id: string;
    contribution_id: string;
    sha256: Buffer;
    media_id: string;
    withdrawn_at: NullableInstant;
    withdraw_reason: NullableText;
  };
  exchange_keys: {
    agency_id: string;
    key: string;
    signing_key: Buffer;
    opening_key: Buffer;
    master_key_id: string;
    wrapped: Buffer;
    created_at: Instant;
  };
  exchange_peers: {
    id: Generated<string>;
    agency_id: string;
    name: string;
    country: string;
    fingerprint: string;
    signing_key: Buffer;
    opening_key: Buffer;
    added_by: string;
    added_login: string;
    added_at: Instant;
    removed_at: NullableInstant;
    removed_login: NullableText;
  };
  package_receipts: {
    agency_id: string;
    sender_fingerprint: string;
    package_id: string;
    sender: string;
    file_sha256: Buffer;
    item_count: number;
    handling: string;
    list_id: string;
    imported_by: string;
    imported_login: string;
    imported_at: Instant;
  };
}
