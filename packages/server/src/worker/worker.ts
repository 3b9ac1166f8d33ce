// A worker: leases jobs, feeds its decoder child, stores what comes back. It may be killed at any time: what it held is
// freed by the others, and what it had stored stays.
import type { WorkStage } from '@redthread/core/contract';
import { registerProcess, runnerOf } from '../app/processes.js';
import { throughRestarts } from '../app/through-restarts.js';
import type { Config } from '../app/config.js';
import { CHILD_NOTE } from '../app/supervisor.js';
import {
  FREE_INTERVAL_MS,
  freeDeadLeases,
  isComparing,
  releaseLeases,
  RENEW_INTERVAL_MS,
  renewLeases,
  WORK_CHANNEL,
} from '../features/work/index.js';
import { runWaiting } from '../features/requests/index.js';
import { createDecoder, decoderOptionsOf } from '../media/decode/index.js';
import { createFilmReader } from '../media/film/index.js';
import { openStore, type Store } from '../store/index.js';
import { ahead } from './ahead.js';
import { createArenas } from './arenas.js';
import { decodeJob, loadJob, objectNamers } from './decode-job.js';
import { leasedJobs, type LeasedJob } from './leased-jobs.js';
import { createChatsStage } from './chats-stage.js';
import { createFeaturesStage } from './features-stage.js';
import { createMetadataStage } from './metadata-stage.js';
import { oneAtATime } from './one-at-a-time.js';
import { createResultBatch } from './result-batch.js';
import { storeResults } from './store-results.js';
import { createWake } from './wake.js';

/** Originals that are read and opened while one is decoded. */
const READ_AHEAD = 2;
const POLL_MS = 1_000;
/** So long nothing must have come to be decoded before later stages begin. */
const QUIET_MS = 2_000;
/** What two persons have agreed on is told of at once; this finds what a dead worker has left. */
const REQUESTS_EVERY_MS = 10_000;

/** Works until `stopping`, then ends its batch and gives the rest back. Errors: of opening the store; DISK_FULL; DB_UNREACHABLE. */
export const runWorker = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['worker'], prepare: 'no' });
  try {
    await work(store, stopping);
  } finally {
    await store.close();
  }
};

/** Notes for the log of the server; what is so at every look is said once, and again when it has changed. */
const notesOnce = (): ((line: string) => void) => {
  let said: string | null = null;
  return (line) => {
    if (line !== said) process.stderr.write(`${CHILD_NOTE}${line}\n`);
    said = line;
  };
};

const work = async (store: Store<'worker'>, stopping: AbortSignal): Promise<void> => {
  const { config, worker: db } = store;
  store.keys.requireReady();
  const self = await throughRestarts(() => registerProcess(runnerOf(db), 'worker'));
  await throughRestarts(() => freeDeadLeases(db));
  const wake = createWake();
  stopping.addEventListener('abort', wake.ring, { once: true });
  const warn = notesOnce();
  const requests = oneAtATime(() => runWaiting(store, { stopping, warn }));
  const stopListening = await store.listen(WORK_CHANNEL, (stage) => {
    if (stage === null || !isComparing(stage as WorkStage)) wake.ring();
    if (stage === 'request' || stage === null) void requests();
  });
  const every = (ms: number, task: () => Promise<unknown>): NodeJS.Timeout =>
    setInterval(() => void task().catch(() => undefined), ms);
  const timers = [
    every(REQUESTS_EVERY_MS, requests),
    every(RENEW_INTERVAL_MS, () => renewLeases(db, self.id)),
    every(FREE_INTERVAL_MS, () => freeDeadLeases(db)),
  ];

  const limits = decoderOptionsOf(config);
  const decoder = createDecoder(limits);
  const readers = { decoder, films: createFilmReader(limits) };
  // The quickest first: all that files say of themselves is read before the first is searched for features.
  const chats = createChatsStage(store, self.id, stopping);
  const later = [createMetadataStage(store, self.id, decoder), createFeaturesStage(store, self.id, decoder)];
  const arenas = createArenas();
  const namerOf = objectNamers(store);
  const batch = createResultBatch((results) => storeResults(store, results));
  let idleSince: number | null = null;
  const whenIdle = async (): Promise<void> => {
    idleSince ??= Date.now();
    if (stopping.aborted || (await chats.workOnce())) return;
    // Not in every breath that the walk takes: it would cost the decoders their processor.
    if (Date.now() - idleSince > QUIET_MS) for (const stage of later) if (await stage.workOnce()) return;
    await wake.wait(POLL_MS);
  };
  try {
    const jobs = leasedJobs({ store, processId: self.id, stopping, whenIdle });
    const load = ({ lease, original }: LeasedJob) => loadJob(store, lease, original, arenas.take);
    for await (const job of ahead(jobs, READ_AHEAD, load)) {
      idleSince = null;
      const result = await decodeJob(store, readers, namerOf, job);
      if (job.read?.ok === true) arenas.giveBack(job.read.bytes);
      await batch.add(result);
    }
    await batch.finish();
  } finally {
    for (const timer of timers) clearInterval(timer);
    await decoder.close();
    for (const stage of [chats, ...later]) await stage.close();
    await stopListening();
    await requests.settled();
    await releaseLeases(db, self.id).catch(() => undefined);
    await self.leave();
  }
};
