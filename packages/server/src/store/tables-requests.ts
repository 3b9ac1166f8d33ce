// The tables of what two persons do to exhibits and cases; the SQL in migrations/ is the truth.
import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json, NullableBig, NullableInstant, NullableText } from './columns.js';

export type RequestKind = 'case-destroy' | 'case-transfer' | 'exhibit-move' | 'exhibit-withdraw' | 'undo' | 'purge';
export type RequestState =
  'requested' | 'offered' | 'approved' | 'running' | 'done' | 'refused' | 'cancelled' | 'expired' | 'failed';
export type CustodyEvent =
  | 'registered'
  | 'ingested'
  | 'moved'
  | 'withdrawn'
  | 'brought-back'
  | 'handed-over'
  | 'received'
  | 'purged'
  | 'destroyed'
  | 'hold-placed'
  | 'hold-released';

export interface RequestTables {
  requests: {
    id: Generated<string>;
    agency_id: string;
    number: string;
    kind: RequestKind;
    state: Generated<RequestState>;
    case_id: string;
    exhibit_id: string | null;
    to_case_id: string | null;
    to_agency_id: string | null;
    of_request: string | null;
    subject: Json<unknown>;
    reason: string;
    requested_by: string;
    requested_login: string;
    requested_at: Instant;
    requested_from: string | null;
    second_user: string | null;
    second_login: string | null;
    decided_by: NullableText;
    decided_login: NullableText;
    decided_at: NullableInstant;
    decided_from: NullableText;
    decision_reason: NullableText;
    accepted_by: NullableText;
    accepted_login: NullableText;
    accepted_at: NullableInstant;
    accepted_as: NullableText;
    expires_at: Instant;
    started_at: NullableInstant;
    finished_at: NullableInstant;
    error_code: NullableText;
    error_detail: NullableText;
    progress: ColumnType<unknown, string | undefined, string>;
    outcome: ColumnType<unknown, string | null | undefined, string | null>;
  };
  custody_entries: {
    id: Generated<string>;
    agency_id: string;
    case_id: string;
    exhibit_id: string | null;
    at: Instant;
    event: CustodyEvent;
    user_id: string | null;
    person: string;
    second_person: NullableText;
    from_place: NullableText;
    to_place: NullableText;
    reason: Generated<string>;
    request_id: NullableText;
    carried_from: NullableText;
  };
  case_holds: {
    id: Generated<string>;
    agency_id: string;
    case_id: string;
    reason: string;
    placed_by: string;
    placed_login: string;
    placed_at: Instant;
    released_by: NullableText;
    released_at: NullableInstant;
    release_reason: NullableText;
  };
  request_media: {
    request_id: string;
    agency_id: string;
    media_id: string;
    content_id: number;
    sha256: Buffer;
    size_bytes: number;
    is_gone: Generated<boolean>;
  };
  set_aside: {
    request_id: string;
    agency_id: string;
    source: string;
    id: ColumnType<number, never, never>;
    case_id: string;
    media_id: NullableText;
    content_id: NullableBig;
    object_name: NullableText;
    value: Json<unknown>;
  };
  destructions: {
    id: string;
    agency_id: string;
    number: number;
    case_id: string;
    exhibit_id: string | null;
    at: Instant;
    record: string;
    digest: Buffer;
    signature: Buffer;
    public_key: Buffer;
  };
  backups: {
    id: string;
    created_at: Instant;
    host: string;
    folder: string;
    keys_folder: string | null;
    under_key_id: string;
  };
}
