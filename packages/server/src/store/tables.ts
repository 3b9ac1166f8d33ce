// The tables as Kysely sees them; the SQL in migrations/ is the truth, this file follows it; those of the record stand in record/tables.ts.
import type { ColumnType, Generated } from 'kysely';
import type { Exhibit, WorkStage } from '@redthread/core/contract';
import type { Grade } from '@redthread/core/domain';
import type { Big, FilmColumns, ImageColumns, ImageFileColumns, Instant, Json } from './columns.js';
import type { NullableBig, NullableInstant, NullableText } from './columns.js';
import type { LegalBasesTable } from './legal-bases-table.js';
import type { RecordTables, SealerStatus } from './record/tables.js';
import type { ListTables } from './tables-lists.js';
import type { EntityTables } from './tables-entities.js';
import type { RequestTables } from './tables-requests.js';
import type { AccountTables } from './tables-accounts.js';
import type { ConnectionTables } from './tables-connections.js';
import type { ContactTables } from './tables-contacts.js';
import type { VerdictTables } from './tables-verdicts.js';

export type * from './tables-requests.js';
export type { Seen } from './tables-verdicts.js';

export type MediaState = 'pending' | 'ready' | 'partial' | 'failed' | 'unsupported' | 'quarantined';
export type OccurrenceState = 'stored' | 'in-place' | 'unreadable' | 'missing' | 'changed';
export type ExhibitState = 'registered' | 'walking' | 'processing' | 'complete' | 'failed';
export type WorkState = 'queued' | 'leased' | 'held' | 'done' | 'failed' | 'quarantined';
export type VaultKind = 'original' | 'clear' | 'veiled' | 'storyboard' | 'veiled-storyboard';
export type HandlingReach = 'named' | 'agency' | 'granted' | 'shared' | 'listed';
export type Polarity = 'known-bad' | 'known-good' | 'other';

export type IngestRunState = 'open' | 'ending' | 'ended';

export type CaseState = 'open' | 'arriving' | 'leaving' | 'destroying' | 'destroyed' | 'transferred';

export type IndexChangeKind = 'added' | 'changed' | 'deleted' | 'rescoped' | 'expired' | 'emptied';

/** What a matcher says of its index. */
export interface ProcessStatus {
  readonly state: 'loading' | 'ready' | 'stale';
  /** 0..1 of the loading, 1 when it is done. */
  readonly progress: number;
  /** Age of the oldest change that was not followed yet, and how many there are. Nothing here tells what any agency holds. */
  readonly lagSeconds: number;
  readonly lagRows: number;
}

