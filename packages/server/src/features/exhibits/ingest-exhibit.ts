// A whole ingest as a person asks for it: registered, walked, decoded, matched, with beginning and end on record.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '@redthread/core/domain';
import { isRedthreadError } from '@redthread/core/errors';
import type { Viewing } from '@redthread/core/sending';
import { registerProcess, runnerOf } from '../../app/processes.js';
import { throughRestarts } from '../../app/through-restarts.js';
import { auditRefusal, type Store } from '../../store/index.js';
import type { PipelineCounts } from './ingest/pipeline.js';
import { walkExhibit } from './ingest/walk-exhibit.js';
import { keepProcessing } from './processing.js';
import { areParted, readProgress, type ExhibitProgress } from './progress.js';
import { recordIngestEnd, registerExhibit, type RegisteredExhibit, type RegisterExhibit } from './service.js';

export type IngestWait = boolean | 'parts';

export interface IngestOptions {
  /** What was said of the provider who reported the files; by default nothing. */
  readonly viewing?: Viewing;
  /** Tried on what is locked, in order. */
  readonly passwords?: readonly string[];
  /** Ends the ingest after the batches under way; run again, it goes on. */
  readonly stopping?: AbortSignal;
  /** Also wait until everything is decoded and matched (the default), or `parts` compared too, starting the processes for it when nobody else does. */
  readonly wait?: IngestWait;
  /** About twice a second. */
  readonly onProgress?: (progress: ExhibitProgress, walking: Readonly<PipelineCounts> | null) => void;
  /** One line about a child process that had to be started again. */
  readonly onTrouble?: (line: string) => void;
}

export interface IngestResult {
  readonly exhibit: RegisteredExhibit;
  readonly counts: Readonly<PipelineCounts>;
  readonly interrupted: boolean;
  readonly progress: ExhibitProgress;
  /** From the registration to the end of what was waited for. */
  readonly durationMs: number;
}

const POLL_MS = 400;

/** Errors: those of `registerExhibit` and `walkExhibit`. */
export const ingestExhibit = async (
  store: Store<'app' | 'worker'>,
  ctx: Context,
  input: RegisterExhibit,
  {
    stopping = new AbortController().signal,
    wait = true,
    viewing,
    passwords,
    onProgress,
    onTrouble,
  }: IngestOptions = {},
): Promise<IngestResult> => {
  const startedAt = performance.now();
  const exhibit = await registerExhibit(store, ctx, input).catch(async (error: unknown) => {
    if (isRedthreadError(error) && (error.status === 403 || error.status === 404))
      await auditRefusal(store.app, ctx, { code: error.code, attempted: `ingest into ${input.caseReference}` });
    throw error;
  });
  const { exhibitId } = exhibit;
  const self = await registerProcess(runnerOf(store.worker), 'ingest');
  const processing = wait === false ? null : keepProcessing(store, onTrouble);
  const watch = watchProgress(store, exhibitId, onProgress);
  let counts: Readonly<PipelineCounts> | null = null;
  let interrupted = true;
  try {
    const onStart = (live: Readonly<PipelineCounts>): void => {
      counts = live;
      watch.walking(live);
    };
    const outcome = await walkExhibit(store, exhibit, {
      stopping,
      onStart,
      ...(viewing && { viewing }),
      ...(passwords && { passwords }),
    });
    ({ counts, interrupted } = outcome);
    watch.walking(null);
    if (wait !== false && !interrupted)
      interrupted = !(await untilComplete(store, exhibitId, stopping, wait === 'parts'));
    const durationMs = Math.round(performance.now() - startedAt);
    await watch.stop();
    const progress = await throughRestarts(() => readProgress(store.worker, exhibitId));
    onProgress?.(progress, null);
    return { exhibit, counts: outcome.counts, interrupted, progress, durationMs };
  } finally {
    await watch.stop();
    await processing?.stop();
    await self.leave();
    const { files, bytes, unread } = counts ?? { files: 0, bytes: 0, unread: 0 };
    await throughRestarts(() => recordIngestEnd(store, ctx, exhibitId, { files, bytes, unread, interrupted }));
  }
};

/** False when `stopping` came first. */
const untilComplete = async (
  store: Store<'worker'>,
  exhibitId: string,
  stopping: AbortSignal,
  withParts: boolean,
): Promise<boolean> => {
  while (!stopping.aborted) {
    const { state } = await throughRestarts(() =>
      store.worker.selectFrom('exhibits').select('state').where('id', '=', exhibitId).executeTakeFirstOrThrow(),
    );
    const isComplete = state === 'complete';
    if (isComplete && !withParts) return true;
    if (isComplete && areParted(await throughRestarts(() => readProgress(store.worker, exhibitId)))) return true;
    await sleep(POLL_MS);
  }
  return false;
};

interface Watch {
  walking(counts: Readonly<PipelineCounts> | null): void;
  stop(): Promise<void>;
}

/** Reads the progress at a pace that costs nothing worth mentioning: a large exhibit takes a while to count. */
const watchProgress = (store: Store<'worker'>, exhibitId: string, report: IngestOptions['onProgress']): Watch => {
  let walking: Readonly<PipelineCounts> | null = null;
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    while (report !== undefined && !stop.signal.aborted) {
      const startedAt = Date.now();
      const progress = await readProgress(store.worker, exhibitId).catch(() => null);
      if (progress !== null && !stop.signal.aborted) report(progress, walking);
      const tookMs = Date.now() - startedAt;
      await sleep(Math.max(POLL_MS, tookMs * 20), undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    walking: (counts) => void (walking = counts),
    stop: async () => {
      stop.abort();
      await looping;
    },
  };
};
