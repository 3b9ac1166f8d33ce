// The sealer: one process a store, found by a lock. Every second and a half it seals what is settled and leaves heads at the
// anchors. It may be killed at any time: a round is one transaction, and what waits is sealed by whoever comes next.
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Config } from '../app/config.js';
import { registerProcess, runnerOf, type RegisteredProcess } from '../app/processes.js';
import { CHILD_NOTE } from '../app/supervisor.js';
import { isPassing } from '../app/through-restarts.js';
import { openStore, type Database, type SealerStatus, type Store } from '../store/index.js';
import { Anchoring } from './anchors/anchoring.js';
import { ROUND_EVENTS, Rounds } from './round.js';
import { signReports } from './sign-reports.js';

/** 'rtse': the name of the lock that the one sealer of a database holds. */
const LOCK = 0x72747365;
/** Events wait no longer than two seconds for their head: this, and the time of a round. */
const PAUSE_MS = 1_500;
const STAND_BY_MS = 2_000;
const BROKEN_PAUSE_MS = 300;
/** What did not fit its head may have been restored meanwhile. */
const LOOK_AGAIN_MS = 60_000;

/** Runs `work` on a connection that holds the lock; null when somebody else holds it. */
const withLock = <T>(db: Kysely<Database>, work: (session: Kysely<Database>) => Promise<T>): Promise<T | null> =>
  db.connection().execute(async (session) => {
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${LOCK}) as locked`.execute(session);
    if (rows[0]?.locked !== true) return null;
    try {
      return await work(session);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(session).catch(() => undefined);
    }
  });

/** Errors: of opening the store; KEY_MISSING, KEY_DAMAGED, KEY_WRONG. A database that goes away is waited for. */
export const runSealer = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['sealer'], prepare: 'no' });
  try {
    store.keys.requireReady();
    while (!stopping.aborted) {
      try {
        if ((await withLock(store.sealer, (session) => serve(store, session, stopping))) === null)
          await pause(STAND_BY_MS, stopping);
      } catch (error) {
        if (stopping.aborted) break;
        if (!isPassing(error)) throw error;
        await pause(BROKEN_PAUSE_MS, stopping);
      }
    }
  } finally {
    await store.close();
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

const serve = async (store: Store<'sealer'>, session: Kysely<Database>, stopping: AbortSignal): Promise<true> => {
  const anchoring = new Anchoring(store.config.anchors);
  const note = noteOnce();
  let rounds = new Rounds(store.keys);
  let openedAt = Date.now();
  let self: RegisteredProcess | null = null;
  let anchored: Promise<void> = Promise.resolve();
  let isAnchoring = false;
  const status = (): SealerStatus => ({
    state: rounds.broken === null ? 'sealing' : 'broken',
    detail: rounds.broken === null ? null : 'something sealed does not fit its head',
    anchors: anchoring.status,
  });
  try {
    self = await registerProcess(runnerOf(store.sealer), 'sealer', () => Promise.resolve(status()));
    for (;;) {
      const isLast = stopping.aborted;
      // What came meanwhile has its head with the next round; only a full one says that more was there already.
      while ((await rounds.seal(session)) === ROUND_EVENTS);
      await signReports(session, store.keys);
      note('sealing', rounds.broken === null ? null : `RECORD_BROKEN: ${rounds.broken}`);
      if (!isAnchoring) {
        // An authority that does not answer keeps no event from being sealed.
        isAnchoring = true;
        anchored = anchoring.run(store.sealer).finally(() => {
          isAnchoring = false;
          for (const { kind, code, detail } of anchoring.status)
            note(kind, code === null ? null : `${code}: ${detail ?? ''}`);
        });
      }
      if (isLast) return true;
      if (rounds.broken !== null && Date.now() - openedAt > LOOK_AGAIN_MS) {
        rounds = new Rounds(store.keys);
        openedAt = Date.now();
      }
      await pause(PAUSE_MS, stopping);
    }
  } finally {
    await anchored.catch(() => undefined);
    await self?.leave();
  }
};

/** Says each change of each thing once, where people read it. */
const noteOnce = () => {
  const said = new Map<string, string | null>();
  return (about: string, line: string | null): void => {
    if ((said.get(about) ?? null) === line) return;
    said.set(about, line);
    process.stderr.write(`${CHILD_NOTE}${line ?? `${about}: well again`}\n`);
  };
};

/**
 * Seals what is settled now, unless somebody else does or the store has no key, and anchors in the file when that is due; the
 * time-stamp authority is left to those who stay. Answers how many events were sealed, null when nobody could. Errors: of the database.
 */
export const sealWhatWaits = async (
  store: Pick<Store<'sealer'>, 'sealer' | 'keys' | 'config'>,
): Promise<number | null> => {
  if (!store.keys.ready) return null;
  return withLock(store.sealer, async (session) => {
    const rounds = new Rounds(store.keys);
    let sealed = 0;
    for (let more = ROUND_EVENTS; more === ROUND_EVENTS; sealed += more) more = await rounds.seal(session);
    await signReports(session, store.keys);
    await new Anchoring(store.config.anchors).run(session, ['file']);
    return sealed;
  });
};
