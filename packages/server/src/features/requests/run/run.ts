// Carries out what two persons have agreed on: whoever looks first takes a request, under a lock that ends with its process. One
// that was killed in the middle is taken up by the next.
import { sql, type Kysely, type Transaction } from 'kysely';
import { fail, isRedthreadError, type RedthreadError, saying } from '@redthread/core/errors';
import type { Database, RequestState, Store } from '../../../store/index.js';
import { endSilentRuns } from '../../exhibits/index.js';
import { bringBack, dropAside } from './bring-back.js';
import { keepRecords } from './kept-records.js';
import { exhibitsOf } from './exhibit-rows.js';
import { destroy } from './destroy.js';
import { carryOutMove } from './move.js';
import { purge } from './purge.js';
import { letGo } from './request-media.js';
import { Interrupted, readRunning, requireRunnable, type Run, type RunningRequest } from './running.js';
import { transfer } from './transfer.js';
import { repairNames, withdraw } from './withdraw.js';

export interface RunOptions {
  readonly stopping?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Told for what whoever runs the server has to know, and no person waits for. */
  readonly warn?: (line: string) => void;
}

/** What passes: the request stays approved, and is tried again. */
const PASSING = new Set<string>([
  'EXHIBIT_BUSY',
  'KEY_BUSY',
  'DISK_FULL',
  'DB_UNREACHABLE',
  'KEY_MISSING',
  'KEY_WRONG',
  'KEY_DAMAGED',
  'KEY_HALF_ROTATED',
]);

/** Answers how the request stands now; `busy`: somebody else carries it out. Errors: of the database. */
export const runRequest = (
  store: Store<'worker'>,
  id: string,
  { onProgress = () => undefined, stopping = new AbortController().signal, warn = () => undefined }: RunOptions = {},
): Promise<RequestState | 'busy'> =>
  store.worker.connection().execute(async (session) => {
    if (!(await tryLock(session, `redthread request ${id}`))) return 'busy';
    const locked = [`redthread request ${id}`];
    try {
      const request = await readRunning(store.worker, id);
      if (request === undefined) return 'cancelled';
      if (request.state !== 'approved' && request.state !== 'running') return request.state;
      const run: Run = { store, db: store.worker, request, stopping, report: reporter(store.worker, id, onProgress) };
      try {
        for (const name of await locksOf(store.worker, request)) {
          if (!(await tryLock(session, name.lock))) throw name.busy;
          locked.push(name.lock);
        }
        await begin(run);
        await carryOut({ ...run, request: { ...request, state: 'running' } });
        await layDown(store, warn);
        return 'done';
      } catch (error) {
        if (error instanceof Interrupted) return 'running';
        if (!isRedthreadError(error)) throw error;
        return await giveUp(run, error);
      }
    } finally {
      for (const name of locked) await unlock(session, name).catch(() => undefined);
    }
  });

/** What was destroyed is done, whether or not its record can be laid down apart: the next one who looks does that. */
const layDown = async ({ config, worker }: Store<'worker'>, warn: (line: string) => void): Promise<void> => {
  if (config.destructionsFolder === null) return;
  await keepRecords(worker, config.destructionsFolder).catch((error: Error) =>
    warn(`records of destruction cannot be laid down in REDTHREAD_DESTRUCTIONS: ${error.message}`),
  );
};

const carryOut = async (run: Run): Promise<void> => {
  const { kind, undoes } = run.request;
  if (kind === 'exhibit-move' || (kind === 'undo' && undoes === 'exhibit-move')) return carryOutMove(run);
  if (kind === 'exhibit-withdraw') return withdraw(run);
  if (kind === 'undo') {
    await bringBack(run);
    return dropAside(run, run.request.ofRequest ?? '');
  }
  if (kind === 'case-transfer') return transfer(run);
  return kind === 'case-destroy' ? destroy(run) : purge(run);
};

