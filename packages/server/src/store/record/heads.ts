// Signed heads between their rows and the form in which they are signed.
import { sql, type Kysely } from 'kysely';
import { emptyRoot, headLeaf, memorySource, rangeHash, type LogHead, type RecordHead } from '@redthread/core/audit';
import { sha256 } from '../digest.js';
import { instantText } from '../instants.js';
import type { Database } from '../tables.js';

export interface SignedLogHead {
  readonly head: LogHead;
  readonly signature: Buffer;
  readonly round: number;
}

export interface SignedRecordHead {
  readonly head: RecordHead;
  readonly signature: Buffer;
  readonly round: number;
}

interface LogHeadRow extends Omit<LogHead, 'v'> {
  readonly round: number;
  readonly signature: Buffer;
}

const LOG_HEAD = sql<LogHeadRow>`h.agency_id as log, h.size, h.round, encode(h.root, 'hex') as root,
  encode(h.chain, 'hex') as chain, ${instantText('h.at')} as at, h.key, h.signature`;

const toLogHead = ({ round, signature, ...head }: LogHeadRow): SignedLogHead => ({
  head: { v: 1, ...head },
  signature,
  round,
});

/** The last head of each log, or the last that the head of a round stands over, in the order of their ids. */
export const lastLogHeads = async (db: Kysely<Database>, round = Number.MAX_SAFE_INTEGER): Promise<SignedLogHead[]> => {
  // One step of the index a log, however many heads it has.
  const { rows } = await sql<LogHeadRow>`
    with recursive logs as (
      (select agency_id from audit_heads order by agency_id limit 1)
      union all
      select (select h.agency_id from audit_heads h where h.agency_id > l.agency_id order by h.agency_id limit 1)
      from logs l where l.agency_id is not null)
    select ${LOG_HEAD} from logs l
      cross join lateral (select * from audit_heads where agency_id = l.agency_id and round <= ${round}
        order by round desc limit 1) h
    order by h.agency_id`.execute(db);
  return rows.map(toLogHead);
};

/** The heads of all logs, in the order of their rounds. */
export const allLogHeads = async (db: Kysely<Database>): Promise<SignedLogHead[]> => {
  const { rows } = await sql<LogHeadRow>`
    select ${LOG_HEAD} from audit_heads h order by h.round, h.agency_id`.execute(db);
  return rows.map(toLogHead);
};

interface RecordHeadRow extends Omit<RecordHead, 'v' | 'anchors'> {
  readonly round: number;
  readonly signature: Buffer;
  readonly anchor_count: number;
  readonly anchor_chain: string;
}

const RECORD_HEAD = sql<RecordHeadRow>`r.round, r.logs, encode(r.root, 'hex') as root, encode(r.previous, 'hex') as previous,
  r.anchor_count, encode(r.anchor_chain, 'hex') as anchor_chain, ${instantText('r.at')} as at, r.key, r.signature`;

const toRecordHead = ({ round, signature, anchor_count, anchor_chain, ...head }: RecordHeadRow): SignedRecordHead => ({
  head: { v: 1, ...head, anchors: { count: anchor_count, chain: anchor_chain } },
  signature,
  round,
});

export const lastRecordHead = async (db: Kysely<Database>): Promise<SignedRecordHead | null> => {
  const { rows } = await sql<RecordHeadRow>`
    select ${RECORD_HEAD} from audit_record_heads r order by r.round desc limit 1`.execute(db);
  return rows[0] === undefined ? null : toRecordHead(rows[0]);
};

/** The head over all logs of a round; null: there is none. */
export const recordHeadOf = async (db: Kysely<Database>, round: number): Promise<SignedRecordHead | null> => {
  const { rows } = await sql<RecordHeadRow>`
    select ${RECORD_HEAD} from audit_record_heads r where r.round = ${round}`.execute(db);
  return rows[0] === undefined ? null : toRecordHead(rows[0]);
};

/** In the order of their rounds. */
export const allRecordHeads = async (db: Kysely<Database>): Promise<SignedRecordHead[]> => {
  const { rows } = await sql<RecordHeadRow>`select ${RECORD_HEAD} from audit_record_heads r order by r.round`.execute(
    db,
  );
  return rows.map(toRecordHead);
};

/** The root over the heads of logs, given in the order of their ids. */
export const rootOverLogs = (heads: readonly SignedLogHead[]): Promise<Uint8Array> => {
  const leaves = heads.map(({ head }) => headLeaf(sha256, head));
  return leaves.length === 0
    ? Promise.resolve(emptyRoot(sha256))
    : rangeHash(sha256, memorySource(sha256, leaves), 0, leaves.length);
};