export interface Database
  extends
    AccountTables,
    RecordTables,
    RequestTables,
    VerdictTables,
    EntityTables,
    ContactTables,
    ConnectionTables,
    ListTables {
  store_settings: { key: string; value: Json<unknown> };
  agencies: { id: Generated<string>; name: string; country: string; created_at: Instant };
  users: {
    id: Generated<string>;
    agency_id: string;
    login: string;
    display_name: string;
    password_hash: string | null;
    os_account: string | null;
    roles: string[];
    is_operator: Generated<boolean>;
    reachable_at: string | null;
    disabled_at: NullableInstant;
    created_at: Instant;
  };
  setup_tokens: {
    token_hash: Buffer;
    created_at: Instant;
    expires_at: ColumnType<Date, Date, Date>;
    used_at: NullableInstant;
  };
  api_keys: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    name: string;
    key_hash: Buffer;
    scopes: string[];
    created_at: Instant;
    expires_at: ColumnType<Date, Date, Date>;
    last_used_at: NullableInstant;
    revoked_at: NullableInstant;
  };
  operations: { id: Generated<string>; agency_id: string; reference: string; name: string; created_at: Instant };
  operation_members: { operation_id: string; agency_id: string; joined_at: Instant };
  operation_invitations: {
    id: Generated<string>;
    operation_id: string;
    agency_id: string;
    inviting_agency_id: string;
    invited_by: string;
    state: Generated<'open' | 'accepted' | 'declined'>;
    created_at: Instant;
    answered_by: string | null;
    answered_at: NullableInstant;
  };
  notices: {
    id: Generated<string>;
    agency_id: string;
    user_id: string | null;
    roles: string[] | null;
    kind: string;
    object_kind: string;
    object_id: string;
    detail: Json<unknown>;
    created_at: Instant;
  };
  notice_reads: { notice_id: string; agency_id: string; user_id: string; read_at: Instant };
  cases: {
    id: Generated<string>;
    agency_id: string;
    reference: string;
    title: Generated<string>;
    operation_id: string | null;
    shared_with_operation: Generated<boolean>;
    access: Generated<'agency' | 'named'>;
    handling: Generated<string>;
    partner_break_glass: Generated<boolean>;
    /** What the case tells other agencies, and is told. */
    contact_mode: Generated<'open' | 'one-way' | 'silent'>;
    /** Whoever opens the case, unless somebody else is named. */
    contact_user_id: Generated<string>;
    created_by: string;
    created_at: Instant;
    state: Generated<CaseState>;
    ended_at: NullableInstant;
  };
  handling_codes: { agency_id: string; code: string; title: Generated<string>; reach: HandlingReach };
  handling_recipients: { agency_id: string; code: string; recipient_id: string };
  case_access: {
    id: Generated<string>;
    agency_id: string;
    case_id: string;
    grantee_agency_id: string;
    grantee_user_id: string | null;
    grantee_login: string | null;
    granted_by: string;
    created_at: Instant;
    expires_at: NullableInstant;
    ended_at: NullableInstant;
    ended_by: string | null;
  };
  break_glass: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    login: string;
    display_name: string;
    case_id: string;
    case_reference: string;
    case_agency_id: string;
    reason: string;
    created_at: Instant;
    expires_at: ColumnType<Date, Date, Date>;
    ended_at: NullableInstant;
    ended_by: string | null;
  };
  exhibits: ImageColumns & {
    id: Generated<string>;
    agency_id: string;
    case_id: string;
    reference: string;
    kind: Exhibit['kind'];
    source_path: string;
    in_place_root: string | null;
    container_size_bytes: NullableBig;
    container_sha256: Buffer | null;
    state: Generated<ExhibitState>;
    files_seen: Big;
    bytes_seen: Big;
    files_total: NullableBig;
    error_code: string | null;
    error_detail: string | null;
    handling: string | null;
    created_by: string;
    created_at: Instant;
    walk_finished_at: NullableInstant;
    completed_at: NullableInstant;
    last_checked_at: NullableInstant;
  };
  contents: {
    id: ColumnType<number, never, never>;
    sha256: Buffer;
    sha1: Buffer;
    md5: Buffer;
    size_bytes: number;
    mime: string;
    kind: string;
    created_at: Instant;
  };
  media: FilmColumns & {
    id: Generated<string>;
    agency_id: string;
    content_id: number;
    sha256: Buffer;
    sha1: Buffer;
    md5: Buffer;
    size_bytes: number;
    mime: string;
    kind: string;
    width: number | null;
    height: number | null;
    state: Generated<MediaState>;
    error_code: string | null;
    error_detail: string | null;
    comparable: Generated<boolean>;
    representative_id: string | null;
    created_at: Instant;
  };
  media_metadata: {
    media_id: string;
    agency_id: string;
    method: string;
    version: number;
    value: Json<unknown>;
    created_at: Instant;
  };
  occurrences: ImageFileColumns & {
    id: Generated<string>;
    agency_id: string;
    case_id: string;
    exhibit_id: string;
    media_id: string | null;
    path: string;
    raw_name: string | null;
    container: string | null;
    size_bytes: NullableBig;
    source_times: Json<unknown>;
    state: OccurrenceState;
    error_code: string | null;
    error_detail: string | null;
    in_place_path: string | null;
    provider_viewed: ColumnType<boolean | null, boolean | null | undefined, boolean | null>;
    stat_key: string | null;
    created_at: Instant;
  };
  agency_keys: { agency_id: string; master_key_id: string; wrapped: Buffer };
  case_keys: {
    case_id: string;
    agency_id: string;
    generation: Generated<number>;
    master_key_id: string;
    wrapped: Buffer;
  };
  envelopes: { agency_id: string; media_id: string; case_id: string; generation: Generated<number>; wrapped: Buffer };
  key_handovers: {
    id: string;
    host: string;
    pid: number;
    from_key_id: string;
    to_key_id: string;
    public_key: Buffer;
    proof: Buffer;
    sealed: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
    taken_at: NullableInstant;
    created_at: Instant;
  };
  vault_objects: {
    agency_id: string;
    media_id: string;
    kind: VaultKind;
    name: string;
    size_bytes: number;
    created_at: Instant;
  };
  processes: {
    id: string;
    kind: 'server' | 'worker' | 'matcher' | 'ingest' | 'sealer';
    pid: number;
    host: string;
    started_at: Instant;
    last_seen_at: Instant;
    status: ColumnType<ProcessStatus | SealerStatus | null, string | null | undefined, string | null>;
  };
  work: {
    id: ColumnType<number, never, never>;
    agency_id: string;
    media_id: string;
    exhibit_id: string;
    stage: WorkStage;
    version: number;
    priority: Generated<number>;
    state: Generated<WorkState>;
    attempts: Generated<number>;
    not_before: Instant;
    leased_by: string | null;
    lease_until: NullableInstant;
    error_code: string | null;
    error_detail: string | null;
    updated_at: Instant;
  };
  signals: {
    id: ColumnType<number, never, never>;
    content_id: number;
    method: string;
    version: number;
    decoder: string;
    quality: number | null;
    value: Buffer;
    xid: ColumnType<string, never, never>;
    created_at: Instant;
  };
  matches: {
    id: Generated<string>;
    media_a: string;
    media_b: string;
    agency_a: string;
    agency_b: string;
    grade: Exclude<Grade, 'none'>;
    method: string;
    version: number;
    value: number;
    threshold: number;
    unit: string;
    bits: number;
    decoder: string;
    reasons: Json<unknown>;
    xid: ColumnType<string, never, never>;
    created_at: Instant;
  };
  lists: {
    id: Generated<string>;
    agency_id: string;
    operation_id: string | null;
    name: string;
    polarity: Polarity;
    version: string;
    handling: Generated<string>;
    source_name: string;
    source_sha256: Buffer;
    entry_count: Big;
    expires_at: NullableInstant;
    created_by: string;
    created_at: Instant;
    format: Generated<string>;
    owner: string | null;
    notes: Generated<unknown>;
    onto_id: string | null;
    item_count: Big;
    files_sha256: Buffer | null;
    end_told_at: NullableInstant;
    /** The code of what is wrong with its files, and since when. */
    damage: NullableText;
    damaged_at: NullableInstant;
  };
  index_changes: {
    xid: ColumnType<string, never, never>;
    id: ColumnType<number, never, never>;
    content_id: NullableBig;
    kind: IndexChangeKind;
    at: Instant;
  };
  index_snapshots: { id: string; store: string; xid: string; change_id: number; created_at: Instant };
  list_hits: { agency_id: string; media_id: string; list_agency_id: string; list_id: string };
  self_tests: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    login: string;
    at: Instant;
    result: Json<unknown>;
  };
  legal_bases: LegalBasesTable;
  ingest_runs: {
    id: Generated<string>;
    agency_id: string;
    exhibit_id: string;
    user_id: string;
    sender: Buffer;
    archives: 'sender' | 'server';
    state: Generated<IngestRunState>;
    opened_at: Instant;
    seen_at: Instant;
    ended_at: NullableInstant;
  };
  uploads: {
    id: Generated<string>;
    agency_id: string;
    case_id: string;
    exhibit_id: string;
    user_id: string;
    key_id: string | null;
    sha256: Buffer;
    size_bytes: number;
    state: Generated<'receiving' | 'complete'>;
    generation: number;
    wrapped: Buffer;
    header: Buffer | null;
    sha1: Buffer | null;
    md5: Buffer | null;
    mime: string | null;
    kind: string | null;
    created_at: Instant;
    touched_at: Instant;
  };
  upload_chunks: { upload_id: string; agency_id: string; number: number; sha256: Buffer; stored: Generated<boolean> };
}
