// The matcher: one process a store. It holds the near index in memory, follows new signals, and writes matches, stacks
// and the completion of exhibits. Others of its kind stand by for the lock. Everything it knows is read again at start.
import { sql, type Kysely } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../app/config.js';
import { registerProcess, runnerOf, type RegisteredProcess } from '../app/processes.js';
import { isPassing } from '../app/through-restarts.js';
import {
  FREE_INTERVAL_MS,
  freeDeadLeases,
  RENEW_INTERVAL_MS,
  renewLeases,
  WORK_CHANNEL,
} from '../features/work/index.js';
import { openStore, type Database, type Store } from '../store/index.js';
import { createWake } from '../worker/wake.js';
import { completeExhibits } from '../features/exhibits/index.js';
import { loadIndex } from './load-index.js';
import { matchBatch } from './match-batch.js';

const POLL_MS = 1_000;
const COMPLETION_MS = 2_000;
const STAND_BY_MS = 2_000;
const BROKEN_PAUSE_MS = 300;
/** 'rtma': the name of the lock that the one active matcher of a database holds. */
const LOCK = 0x72746d61;

/** Errors: of opening the store. A database that goes away is waited for. */
export const runMatcher = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['matcher'], prepare: 'no' });
  const wake = createWake();
  stopping.addEventListener('abort', wake.ring, { once: true });
  try {
    await store.listen(WORK_CHANNEL, (stage) => {
      if (stage === null || stage === 'match') wake.ring();
    });
    while (!stopping.aborted) {
      try {
        // The lock lives and dies with this connection, and all work is done on it.
        await store.matcher.connection().execute((session) => serve(store, session, stopping, wake.wait));
      } catch (error) {
        if (!isPassing(error)) throw error;
        await sleep(BROKEN_PAUSE_MS);
      }
    }
  } finally {
    await store.close();
  }
};

const serve = async (
  store: Store<'matcher'>,
  session: Kysely<Database>,
  stopping: AbortSignal,
  wait: (timeoutMs: number) => Promise<void>,
): Promise<void> => {
  const lock = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${LOCK}) as locked`.execute(session);
  if (lock.rows[0]?.locked !== true) return wait(STAND_BY_MS);
  const timers: NodeJS.Timeout[] = [];
  let self: RegisteredProcess | null = null;
  try {
    const index = await loadIndex(session);
    const run = runnerOf(store.matcher);
    const process = (self = await registerProcess(run, 'matcher'));
    await freeDeadLeases(session);
    const every = (ms: number, task: () => Promise<unknown>): void =>
      void timers.push(setInterval(() => void task().catch(() => undefined), ms));
    every(RENEW_INTERVAL_MS, () => renewLeases(store.matcher, process.id));
    every(FREE_INTERVAL_MS, () => freeDeadLeases(store.matcher));
    let lookedAt = 0;
    while (!stopping.aborted) {
      const matched = await matchBatch(session, index, process.id);
      // A large exhibit in work must not keep a small one from being complete.
      if (matched === 0 || Date.now() - lookedAt > COMPLETION_MS) {
        await completeExhibits(session);
        lookedAt = Date.now();
      }
      if (matched === 0) await wait(POLL_MS);
    }
  } finally {
    for (const timer of timers) clearInterval(timer);
    await self?.leave();
    await sql`select pg_advisory_unlock(${LOCK})`.execute(session).catch(() => undefined);
  }
};
