// The tables around lists as Kysely sees them: lists on their way in, what is never a hit, and beside them what is given to others.
import type { ColumnType, Generated } from 'kysely';
import type { ListPlan, ListUploadState, OpenedPackage } from '@redthread/core/contract';
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
    package: ColumnType<OpenedPackage | null, never, string>;
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
  standing_searches: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    name: string;
    kind: 'words' | 'picture' | 'filter';
    query: Json<unknown>;
    purpose: string;
    created_at: Instant;
    expires_at: Instant;
    mark: NullableText;
    looked_at: NullableInstant;
    failure: NullableText;
    ended_at: NullableInstant;
    end_reason: NullableText;
    end_told_at: NullableInstant;
  };
  standing_signals: {
    agency_id: string;
    search_id: string;
    method: string;
    version: number;
    quality: number | null;
    value: Buffer;
  };
  standing_hits: {
    id: Generated<string>;
    agency_id: string;
    search_id: string;
    of_agency_id: string;
    media_id: NullableText;
    exhibit_id: NullableText;
    case_id: NullableText;
    list_id: NullableText;
    grade: NullableText;
    found_at: Instant;
  };
  standing_looks: {
    id: Generated<string>;
    agency_id: string;
    search_id: string;
    looked_at: Instant;
    media: number;
    comparable: number;
    lists: number;
    found: number;
    added: number;
    is_first: boolean;
    truncated: boolean;
  };
}
