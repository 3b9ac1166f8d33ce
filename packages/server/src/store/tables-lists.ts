// The tables around lists as Kysely sees them: lists on their way in, what is never a hit, and beside them what is given to others.
import type { Generated } from 'kysely';
import type { ListPlan, ListUploadState } from '@redthread/core/contract';
import type { DigestKind } from '@redthread/core/index/exact';
import type { Instant, Json, NullableInstant, NullableText } from './columns.js';
import type { ExchangeTables } from './tables-exchange.js';

export interface ListTables extends ExchangeTables {
  list_uploads: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    login: string;
    key_id: string | null;
    plan: Json<ListPlan>;
    operation_id: string | null;
    onto_id: string | null;
    files: Json<unknown>;
    size_bytes: number;
    state: Generated<ListUploadState>;
    attempts: Generated<number>;
    progress: Json<unknown> | null;
    result: Json<unknown> | null;
    failure: Json<unknown> | null;
    purpose: Generated<string | null>;
    request_id: Generated<string | null>;
    created_at: Instant;
    touched_at: Instant;
  };
  negative_digests: {
    id: Generated<string>;
    agency_id: string;
    origin: Generated<'person' | 'flood'>;
    kind: DigestKind;
    digest: Buffer;
    state: Generated<'set-aside' | 'negative' | 'ended'>;
    files: Generated<number | null>;
    lists: Generated<string[] | null>;
    reason: NullableText;
    set_by: NullableText;
    set_login: NullableText;
    created_at: Instant;
    expires_at: NullableInstant;
    ended_at: NullableInstant;
    ended_by: NullableText;
    ended_login: NullableText;
    end_reason: NullableText;
  };
}
