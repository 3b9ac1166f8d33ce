// A whole ingest from a machine without the database: walked and hashed here, stored on a server, until everything is
// decoded and matched there. Interrupted at any moment, the same command goes on.
import { createHmac } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConnectionPage,
  Exhibit,
  FailureRow,
  Funnel,
  IngestOpened,
  IngestProgress,
  page,
  type IngestFinish,
} from '@redthread/core/contract';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import { printable, type Viewing } from '@redthread/core/sending';
import type { Config } from '../../../app/config.js';
import type { Secret } from '../../../app/secret.js';
import { walk } from '../../../media/walk/index.js';
import { HashPool } from '../ingest/hash-pool.js';
import { noCounts, Pipeline, type PipelineCounts } from '../ingest/pipeline.js';
import { runWalk } from '../ingest/run.js';
import { beforeWalk, walkLimits } from '../ingest/walk-exhibit.js';
import { SHOWN_CONNECTIONS, SHOWN_FAILURES, type IngestReport } from '../ingest-report.js';
import type { ExhibitProgress } from '../progress.js';
import { openSource, type Source } from '../source.js';
import { createApiClient, type ApiClient } from './api-client.js';
import { remoteEnd } from './remote-end.js';
import { openScratch, type Scratch } from './scratch.js';
import type { ServerAddress } from './server-address.js';

export interface RemoteIngest {
  readonly address: ServerAddress;
  readonly key: Secret;
  readonly source: string;
  readonly case: string;
  readonly exhibit: string;
  /** So long the server may be silent. */
  readonly patienceMs: number;
}

export interface RemoteIngestOptions {
  readonly stopping: AbortSignal;
  readonly wait: boolean;
  readonly viewing: Viewing;
  /** Tried on what is locked, in order. */
  readonly passwords?: readonly string[];
  readonly onProgress?: (progress: ExhibitProgress, walking: Readonly<PipelineCounts> | null) => void;
  readonly onTrouble?: (line: string) => void;
}

type Settings = Pick<Config, 'hashThreads' | 'archiveMaxDepth' | 'archiveMaxRatio' | 'archiveMaxEntries'>;

const POLL_MS = 500;
/** Whether the server is there at all is known soon. */
const OPENS_WITHIN_MS = 30_000;
const BATCHES_AHEAD = 4;

/**
 * Errors: SOURCE_UNREADABLE, SOURCE_NOT_SUPPORTED, SERVER_UNREACHABLE, SERVER_ANSWER_INVALID, DISK_FULL (of the server, or
 * of the scratch here), INGEST_ENDED, and those of the server for the exhibit.
 */
export const ingestToServer = async (
  settings: Settings,
  input: RemoteIngest,
  { stopping, wait, viewing, passwords = [], onProgress, onTrouble }: RemoteIngestOptions,
): Promise<IngestReport> => {
  const startedAt = performance.now();
  const source = openSource(input.source);
  const scratch = await openScratch();
  const client = createApiClient({
    ...input,
    stopping,
    connections: 2 * BATCHES_AHEAD,
    ...(onTrouble && { onTrouble }),
  });
  let watch: Watch | null = null;
  try {
    const opened = await open(client, input, source);
    watch = watchProgress(client, opened.id, onProgress);
    const { counts, interrupted } = await walkToServer(settings, {
      client,
      scratch,
      source,
      opened,
      viewing,
      passwords,
      stopping,
      watch,
    });
    watch.walking(null);
    const isCut = interrupted || (wait && !(await untilComplete(client, opened.id, stopping)));
    const durationMs = Math.round(performance.now() - startedAt);
    await watch.stop();
    const progress = await readProgress(client, opened.id);
    onProgress?.(progress, null);
    const found = await readFound(client, opened.exhibitId);
    return { exhibitId: opened.exhibitId, counts, interrupted: isCut, progress, durationMs, found };
  } finally {
    await watch?.stop();
    client.close();
    scratch.close();
  }
};

const open = (client: ApiClient, input: RemoteIngest, source: Source): Promise<IngestOpened> => {
  const { key, case: caseReference, exhibit } = input;
  const name = printable(`${hostname()}:${source.path}`).slice(0, 1000);
  // The same machine, source and key is the same sender, whichever process it is.
  const sender = createHmac('sha256', key.reveal())
    .update([hostname(), process.getuid?.() ?? '', source.path, caseReference, exhibit].join('\0'))
    .digest('base64url');
  const json = {
    case: caseReference,
    exhibit,
    source: { kind: source.kind, name, sizeBytes: source.sizeBytes },
    sender,
    archives: 'sender',
  };
  return client.call({ method: 'POST', path: '/ingests', json, patienceMs: OPENS_WITHIN_MS }, IngestOpened);
};

