// The queue: rows of `work`, taken by lease. A lease is renewed while its holder lives; what a dead holder left is freed
// at the start of every worker and every ten seconds, so that a kill -9 costs seconds and no file.
import { sql, type Kysely } from 'kysely';
import type { WorkStage } from '@redthread/core/contract';
import type { ErrorCode } from '@redthread/core/errors';
import { removeDeadProcesses, runnerOf } from '../../app/processes.js';
import type { Database } from '../../store/tables.js';
import { announceWork } from './channel.js';

export interface Lease {
  readonly workId: number;
  readonly agencyId: string;
  readonly mediaId: string;
  readonly exhibitId: string;
  /** This one included. */
  readonly attempts: number;
  /** Why the last attempt was given back; null when it was not. */
  readonly lastErrorCode: string | null;
}

/** Version of the stages: a higher one makes every media pass again. */
export const WORK_VERSION = 1;

/** Comparing by bytes alone, before a file may be opened, is work of its own: matching comes after decoding all the same. */
export const BYTES_VERSION = 0;

/** The work of the matcher, which opens no file. */
export const isComparing = (stage: WorkStage): boolean => stage === 'match' || stage === 'parts';
/** The same, of rows of `work`. */
export const COMPARING = sql.raw(`('match', 'parts')`);

/** A job that was leased so often without an end has taken its workers down with it. */
const MOST_ATTEMPTS = 8;

export const LEASE_SECONDS = 60;
export const RENEW_INTERVAL_MS = 15_000;
export const FREE_INTERVAL_MS = 10_000;

/** How many that others are just taking are passed over before somebody looks elsewhere, in parts of what is wanted. */
const HELD_BESIDE = 4;

/** A chat is read with the files beside it: once all of them are there. */
const WALKED = sql`exhibit_id not in (select id from exhibits where state in ('registered', 'walking', 'failed'))`;

export interface LeaseRequest {
  readonly stage: WorkStage;
  readonly processId: string;
  readonly limit: number;
  /** Only jobs that were never leased before. */
  readonly areNew?: boolean;
}

/**
 * Takes up to `limit` jobs of a stage: those first where a child is at risk now, then most urgent and oldest first; never one that another process holds.
 */
export const leaseWork = async (
  db: Kysely<Database>,
  { stage, processId, limit, areNew = false }: LeaseRequest,
): Promise<Lease[]> => {
  const free = sql`stage = ${stage} and state = 'queued' and not_before <= now()
    and ${areNew ? sql`attempts = 0` : sql`true`} and ${stage === 'chats' ? WALKED : sql`true`} and ${isComparing(stage) ? sql`true` : sql`not media_closed(media_id)`}`;
  const { rows } = await sql<Lease & { priority: number; isFirst: boolean }>`
    with marked as materialized (
      select w.id, w.priority from exhibits_at_risk() x (id) cross join lateral (
        select id, priority from work where exhibit_id = x.id and ${free} order by priority, id limit ${limit * HELD_BESIDE}) w
      union
      -- The offset keeps it one media at a time: joined as a whole it would be walked through for the first that is queued, also where nothing is marked.
      select w.id, w.priority from media_at_risk() x (id) cross join lateral (
        select id, priority from work where media_id = x.id and ${free} offset 0) w
    ),
    first as materialized (
      select id from work where id in (select id from marked) and state = 'queued'
      order by priority, id limit ${limit} for update skip locked
    ),
    others as materialized (
      select id, priority from work where ${free} and id not in (select id from first)
      order by priority, id limit ${limit} for update skip locked
    ),
    -- A limit that is worked out would be planned as a tenth of everything that is queued.
    taken as materialized (
      select id from (select id, 0 as place, 0 as priority from first union all select id, 1, priority from others) t
      order by place, priority, id limit ${limit}
    )
    update work set state = 'leased', attempts = attempts + 1, leased_by = ${processId}::uuid,
      lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), updated_at = now()
    where id in (select id from taken)
    returning id as "workId", agency_id as "agencyId", media_id as "mediaId", exhibit_id as "exhibitId", attempts,
      error_code as "lastErrorCode", priority, id in (select id from first) as "isFirst"`.execute(db);
  return rows.sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || a.priority - b.priority || a.workId - b.workId);
};

