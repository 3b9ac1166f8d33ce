// The last step of an upload in chunks: the whole is read back from its sealed bytes and held against its SHA-256. It may
// take longer than a request should; whoever asks again learns how it ended.
import { sql } from 'kysely';
import type { UploadState } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import { withContext } from '../../../store/index.js';
import type { Receiver } from './receiver.js';
import { requireRun } from './run-access.js';
import { chunkCount, requireUpload, stateOf, type UploadRow } from './take-chunks.js';
import { openUploadKeys } from './upload-keys.js';

/** Null while it goes on; then how it ended. */
export interface Verification {
  readonly done: Promise<void>;
}

/** A request is answered after so long, whether the verification has ended or not. */
const ANSWER_WITHIN_MS = 8_000;

/**
 * `complete` tells whether it has ended. Errors: NOT_FOUND, INGEST_ENDED, UPLOAD_UNKNOWN, UPLOAD_INCOMPLETE; UPLOAD_DIGEST_WRONG, then
 * nothing of it is left.
 */
export const completeUpload = async (
  receiver: Receiver,
  ctx: Context,
  runId: string,
  hex: string,
): Promise<UploadState> => {
  const { store, verifications } = receiver;
  const sha256 = Buffer.from(hex, 'hex');
  const look = () =>
    withContext(store.app, ctx, async (trx) => {
      const run = await requireRun(trx, ctx, runId);
      const upload = await requireUpload(trx, run, sha256);
      return { upload, state: await stateOf(trx, upload) };
    });
  const { upload, state } = await look();
  if (state.complete) return state;
  const here = state.received.reduce((sum, [first, end]) => sum + end - first, 0);
  if (here < chunkCount(upload.sizeBytes))
    throw fail('UPLOAD_INCOMPLETE', saying`${here} of ${chunkCount(upload.sizeBytes)} chunks are here`);
  let running = verifications.get(upload.id);
  if (running === undefined) {
    const done = verify(receiver, ctx, upload).finally(() => verifications.delete(upload.id));
    // Whoever does not wait for it to the end asks again, and is told then.
    done.catch(() => undefined);
    running = { done };
    verifications.set(upload.id, running);
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ANSWER_WITHIN_MS)));
  await Promise.race([running.done, late]).finally(() => clearTimeout(timer));
  return (await look()).state;
};

const verify = async (receiver: Receiver, ctx: Context, upload: UploadRow): Promise<void> => {
  const { store } = receiver;
  const key = await withContext(store.app, ctx, async (trx) =>
    (await openUploadKeys(trx, store.keys, upload, [upload])).get(upload.id),
  );
  if (key === undefined) throw fail('INTERNAL', 'an upload without its key');
  await store.vault.uploads.sync(upload.id);
  const found = await receiver.pool().digestUpload(upload.id, key, upload.sizeBytes).catch(damaged);
  if (found === null || !found.outcome.ok || !found.digests.sha256.equals(upload.sha256)) {
    await withContext(store.app, ctx, (trx) => trx.deleteFrom('uploads').where('id', '=', upload.id).execute());
    await store.vault.uploads.remove([upload.id]);
    throw fail('UPLOAD_DIGEST_WRONG', saying`what was sent is not ${upload.sha256.toString('hex')}`);
  }
  const { mime, kind } = found.outcome;
  const { sha1, md5 } = found.digests;
  await withContext(store.app, ctx, (trx) =>
    trx
      .updateTable('uploads')
      .set({ state: 'complete', sha1, md5, mime, kind, touched_at: sql<Date>`now()` })
      .where('id', '=', upload.id)
      .execute(),
  );
};

/** What was sealed and does not open is no content; a disk that cannot be read says nothing about it. */
const damaged = (error: unknown): null => {
  if (isRedthreadError(error) && (error.code === 'VAULT_CORRUPT' || error.code === 'VAULT_MISSING')) return null;
  throw error;
};
