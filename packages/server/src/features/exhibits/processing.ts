// Somebody has to decode, match and put under seal what an ingest brings: the processes of a running server, or, when there are
// none (or they die), children of our own for as long as they are needed.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { liveProcesses, runnerOf } from '../../app/processes.js';
import { startProcesses, type Supervisor } from '../../app/supervisor.js';
import type { Store } from '../../store/index.js';

export interface Processing {
  /** Ends the children that were started here. */
  stop(): Promise<void>;
}

const CHECK_INTERVAL_MS = 1_000;
const FIRST_CHECKS_MS = 250;

/** Looks every second; starts workers, a matcher and a sealer when there is work and none of the kind lives. */
export const keepProcessing = (
  store: Store<'worker'>,
  onTrouble: (line: string) => void = () => undefined,
): Processing => {
  const started: Supervisor[] = [];
  const own = { worker: false, matcher: false, sealer: false };
  const check = async (): Promise<void> => {
    if ((own.worker && own.matcher && own.sealer) || !(await hasWork(store))) return;
    const live = await liveProcesses(runnerOf(store.worker), ['worker', 'matcher', 'sealer']);
    const lacking = (kind: keyof typeof own): boolean => !own[kind] && live.every((process) => process.kind !== kind);
    const workers = lacking('worker') ? Math.max(1, store.config.workers) : 0;
    const [matcher, sealer] = [lacking('matcher'), lacking('sealer')];
    own.worker ||= workers > 0;
    own.matcher ||= matcher;
    own.sealer ||= sealer;
    if (workers > 0 || matcher || sealer)
      started.push(startProcesses(store.config, { workers, matcher, sealer }, { onTrouble }));
  };
  const stop = new AbortController();
  const looking = (async () => {
    while (!stop.signal.aborted) {
      // The database may be restarting: the next look tells.
      await check().catch(() => undefined);
      const pauseMs = started.length === 0 ? FIRST_CHECKS_MS : CHECK_INTERVAL_MS;
      await sleep(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stop.abort();
      await looking;
      await Promise.all(started.map((supervisor) => supervisor.stop()));
    },
  };
};

/** Two questions, because each state has an index of its own. */
const hasWork = async ({ worker }: Store<'worker'>): Promise<boolean> => {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (select from work where state = 'queued' and stage in ('decode', 'match'))
      or exists (select from work where state = 'leased' and stage in ('decode', 'match')) as waiting`.execute(worker);
  return rows[0]?.waiting === true;
};