const tryLock = async (session: Kysely<Database>, name: string): Promise<boolean> => {
  const { rows } = await sql<{
    locked: boolean;
  }>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as locked`.execute(session);
  return rows[0]?.locked === true;
};

const unlock = (session: Kysely<Database>, name: string): Promise<unknown> =>
  sql`select pg_advisory_unlock(hashtextextended(${name}, 0))`.execute(session);

interface Lock {
  readonly lock: string;
  readonly busy: RedthreadError;
}

/** The locks of ingests into the exhibits, and of changes of the keys of the cases. */
const locksOf = async (db: Kysely<Database>, request: RunningRequest): Promise<Lock[]> => {
  const exhibits =
    request.exhibitId === null
      ? await db.transaction().execute((trx) => exhibitsOf(trx, request.caseId))
      : [request.exhibitId];
  const cases = [request.caseId, ...(request.toCaseId === null ? [] : [request.toCaseId])];
  return [
    ...exhibits.map((id) => ({ lock: id, busy: fail('EXHIBIT_BUSY', id) })),
    ...cases.map((id) => ({ lock: `redthread key ${id}`, busy: fail('KEY_BUSY', saying`case ${id}`) })),
  ];
};

const begin = ({ db, request }: Run): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await trx
      .updateTable('requests')
      .set({ state: 'running', started_at: request.startedAt ?? new Date(), error_code: null, error_detail: null })
      .where('id', '=', request.id)
      .execute();
    await requireRunnable(trx, request);
    await requireNoSender(trx, request);
  });

/** Errors: EXHIBIT_BUSY while somebody sends into one of the exhibits; what came of sendings that ended is not needed any more. */
const requireNoSender = async (trx: Transaction<Database>, request: RunningRequest): Promise<void> => {
  const ids = request.exhibitId === null ? await exhibitsOf(trx, request.caseId) : [request.exhibitId];
  if (ids.length === 0) return;
  const sending = await endSilentRuns(trx, ids);
  if (sending !== null) throw fail('EXHIBIT_BUSY', saying`${sending}: somebody sends files into it`);
  await trx.deleteFrom('uploads').where('exhibit_id', 'in', ids).execute();
};

/** Begun for good: a case whose key is destroyed, or whose files are on their way. */
const isUnderWay = async ({ db, request }: Run): Promise<boolean> => {
  const progress = (await readRunning(db, request.id))?.progress ?? {};
  return 'keyDestroyedAt' in progress || 'caseId' in progress;
};

/**
 * What cannot be done now is kept for later, and what cannot be done at all ends here, nothing of it done. What is begun for good
 * is tried again until it is done, and says why it is not.
 */
const giveUp = async (run: Run, error: RedthreadError): Promise<RequestState> => {
  const { db, request } = run;
  const isBegun = await isUnderWay(run);
  const isPassing = isBegun || PASSING.has(error.code);
  const state = isPassing ? 'approved' : 'failed';
  if (request.kind === 'exhibit-withdraw') await repairNames(run).catch(() => undefined);
  if (!isBegun) await letGo(db, request.id);
  await db.transaction().execute(async (trx) => {
    if (!isPassing) await trx.deleteFrom('request_media').where('request_id', '=', request.id).execute();
    // By way of running: from there a request goes on or ends.
    await trx.updateTable('requests').set({ state: 'running' }).where('id', '=', request.id).execute();
    await trx
      .updateTable('requests')
      .set({
        state,
        error_code: error.code,
        error_detail: error.detail,
        finished_at: isPassing ? null : new Date(),
      })
      .where('id', '=', request.id)
      .execute();
  });
  return state;
};

const REPORT_EVERY_MS = 500;

const reporter = (
  db: Kysely<Database>,
  id: string,
  onProgress: (done: number, total: number) => void,
): ((done: number, total: number) => void) => {
  let reportedAt = 0;
  return (done, total) => {
    onProgress(done, total);
    if (Date.now() - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = Date.now();
    // Beside the transaction that does it, and as well as can be: nothing hangs on it.
    void sql`update requests set progress = progress || ${JSON.stringify({ done, total })}::jsonb where id = ${id}::uuid and state = 'running'`
      .execute(db)
      .catch(() => undefined);
  };
};

/** Requests that wait to be carried out, or whose carrier has died. */
export const waitingRequests = async (db: Kysely<Database>): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from requests where state in ('approved', 'running')
    order by decided_at limit 20`.execute(db);
  return rows.map(({ id }) => id);
};

/** Carries out whatever waits, and clears away what a killed carrier has left of what was brought back. */
export const runWaiting = async (store: Store<'worker'>, options: RunOptions = {}): Promise<void> => {
  await layDown(store, options.warn ?? (() => undefined));
  for (const id of await waitingRequests(store.worker)) {
    if (options.stopping?.aborted === true) return;
    await runRequest(store, id, options);
  }
  const { rows } = await sql<{ id: string }>`select distinct u.of_request as id from requests u
    join set_aside s on s.request_id = u.of_request where u.kind = 'undo' and u.state = 'done'`.execute(store.worker);
  for (const { id } of rows) await dropAside({ db: store.worker, store }, id);
};