interface Walk {
  readonly client: ApiClient;
  readonly scratch: Scratch;
  readonly source: Source;
  readonly opened: IngestOpened;
  readonly viewing: Viewing;
  readonly passwords: readonly string[];
  readonly stopping: AbortSignal;
  readonly watch: Watch;
}

const walkToServer = async (
  settings: Settings,
  { client, scratch, source, opened, viewing, passwords, stopping, watch }: Walk,
): Promise<{ counts: Readonly<PipelineCounts>; interrupted: boolean }> => {
  const { id: runId, limits, resumed } = opened;
  const pool = new HashPool(settings.hashThreads, { vaultFolder: scratch.vault.folder });
  const end = remoteEnd({ client, runId, limits, scratch });
  const pipeline = new Pipeline(end, pool, Math.max(settings.hashThreads, BATCHES_AHEAD - 1), resumed);
  const finish = (rest: Pick<IngestFinish, 'interrupted' | 'failure'>): Promise<void> => {
    const { files, bytes, unread } = pipeline.counts;
    return client.send({ method: 'POST', path: `/ingests/${runId}/end`, json: { files, bytes, unread, ...rest } });
  };
  watch.walking(pipeline.counts);
  try {
    // An archive is verified before it is gone on with, and hashed beside the walk the first time.
    const digest = digestContainer(client, runId, source, pool);
    digest.catch(() => undefined);
    if (resumed) await digest;
    const entries = walk(source.path, { limits: walkLimits(settings), passwords });
    const before = beforeWalk(source, settings);
    const atEnd = await runWalk({ end, pipeline, entries, before, isResumed: resumed, viewing, stopping });
    if (atEnd) await digest;
    await finish({ interrupted: !atEnd, failure: null });
    return { counts: pipeline.counts, interrupted: !atEnd };
  } catch (error) {
    const { code, detail } = isRedthreadError(error) ? error : fail('INTERNAL', String(error));
    if (code !== 'INGEST_ENDED' && code !== 'SERVER_UNREACHABLE')
      await finish({ interrupted: true, failure: { code, detail: printable(detail).slice(0, 2000) } }).catch(
        () => undefined,
      );
    throw error;
  } finally {
    await pool.stop();
  }
};

const digestContainer = async (client: ApiClient, runId: string, source: Source, pool: HashPool): Promise<void> => {
  if (source.kind === 'folder') return;
  const { outcome, digests } = await pool.digestLarge(source.path, null, source.sizeBytes ?? 0, 'sha256');
  if (!outcome.ok) throw fail('SOURCE_UNREADABLE', saying`${source.path}: ${outcome.detail}`);
  const json = { sha256: digests.sha256.toString('hex'), sizeBytes: outcome.sizeBytes };
  await client.send({ method: 'PUT', path: `/ingests/${runId}/container`, json });
};

const readProgress = (client: ApiClient, runId: string): Promise<IngestProgress> =>
  client.call({ method: 'GET', path: `/ingests/${runId}` }, IngestProgress);

/** False when `stopping` came first. */
const untilComplete = async (client: ApiClient, runId: string, stopping: AbortSignal): Promise<boolean> => {
  while (!stopping.aborted) {
    const { state } = await readProgress(client, runId);
    if (state === 'complete') return true;
    if (state === 'failed') return false;
    await sleep(POLL_MS);
  }
  return false;
};

interface Watch {
  walking(counts: Readonly<PipelineCounts> | null): void;
  stop(): Promise<void>;
}

/** Also tells the server that the sender lives. */
const watchProgress = (client: ApiClient, runId: string, report: RemoteIngestOptions['onProgress']): Watch => {
  let walking: Readonly<PipelineCounts> | null = noCounts();
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const startedAt = Date.now();
      const progress = await readProgress(client, runId).catch(() => null);
      if (progress !== null && !stop.signal.aborted) report?.(progress, walking);
      const pauseMs = Math.max(POLL_MS, (Date.now() - startedAt) * 20);
      await sleep(Math.min(pauseMs, 10_000), undefined, { signal: stop.signal }).catch(() => undefined);
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

/** Null where the key may not read. */
const readFound = async (client: ApiClient, exhibitId: string): Promise<IngestReport['found']> => {
  const get = (path: string): { readonly method: 'GET'; readonly path: string } => ({ method: 'GET', path });
  try {
    const [failures, { images }, funnel, connections] = await Promise.all([
      client.call(get(`/exhibits/${exhibitId}/failures?limit=${SHOWN_FAILURES}`), page(FailureRow)),
      client.call(get(`/exhibits/${exhibitId}`), Exhibit),
      client.call(get(`/funnel?exhibit=${exhibitId}`), Funnel),
      client.call(get(`/connections?exhibit=${exhibitId}&limit=${SHOWN_CONNECTIONS}`), ConnectionPage),
    ]);
    return { failures, images, funnel, connections: connections.items };
  } catch (error) {
    if (isRedthreadError(error) && error.code === 'FORBIDDEN') return null;
    throw error;
  }
};