/** Why a job is set aside before it is begun again; null where it is not. */
export const givenUp = ({ attempts }: Lease): { readonly code: ErrorCode; readonly detail: string } | null =>
  attempts > MOST_ATTEMPTS ? { code: 'DECODER_QUARANTINED', detail: `${attempts - 1} attempts without an end` } : null;

/** Queues what comes next for media whose work went well so far; what is queued or done already stays. */
export const queueNext = async (
  db: Kysely<Database>,
  stage: WorkStage,
  after: readonly { readonly lease: Lease }[],
): Promise<void> => {
  if (after.length === 0) return;
  const leases = after.map(({ lease }) => lease);
  await sql`insert into work (agency_id, media_id, exhibit_id, stage, version)
    select l.agency_id, l.media_id, l.exhibit_id, ${stage}, ${WORK_VERSION}
    from unnest(${leases.map((l) => l.agencyId)}::uuid[], ${leases.map((l) => l.mediaId)}::uuid[],
      ${leases.map((l) => l.exhibitId)}::uuid[]) as l (agency_id, media_id, exhibit_id)
    on conflict (media_id, stage, version) do nothing`.execute(db);
  if (isComparing(stage)) await announceWork(db, stage);
};

/** Keeps every lease of a process for another minute. */
export const renewLeases = async (db: Kysely<Database>, processId: string): Promise<void> => {
  await sql`update work set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where leased_by = ${processId}::uuid and state = 'leased'`.execute(db);
};

/** Ends jobs that went well. A lease that was lost meanwhile is ended too: its result is on record all the same. */
export const completeWork = async (db: Kysely<Database>, workIds: readonly number[]): Promise<void> => {
  if (workIds.length === 0) return;
  await sql`update work set state = 'done', leased_by = null, lease_until = null, error_code = null,
      error_detail = null, updated_at = now()
    where id = any(${[...workIds]}::bigint[])`.execute(db);
};

export interface WorkFailure {
  readonly workId: number;
  readonly code: string;
  readonly detail: string;
}

/** Ends jobs that cannot succeed: bad files, or files that stopped their decoder twice. */
export const failWork = async (
  db: Kysely<Database>,
  state: 'failed' | 'quarantined',
  failures: readonly WorkFailure[],
): Promise<void> => {
  if (failures.length === 0) return;
  await sql`update work w set state = ${state}, leased_by = null, lease_until = null, error_code = f.code,
      error_detail = f.detail, updated_at = now()
    from ${failureRows(failures)} where w.id = f.id`.execute(db);
};

/** Gives jobs back for a later attempt, waiting twice as long each time (1 s to 5 min). */
export const requeueWork = async (db: Kysely<Database>, failures: readonly WorkFailure[]): Promise<void> => {
  if (failures.length === 0) return;
  await sql`update work w set state = 'queued', leased_by = null, lease_until = null, error_code = f.code,
      error_detail = f.detail, not_before = now() + least(interval '5 minutes', interval '1 second' * (2 ^ (w.attempts - 1))),
      updated_at = now()
    from ${failureRows(failures)} where w.id = f.id`.execute(db);
};

const failureRows = (failures: readonly WorkFailure[]) => sql`unnest(
  ${failures.map((f) => f.workId)}::bigint[], ${failures.map((f) => f.code)}::text[],
  ${failures.map((f) => f.detail)}::text[]) as f (id, code, detail)`;

/** Gives back what a process holds and has not begun: it is ending, nothing went wrong. */
export const releaseLeases = async (db: Kysely<Database>, processId: string): Promise<void> => {
  await sql`update work set state = 'queued', attempts = attempts - 1, leased_by = null, lease_until = null,
      updated_at = now()
    where leased_by = ${processId}::uuid and state = 'leased'`.execute(db);
};

/** Frees what dead processes hold. Answers how many jobs are free again. */
export const freeDeadLeases = async (db: Kysely<Database>): Promise<number> => {
  await removeDeadProcesses(runnerOf(db));
  const { numAffectedRows } = await sql`
    update work set state = 'queued', leased_by = null, lease_until = null, not_before = now(), updated_at = now()
    where state = 'leased' and (lease_until < now() or leased_by not in (select id from processes))`.execute(db);
  return Number(numAffectedRows ?? 0);
};
