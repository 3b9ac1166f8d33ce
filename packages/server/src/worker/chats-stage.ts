// Chat exports: told by the first bytes of files whose name allows it, read in a child, written export by export, set beside the other exports of the same group.
import { sql } from 'kysely';
import { fail, isRedthreadError, type RedthreadError } from '@redthread/core/errors';
import { throughRestarts } from '../app/through-restarts.js';
import {
  alignExports,
  failExport,
  readExport,
  readTargets,
  type ExportFile,
  type ReadTarget,
} from '../features/chats/index.js';
import { completeExhibits } from '../features/exhibits/index.js';
import {
  announceWork,
  completeWork,
  failWork,
  givenUp,
  leaseWork,
  requeueWork,
  type Lease,
} from '../features/work/index.js';
import { CHAT_HEAD_BYTES, detectChat } from '../formats/chats/index.js';
import { createChatReader, type ChatReader } from '../media/chats/index.js';
import { streamRange, type RandomAccess } from '../media/walk/index.js';
import type { Store } from '../store/index.js';
import { failureOf } from './decode-job.js';
import type { Undecoded } from './decode-result.js';
import type { LaterStage } from './later-stage.js';
import { findOriginals, markLost, openOriginal, type LostSource, type Original } from './originals.js';

/** Most are texts that are no chat, which is told by a look; one that is may take minutes, and the next one another worker. */
const BATCH = 4;
const FOREIGN_KEY_VIOLATION = '23503';

type Failure = Pick<Undecoded, 'kind' | 'code' | 'detail'>;

export const createChatsStage = (store: Store<'worker'>, processId: string, stopping: AbortSignal): LaterStage => {
  const reading: Reading = { store, stopping, reader: createChatReader() };
  return {
    workOnce: async () => {
      const lease = (limit: number, areNew: boolean) =>
        throughRestarts(() => leaseWork(store.worker, { stage: 'chats', processId, limit, areNew }));
      const fresh = await lease(BATCH, true);
      // What was tried before may have taken its worker down, and would take others with it again.
      const leases = fresh.length > 0 ? fresh : await lease(1, false);
      if (leases.length === 0) return false;
      const originals = await throughRestarts(() =>
        findOriginals(
          store,
          leases.map(({ mediaId }) => mediaId),
        ),
      );
      for (const one of leases) {
        if (stopping.aborted) return true;
        await workOff(reading, one, originals.get(one.mediaId));
      }
      await throughRestarts(() => completeExhibits(store.worker));
      return true;
    },
    close: () => Promise.resolve(reading.reader.close()),
  };
};

interface Reading {
  readonly store: Store<'worker'>;
  readonly reader: ChatReader;
  readonly stopping: AbortSignal;
}

const workOff = async (reading: Reading, lease: Lease, original: Original | undefined): Promise<void> => {
  const { stopping, store } = reading;
  const lost: LostSource[] = [];
  const why = givenUp(lease);
  const failure: Failure | null =
    why !== null
      ? await givenUpOn(store, lease, { kind: 'quarantined', ...why })
      : original === undefined
        ? { kind: 'failed', code: 'VAULT_MISSING', detail: 'no key opens this media' }
        : await readAll(reading, lease, original, lost);
  if (stopping.aborted) return;
  // One that its worker died of may have died of this.
  if (why === null) await alignExports(store.worker, lease.mediaId);
  await throughRestarts(() => end(store, lease, failure, lost));
};

/** Its worker died of it again and again: the exports say so too. */
const givenUpOn = async ({ worker }: Store<'worker'>, lease: Lease, failure: Failure): Promise<Failure> => {
  const targets = await throughRestarts(() => readTargets(worker, lease.mediaId));
  for (const target of targets)
    if (target.format !== null) {
      const file = { mediaId: lease.mediaId, format: target.format };
      await throughRestarts(() => worker.transaction().execute((trx) => failExport(trx, target, file, failure)));
    }
  return failure;
};

/** What is to be tried again comes before what failed for good: the export would wait forever. */
const GRAVITY = { failed: 0, retry: 1, quarantined: 2 } as const;

