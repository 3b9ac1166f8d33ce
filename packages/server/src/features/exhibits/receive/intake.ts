// The intake: carries out what the server orders for the senders of ingests, as the role `worker`. Every order names a run
// and nothing else of whose exhibit it is: that is read from the run, which row-level security let its sender make.
import { sql } from 'kysely';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { throughRestarts } from '../../../app/through-restarts.js';
import type { Store } from '../../../store/index.js';
import { markContainer, noteImage } from '../ingest/containers.js';
import { beginWalk, endWalk, failWalk, noteContainer } from '../ingest/exhibit-state.js';
import { createStatistics } from '../ingest/statistics.js';
import type { IngestStore, IngestTarget } from '../ingest/target.js';
import { ingestStoreOf } from '../ingest/walk-exhibit.js';
import type { IntakeDoor, IntakeOrder, IntakeReply } from './intake-orders.js';
import { openArchives } from './open-archives.js';
import { dropUploads, storeReceived } from './received-end.js';

interface Run {
  readonly target: IngestTarget;
  readonly archives: 'sender' | 'server';
  readonly state: 'open' | 'ending' | 'ended';
}

export interface Intake extends IntakeDoor {
  /** Ends what an earlier intake did not, and clears away what senders have left for good. Now and then. */
  tidy(): Promise<void>;
  /** Waits for what goes on beside the orders. */
  stop(): Promise<void>;
}

const KNOWN_RUNS = 100;
const HOUR_MS = 3_600_000;
/** A file without a row was never finished. */
const ORPHAN_AFTER_MS = 24 * HOUR_MS;

export const createIntake = (store: Store<'worker'>): Intake => {
  const { worker: db } = store;
  const stopping = new AbortController();
  const stores = new Map<string, Promise<IngestStore>>();
  const ending = new Map<string, Promise<void>>();
  const statistics = createStatistics(db);
  let files = 0;

  const storeOf = (target: IngestTarget): Promise<IngestStore> => {
    const known = stores.get(target.caseId);
    if (known !== undefined) return known;
    if (stores.size >= KNOWN_RUNS) stores.clear();
    const made = ingestStoreOf(store, target);
    stores.set(target.caseId, made);
    made.catch(() => stores.delete(target.caseId));
    return made;
  };

  const runOf = async (runId: string): Promise<Run> => {
    const { rows } = await throughRestarts(() =>
      sql<{ agencyId: string; caseId: string; exhibitId: string } & Omit<Run, 'target'>>`
        select e.agency_id as "agencyId", e.case_id as "caseId", e.id as "exhibitId", r.archives, r.state
        from ingest_runs r join exhibits e on e.id = r.exhibit_id where r.id = ${runId}::uuid`.execute(db),
    );
    const [row] = rows;
    if (row === undefined) throw fail('NOT_FOUND', 'no such ingest');
    const { archives, state, ...target } = row;
    return { target: { ...target, inPlace: false }, archives, state };
  };

  /** Archives first; the exhibit is walked when all of them are. */
  const end = async (runId: string, { target, archives }: Run): Promise<void> => {
    const isWhole = archives === 'sender' || (await openArchives(store, target, stopping.signal));
    if (!isWhole) return;
    await endWalk(db, target.exhibitId, store.config.floodFiles);
    await throughRestarts(() =>
      db.updateTable('ingest_runs').set({ state: 'ended' }).where('id', '=', runId).execute(),
    );
  };

  /** One at a time for a run, whoever asks. */
  const endOnce = (runId: string, run: Run): Promise<void> => {
    const running =
      ending.get(runId) ??
      end(runId, run)
        .catch(async (error: unknown) => {
          const reason = isRedthreadError(error) ? error : fail('INTERNAL', String(error));
          await failWalk(db, run.target.exhibitId, reason);
          throw error;
        })
        .finally(() => ending.delete(runId));
    ending.set(runId, running);
    return running;
  };

  const carryOut = async (order: IntakeOrder): Promise<IntakeReply> => {
    const run = await runOf(order.runId);
    const { target } = run;
    switch (order.op) {
      case 'begin':
        await storeOf(target);
        await beginWalk(db, target.exhibitId);
        return null;
      case 'store': {
        if (run.state !== 'open') throw fail('INGEST_ENDED', 'it is over');
        const answer = await storeReceived(await storeOf(target), target, order.batch);
        files += answer.stored ? order.batch.entries.length : 0;
        statistics.after(files);
        return answer;
      }
      case 'container':
        await noteContainer(db, target.exhibitId, Buffer.from(order.sha256, 'hex'), order.sizeBytes);
        return null;
      case 'damage':
        await throughRestarts(() => markContainer(db, target.exhibitId, order.failure));
        return null;
      case 'image':
        await throughRestarts(() => noteImage(db, target.exhibitId, order.image));
        return null;
      case 'end': {
        if (run.state !== 'ending') return null;
        const ended = endOnce(order.runId, run);
        if (run.archives === 'sender') await ended;
        // A large archive takes longer than a request may: the state of the exhibit tells.
        else ended.catch(() => undefined);
        return null;
      }
      case 'fail':
        await db
          .updateTable('exhibits')
          .set({ state: 'failed', error_code: order.code, error_detail: order.detail })
          .where('id', '=', target.exhibitId)
          .execute();
        return null;
    }
  };

  const abandoned = async (): Promise<void> => {
    const rows = await db
      .selectFrom('uploads')
      .select('id')
      .where('touched_at', '<', sql<Date>`now() - make_interval(hours => ${store.config.uploads.keepHours})`)
      .execute();
    await dropUploads(
      { db, vault: store.vault },
      rows.map(({ id }) => id),
    );
    const old = await store.vault.uploads.untouchedFor(ORPHAN_AFTER_MS);
    const known = await db
      .selectFrom('uploads')
      .select('id')
      .where('id', '=', sql<string>`any(${old}::uuid[])`)
      .execute();
    const wanted = new Set(known.map(({ id }) => id));
    await store.vault.uploads.remove(old.filter((id) => !wanted.has(id)));
  };

  return {
    ask: (async (order: IntakeOrder) => carryOut(order)) as Intake['ask'],
    tidy: async () => {
      const left = await db.selectFrom('ingest_runs').select('id').where('state', '=', 'ending').execute();
      for (const { id } of left) endOnce(id, await runOf(id)).catch(() => undefined);
      await abandoned();
    },
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(ending.values());
      await statistics.idle();
    },
  };
};
