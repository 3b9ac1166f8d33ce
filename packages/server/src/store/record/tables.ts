// The tables of the record, and what its sealer says of itself.
import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json } from '../columns.js';
import type { ReportTables } from '../tables-reports.js';

/** What the sealer says of itself and of the places where heads are anchored; nothing here counts anybody's events. */
export interface SealerStatus {
  /** `broken`: something of what is sealed does not fit its own head, and nothing is sealed upon it. */
  readonly state: 'sealing' | 'broken';
  readonly detail: string | null;
  readonly anchors: readonly AnchorStatus[];
}

export type AnchorKind = 'file' | 'tsa';

export interface AnchorStatus {
  readonly kind: AnchorKind;
  /** Code of the catalogue while the last try failed, and what it said. */
  readonly code: string | null;
  readonly detail: string | null;
  /** When the last anchor was made there. */
  readonly at: string | null;
}

/** With the reports that its key signs. */
export interface RecordTables extends ReportTables {
  audit_events: {
    id: ColumnType<number, never, never>;
    at: Instant;
    agency_id: string | null;
    user_id: string | null;
    login: string | null;
    type: string;
    object_kind: string | null;
    object_id: string | null;
    purpose: string | null;
    request_id: string;
    detail: Json<unknown>;
    xid: ColumnType<string, never, never>;
    uid: Generated<string>;
  };
  audit_waiting: { uid: string; agency_id: string };
  audit_sealed: {
    agency_id: string;
    number: number;
    event: string;
    leaf: Buffer;
    chain: Buffer;
    commitments: Json<Readonly<Record<string, string>>>;
  };
  audit_salts: { event: string; salts: Json<Readonly<Record<string, string>>> };
  audit_tree_nodes: { agency_id: string; level: number; position: number; hash: Buffer };
  audit_heads: {
    agency_id: string;
    size: number;
    round: number;
    root: Buffer;
    chain: Buffer;
    at: Instant;
    key: string;
    signature: Buffer;
  };
  audit_record_heads: {
    round: number;
    logs: number;
    root: Buffer;
    previous: Buffer | null;
    anchor_count: number;
    anchor_chain: Buffer;
    at: Instant;
    key: string;
    signature: Buffer;
  };
  audit_anchors: {
    number: number;
    round: number;
    kind: AnchorKind;
    place: string;
    at: Instant;
    proof: Buffer;
    chain: Buffer;
  };
  signing_keys: {
    key: string;
    public_key: Buffer;
    previous: string | null;
    at: Instant;
    endorsement: Buffer;
    master_key_id: string;
    wrapped: Buffer;
  };
}
