// The tables of the exchange as Kysely sees them: what was given to whom.
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
}
