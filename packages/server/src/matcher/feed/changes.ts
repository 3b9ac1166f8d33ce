// Reads the change feed. A position is the pair (xid, id) of the last change that was followed, and it moves over settled
// changes only: those of transactions older than any that still writes, before which nothing can appear any more.
import { sql, type Kysely } from 'kysely';
import type { Database, IndexChangeKind } from '../../store/index.js';

/** The channel on which the triggers of the feed notify. */
export const INDEX_CHANNEL = 'redthread_index';

/** A place in the feed; `xid` is a 64-bit number as text. */
export interface FeedPosition {
  readonly xid: string;
  readonly id: number;
}

export interface IndexChange extends FeedPosition {
  /** Null: every content. */
  readonly contentId: number | null;
  readonly kind: IndexChangeKind;
}

/** The database at one moment, as PostgreSQL writes a snapshot: which transactions had ended. */
export type DatabaseMoment = string;

/**
 * The last settled change: whoever reads the tables after asking this, and then follows from here, misses nothing. A row rather
 * than the number of a transaction: after a crash PostgreSQL gives numbers again that were on no disk yet.
 */
export const presentPosition = async (db: Kysely<Database>): Promise<FeedPosition> => {
  const { rows } = await sql<FeedPosition>`
    select xid::text as xid, id from index_changes where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by index_changes.xid desc, id desc limit 1`.execute(db);
  return rows[0] ?? { xid: '0', id: 0 };
};

/**
 * Whether a position was reached by transactions that this database has not begun: it was put back to an earlier state, and what it writes
 * from here on would be taken for known.
 */
export const isAheadOf = async (db: Kysely<Database>, { xid }: FeedPosition): Promise<boolean> => {
  const { rows } = await sql<{ isAhead: boolean }>`
    select ${xid}::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) as "isAhead"`.execute(db);
  return rows[0]?.isAhead === true;
};

/** Settled changes after `after`, in the order in which positions move. */
export const settledChanges = async (
  db: Kysely<Database>,
  after: FeedPosition,
  limit: number,
): Promise<IndexChange[]> => {
  const { rows } = await sql<IndexChange>`
    select xid::text as xid, id, content_id as "contentId", kind from index_changes
    where (xid, id) > (${after.xid}::xid8, ${after.id}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by index_changes.xid, id limit ${limit}`.execute(db);
  return rows;
};

export interface EarlyChanges {
  readonly changes: readonly IndexChange[];
  /** The moment that they are of. */
  readonly moment: DatabaseMoment;
}

/** Which early changes: of one moment, page after page. */
export interface EarlyPage {
  readonly after: FeedPosition;
  /** What was visible then needs no second look. */
  readonly seen: DatabaseMoment | null;
  /** The moment of the pages before; null: this is the first, and of the present. */
  readonly moment: DatabaseMoment | null;
  readonly limit: number;
}

/**
 * Committed changes that wait for an older transaction to end before they are settled. They are found at once, and a position does not
 * move over them.
 */
export const earlyChanges = async (
  db: Kysely<Database>,
  { after, seen, moment, limit }: EarlyPage,
): Promise<EarlyChanges> => {
  // One statement, so that the moment is that of the rows.
  const { rows } = await sql<{ moment: string } & (IndexChange | { readonly id: null })>`
    select coalesce(${moment}, pg_current_snapshot()::text) as moment, c.xid::text as xid, c.id, c.content_id as "contentId", c.kind
    from (select 1) as one left join (
      select xid, id, content_id, kind from index_changes
      where (xid, id) > (${after.xid}::xid8, ${after.id}::bigint)
        and (${seen}::pg_snapshot is null or not pg_visible_in_snapshot(xid, ${seen}::pg_snapshot))
        and (${moment}::pg_snapshot is null or pg_visible_in_snapshot(xid, ${moment}::pg_snapshot))
      order by index_changes.xid, id limit ${limit}) c on true
    order by c.xid, c.id`.execute(db);
  return {
    changes: rows.flatMap((row) => (row.id === null ? [] : [row])),
    moment: rows[0]?.moment ?? '',
  };
};

export interface FeedLag {
  /** For how long at most a change that was committed has not been followed, in seconds; 0 when all were. */
  readonly lagSeconds: number;
  readonly lagRows: number;
}

const MOST_COUNTED = 100_000;

/** Committed changes that were neither followed nor seen early, and the age of the oldest: since it was written, which may be long before its commit. */
export const feedLag = async (
  db: Kysely<Database>,
  after: FeedPosition,
  seen: DatabaseMoment | null,
): Promise<FeedLag> => {
  const { rows } = await sql<FeedLag>`
    select count(*) as "lagRows",
      coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::double precision as "lagSeconds"
    from (select at from index_changes where (xid, id) > (${after.xid}::xid8, ${after.id}::bigint)
        and (${seen}::pg_snapshot is null or not pg_visible_in_snapshot(xid, ${seen}::pg_snapshot))
      order by xid, id limit ${MOST_COUNTED}) as waiting`.execute(db);
  return rows[0] ?? { lagSeconds: 0, lagRows: 0 };
};

/**
 * Takes away what every snapshot has and none of the readers waits for: each has followed the feed up to its position. Answers how many changes
 * went; without a snapshot, none.
 */
export const trimFeed = async (db: Kysely<Database>, readers: readonly FeedPosition[]): Promise<number> => {
  const [xids, ids] = [readers.map(({ xid }) => xid), readers.map(({ id }) => id)];
  const { numAffectedRows } = await sql`
    delete from index_changes c where (c.xid, c.id) <= (
      select xid, change_id from index_snapshots order by xid, change_id limit 1)
    and not exists (select from unnest(${xids}::xid8[], ${ids}::bigint[]) as reader (xid, id)
      where (c.xid, c.id) > (reader.xid, reader.id))`.execute(db);
  return Number(numAffectedRows ?? 0);
};
