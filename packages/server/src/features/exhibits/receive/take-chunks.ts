// A large content in chunks: begun with its size, sent in any order, each chunk held against its own digest, and the
// whole against its SHA-256 before anything is stored. What was received survives every interruption.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { UploadState } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { CHUNK_BYTES as VAULT_CHUNK_BYTES, newHeader, withContext, type Trx } from '../../../store/index.js';
import { NO_PLACE, type Holder } from './limits.js';
import { CHUNK_BYTES } from './open-run.js';
import type { Receiver } from './receiver.js';
import { requireRun, type Run } from './run-access.js';
import { newUploadKeys, openUploadKeys, type WrappedUpload } from './upload-keys.js';

export interface UploadRow extends WrappedUpload {
  readonly agencyId: string;
  readonly caseId: string;
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  readonly state: 'receiving' | 'complete';
  readonly header: Buffer | null;
}

export const chunkCount = (sizeBytes: number): number => Math.max(1, Math.ceil(sizeBytes / CHUNK_BYTES));

export const findUpload = async (trx: Trx, run: Run, sha256: Buffer): Promise<UploadRow | null> =>
  (await trx
    .selectFrom('uploads')
    .select(['id', 'agency_id as agencyId', 'case_id as caseId', 'sha256', 'size_bytes as sizeBytes'])
    .select(['state', 'generation', 'wrapped', 'header'])
    .where('agency_id', '=', run.agencyId)
    .where('exhibit_id', '=', run.exhibitId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()) ?? null;

export const requireUpload = async (trx: Trx, run: Run, sha256: Buffer): Promise<UploadRow> => {
  const upload = await findUpload(trx, run, sha256);
  if (upload === null) throw fail('UPLOAD_UNKNOWN', sha256.toString('hex'));
  return upload;
};

/** Begins an upload, or answers how far it is. Errors: NOT_FOUND, INGEST_ENDED, UPLOAD_SIZE_DIFFERS, QUOTA_EXCEEDED, DISK_FULL. */
export const beginUpload = async (
  { store, limits }: Receiver,
  ctx: Context,
  holder: Holder,
  runId: string,
  { sha256: hex, sizeBytes }: { readonly sha256: string; readonly sizeBytes: number },
): Promise<UploadState> => {
  const sha256 = Buffer.from(hex, 'hex');
  let place = NO_PLACE;
  const begun = withContext(store.app, ctx, async (trx) => {
    const run = await requireRun(trx, ctx, runId);
    const found = await findUpload(trx, run, sha256);
    const isThere = found !== null && (await store.vault.uploads.exists(found.id));
    if (found !== null && isThere) {
      if (found.sizeBytes !== sizeBytes)
        throw fail('UPLOAD_SIZE_DIFFERS', saying`begun with ${found.sizeBytes} bytes, now ${sizeBytes}`);
      return stateOf(trx, found);
    }
    // Its bytes are gone: nothing that was sealed under its key is left.
    if (found !== null) await trx.deleteFrom('uploads').where('id', '=', found.id).execute();
    place = await limits.takeOpen(trx, holder, { count: 1, bytes: sizeBytes });
    const [made] = await newUploadKeys(trx, store.keys, run, [randomUUID()]);
    if (made === undefined) throw fail('INTERNAL', 'no key was made');
    const header = newHeader();
    await trx
      .insertInto('uploads')
      .values({
        id: made.id,
        agency_id: run.agencyId,
        case_id: run.caseId,
        exhibit_id: run.exhibitId,
        user_id: holder.userId,
        key_id: holder.keyId,
        sha256,
        size_bytes: sizeBytes,
        generation: made.generation,
        wrapped: made.wrapped,
        header,
        sha1: null,
        md5: null,
        mime: null,
        kind: null,
      })
      .onConflict((conflict) => conflict.columns(['agency_id', 'exhibit_id', 'sha256']).doNothing())
      .execute();
    const upload = await requireUpload(trx, run, sha256);
    await store.vault.uploads.begin(upload.id, upload.header ?? header);
    return stateOf(trx, upload);
  });
  try {
    const state = await begun;
    place.kept();
    return state;
  } finally {
    place.givenUp();
  }
};

export const stateOf = async (trx: Trx, { id, sizeBytes, state }: UploadRow): Promise<UploadState> => {
  const complete = state === 'complete';
  return {
    sizeBytes,
    chunkBytes: CHUNK_BYTES,
    received: complete ? [[0, chunkCount(sizeBytes)]] : await receivedRanges(trx, id),
    complete,
  };
};

/** Gaps and islands: numbers that follow each other have the same distance to their rank. */
const receivedRanges = async (trx: Trx, uploadId: string): Promise<[number, number][]> => {
  const { rows } = await sql<{ first: number; end: number }>`
    select min(number) as first, max(number) + 1 as end from (
      select number, number - row_number() over (order by number) as island
      from upload_chunks where upload_id = ${uploadId}::uuid and stored) c
    group by island order by 1`.execute(trx);
  return rows.map(({ first, end }) => [first, end]);
};

export interface Chunk {
  readonly sha256: string;
  readonly number: number;
  readonly bytes: Buffer;
  /** SHA-256 that came with the bytes. */
  readonly digest: Buffer;
}

/**
 * Errors: NOT_FOUND, INGEST_ENDED, UPLOAD_UNKNOWN, CHUNK_SIZE_WRONG, CHUNK_DIGEST_WRONG, CHUNK_DIFFERS, TOO_MANY_REQUESTS,
 * DISK_FULL.
 */
export const takeChunk = async (
  receiver: Receiver,
  ctx: Context,
  holder: Holder,
  runId: string,
  { sha256: hex, number, bytes, digest }: Chunk,
): Promise<void> => {
  const { store, limits } = receiver;
  limits.takeRate(holder, bytes.length);
  const weight = bytes.length;
  const { upload, key } = await withContext(store.app, ctx, async (trx) => {
    const run = await requireRun(trx, ctx, runId);
    const found = await requireUpload(trx, run, Buffer.from(hex, 'hex'));
    checkSize(found, number, weight);
    return { upload: found, key: (await openUploadKeys(trx, store.keys, found, [found])).get(found.id) };
  });
  if (upload.state === 'complete') return;
  const { header } = upload;
  if (key === undefined || header === null) throw fail('INTERNAL', 'an upload without its key or header');
  const batch = await receiver.pool().digest([{ bytes }], weight, { set: 'sha256', shared: bytes });
  try {
    if (!batch.digests(0).sha256.equals(digest))
      throw fail('CHUNK_DIGEST_WRONG', saying`chunk ${number} does not have the digest that came with it`);
    // Written down before it is sealed: only this chunk may ever be sealed under this number.
    if (await withContext(store.app, ctx, (trx) => pinChunk(trx, upload, number, digest))) return;
    const firstChunk = (number * CHUNK_BYTES) / VAULT_CHUNK_BYTES;
    const last = number === chunkCount(upload.sizeBytes) - 1;
    await batch.write({ index: 0, uploadId: upload.id, dataKey: key, header, firstChunk, last });
  } finally {
    await batch.drop();
  }
  await withContext(store.app, ctx, async (trx) => {
    await trx
      .updateTable('upload_chunks')
      .set({ stored: true })
      .where('upload_id', '=', upload.id)
      .where('number', '=', number)
      .execute();
    await trx
      .updateTable('uploads')
      .set({ touched_at: sql<Date>`now()` })
      .where('id', '=', upload.id)
      .execute();
  });
};

const checkSize = ({ sizeBytes }: UploadRow, number: number, given: number): void => {
  const chunks = chunkCount(sizeBytes);
  if (number >= chunks) throw fail('CHUNK_SIZE_WRONG', saying`chunk ${number} of ${chunks}`, { pointer: '/number' });
  const expected = number === chunks - 1 ? sizeBytes - number * CHUNK_BYTES : CHUNK_BYTES;
  if (given !== expected) throw fail('CHUNK_SIZE_WRONG', saying`chunk ${number} has ${expected} bytes, ${given} came`);
};

/** True when this very chunk is stored already. Errors: CHUNK_DIFFERS. */
const pinChunk = async (trx: Trx, upload: UploadRow, number: number, digest: Buffer): Promise<boolean> => {
  await trx
    .insertInto('upload_chunks')
    .values({ upload_id: upload.id, agency_id: upload.agencyId, number, sha256: digest })
    .onConflict((conflict) => conflict.columns(['upload_id', 'number']).doNothing())
    .execute();
  const pinned = await trx
    .selectFrom('upload_chunks')
    .select(['sha256', 'stored'])
    .where('upload_id', '=', upload.id)
    .where('number', '=', number)
    .executeTakeFirst();
  if (pinned === undefined) throw fail('UPLOAD_UNKNOWN', upload.sha256.toString('hex'));
  if (!pinned.sha256.equals(digest)) throw fail('CHUNK_DIFFERS', saying`chunk ${number} came with other bytes before`);
  return pinned.stored;
};

/** Removes an upload and all that came of it. Errors: NOT_FOUND, INGEST_ENDED. */
export const dropUpload = async ({ store }: Receiver, ctx: Context, runId: string, sha256: string): Promise<void> => {
  const dropped = await withContext(store.app, ctx, async (trx) => {
    const run = await requireRun(trx, ctx, runId);
    const found = await findUpload(trx, run, Buffer.from(sha256, 'hex'));
    if (found === null) return [];
    await trx.deleteFrom('uploads').where('id', '=', found.id).execute();
    return [found.id];
  });
  await store.vault.uploads.remove(dropped);
};