const graver = (a: Failure | null, b: Failure | null): Failure | null =>
  a === null || (b !== null && GRAVITY[b.kind] > GRAVITY[a.kind]) ? b : a;

/** Exhibits that hold the same bytes are read each for itself: what one of them does not take is no matter of the others. */
const readAll = async (
  reading: Reading,
  lease: Lease,
  original: Original,
  lost: LostSource[],
): Promise<Failure | null> => {
  const { store } = reading;
  const targets = await throughRestarts(() => readTargets(store.worker, lease.mediaId));
  if (targets.length === 0) return null;
  let file: RandomAccess | null = null;
  try {
    file = await openOriginal(store, original, lost);
    const head = await file.read(0, Math.min(CHAT_HEAD_BYTES, file.sizeBytes));
    let gravest: Failure | null = null;
    for (const target of targets) {
      if (reading.stopping.aborted) break;
      gravest = graver(gravest, await readOne(reading, lease, target, { original, file, head }));
    }
    return gravest;
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return failureOf(lease, error.code, error.detail, []);
  } finally {
    await file?.close?.();
  }
};

interface Opened {
  readonly original: Original;
  readonly file: RandomAccess;
  readonly head: Uint8Array;
}

const readOne = async (
  { store: { worker }, reader, stopping }: Reading,
  lease: Lease,
  target: ReadTarget,
  { original, file, head }: Opened,
): Promise<Failure | null> => {
  const format = detectChat(target.path, head) ?? target.format;
  if (format === null) return null;
  const source: ExportFile = { mediaId: original.mediaId, format, open: () => streamRange(file) };
  try {
    await throughRestarts(() => readExport(worker, target, source, { reader, stopping }));
    return null;
  } catch (error) {
    if (stopping.aborted || isGone(error)) return null;
    const said = isUnstorable(error) ? fail('CHAT_INVALID', `what it says cannot be stored: ${error.message}`) : error;
    if (!isRedthreadError(said)) throw error;
    if (!OF_THE_FILE.test(said.code)) return failureOf(lease, said.code, said.detail, []);
    return await refused(worker, lease, target, source, said);
  }
};

/** Codes that say something of the file, or of what it did to its reader. */
const OF_THE_FILE = /^(CHAT|DECODER|FILE|VAULT)_/;

/** A value that PostgreSQL does not take (classes 21, 22 and 54 of its errors): the file's fault, which would take down one worker after the other. */
const isUnstorable = (error: unknown): error is Error =>
  error instanceof Error && /^(21|22|54)/.test(String((error as { readonly code?: unknown }).code));

/** Its exhibit was taken away while it was read. */
const isGone = (error: unknown): boolean => (error as { readonly code?: unknown }).code === FOREIGN_KEY_VIOLATION;

const refused = async (
  db: Store<'worker'>['worker'],
  lease: Lease,
  target: ReadTarget,
  file: ExportFile,
  { code, detail }: RedthreadError,
): Promise<Failure> => {
  const failure = failureOf(lease, code, detail, []);
  if (failure.kind !== 'retry')
    await throughRestarts(() => db.transaction().execute((trx) => failExport(trx, target, file, failure))).catch(
      (error: unknown) => {
        if (!isGone(error)) throw error;
      },
    );
  return failure;
};

/** An exhibit whose walk ended meanwhile and holds the same bytes is read next. */
const end = ({ worker }: Store<'worker'>, lease: Lease, failure: Failure | null, lost: readonly LostSource[]) =>
  worker.transaction().execute(async (trx) => {
    await sql`select from work where id = ${lease.workId} for update`.execute(trx);
    await markLost(trx, lost);
    if (failure !== null) {
      const rows = [{ workId: lease.workId, code: failure.code, detail: failure.detail }];
      await (failure.kind === 'retry' ? requeueWork(trx, rows) : failWork(trx, failure.kind, rows));
      return;
    }
    const left = await readTargets(trx, lease.mediaId);
    if (!left.some(({ isAwaited }) => isAwaited)) return completeWork(trx, [lease.workId]);
    await sql`update work set state = 'queued', attempts = 0, leased_by = null, lease_until = null, not_before = now(), updated_at = now()
      where id = ${lease.workId}`.execute(trx);
    await announceWork(trx, 'chats');
  });
