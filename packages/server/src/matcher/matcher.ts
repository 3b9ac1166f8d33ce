// The matcher: one process a store. Its indexes live in threads and follow the change feed; it writes matches, stacks and the
// completion of exhibits. Others of its kind stand by for the lock. Everything it knows can be read again from the database.
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkStage } from '@redthread/core/contract';
import type { Config } from '../app/config.js';
import { registerProcess, runnerOf, type RegisteredProcess } from '../app/processes.js';
import { answerProposals, type ProposalDoor } from '../app/proposal-channel.js';
import { CHILD_NOTE } from '../app/supervisor.js';
import { isPassing } from '../app/through-restarts.js';
import {
  FREE_INTERVAL_MS,
  freeDeadLeases,
  isComparing,
  RENEW_INTERVAL_MS,
  renewLeases,
  WORK_CHANNEL,
} from '../features/work/index.js';
import { openStore, type Database, type Store } from '../store/index.js';
import { createWake, type Wake } from '../worker/wake.js';
import { completeExhibits } from '../features/exhibits/index.js';
import { CONNECTION_CHANGES_INTERVAL_MS, trimConnectionChanges } from './connections.js';
import { ENDED_RISK_INTERVAL_MS, tellOfEndedRisk } from './at-risk.js';
import { CONTACTS_INTERVAL_MS, tellContacts } from './contacts.js';
import { ENDED_LISTS_INTERVAL_MS, tellOfEndedLists } from './ended-lists.js';
import { INDEX_CHANNEL } from './feed/index.js';
import { matchBatch } from './match-batch.js';
import { MatchIndex } from './match-index.js';

const POLL_MS = 1_000;
const COMPLETION_MS = 2_000;
const STAND_BY_MS = 2_000;
const BROKEN_PAUSE_MS = 300;
/** 'rtma': the name of the lock that the one active matcher of a database holds. */
const LOCK = 0x72746d61;

/** One life of the matcher, whatever happens to its connections. */
interface Life {
  readonly store: Store<'matcher'>;
  readonly index: MatchIndex;
  readonly stopping: AbortSignal;
  /** There is work to match. */
  readonly work: Wake;
  /** There are changes to follow. */
  readonly changes: Wake;
}

/** Errors: of opening the store. A database that goes away is waited for. */
export const runMatcher = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['matcher'], prepare: 'no' });
  const [work, changes] = [createWake(), createWake()];
  const ringAll = (): void => [work, changes].forEach(({ ring }) => ring());
  stopping.addEventListener('abort', ringAll, { once: true });
  const index = new MatchIndex({
    db: store.matcher,
    folder: join(config.dataFolder, 'index'),
    searchThreads: config.searchThreads,
    log: (line) => void process.stderr.write(`${CHILD_NOTE}${line}\n`),
  });
  try {
    await store.listen(WORK_CHANNEL, (stage) => {
      if (stage === null || isComparing(stage as WorkStage)) work.ring();
    });
    await store.listen(INDEX_CHANNEL, changes.ring);
    while (!stopping.aborted) {
      try {
        // The lock lives and dies with this connection, and all work is done on it.
        await store.matcher
          .connection()
          .execute((session) => serve({ store, index, stopping, work, changes }, session));
      } catch (error) {
        if (stopping.aborted) break;
        if (!isPassing(error)) throw error;
        await sleep(BROKEN_PAUSE_MS);
      }
    }
  } finally {
    await index.close();
    await store.close();
  }
};

const serve = async (life: Life, session: Kysely<Database>): Promise<void> => {
  const { store, index, stopping, work } = life;
  const lock = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${LOCK}) as locked`.execute(session);
  if (lock.rows[0]?.locked !== true) return work.wait(STAND_BY_MS);
  const timers: NodeJS.Timeout[] = [];
  let self: RegisteredProcess | null = null;
  let following: Following | null = null;
  let door: ProposalDoor | null = null;
  try {
    const process = (self = await registerProcess(runnerOf(store.matcher), 'matcher', () => index.status()));
    await freeDeadLeases(session);
    const every = (ms: number, task: () => Promise<unknown>): void =>
      void timers.push(setInterval(() => void task().catch(() => undefined), ms));
    every(RENEW_INTERVAL_MS, () => renewLeases(store.matcher, process.id));
    every(FREE_INTERVAL_MS, () => freeDeadLeases(store.matcher));
    every(CONTACTS_INTERVAL_MS, () => tellContacts(store.matcher));
    every(ENDED_RISK_INTERVAL_MS, () => tellOfEndedRisk(store.matcher));
    every(ENDED_LISTS_INTERVAL_MS, () => tellOfEndedLists(store.matcher));
    every(CONNECTION_CHANGES_INTERVAL_MS, () => trimConnectionChanges(store.matcher));
    await index.open(stopping);
    await process.beat();
    following = follow(life);
    door = await answerProposals(store.config.dataFolder, (signals) => index.answer(signals));
    let lookedAt = 0;
    while (!stopping.aborted) {
      following.check();
      // Parts are compared when nothing waits to be compared as a whole.
      const wholes = await matchBatch(session, index, process.id, 'match');
      const matched =
        wholes > 0 || !index.arePartsReady ? wholes : await matchBatch(session, index, process.id, 'parts');
      // A large exhibit in work must not keep a small one from being complete.
      if (matched === 0 || Date.now() - lookedAt > COMPLETION_MS) {
        await completeExhibits(session);
        lookedAt = Date.now();
      }
      if (matched === 0) await work.wait(POLL_MS);
    }
  } finally {
    for (const timer of timers) clearInterval(timer);
    await door?.close();
    await following?.stop();
    await self?.leave();
    // Saved with the lock still held: the next matcher must find the snapshot of this one, and save none meanwhile.
    if (stopping.aborted) await index.close();
    await sql`select pg_advisory_unlock(${LOCK})`.execute(session).catch(() => undefined);
  }
};

interface Following {
  /** Throws what ended the following. */
  check(): void;
  stop(): Promise<void>;
}

/** Keeps the index true beside the matching, for as long as this process is the active one. */
const follow = ({ index, changes, work }: Life): Following => {
  const stop = new AbortController();
  let failure: unknown = null;
  const running = index.run(changes, stop.signal).catch((error: unknown) => {
    failure = error;
    work.ring();
  });
  return {
    check: () => {
      if (failure !== null) throw failure as Error;
    },
    stop: async () => {
      stop.abort();
      changes.ring();
      await running;
    },
  };
};
