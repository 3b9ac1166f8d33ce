// Takes a pack of small contents: each is held against its SHA-256 before anything of it is kept, sealed under a key of
// its own, and written down as complete. Sent twice, it leaves the same.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { decodePack } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { withContext, type StagedObject, type Trx } from '../../../store/index.js';
import type { Digests } from '../ingest/digests.js';
import type { HashedFile } from '../ingest/hash-messages.js';
import type { HashedBatch } from '../ingest/hash-pool.js';
import { findNeeded } from './needed.js';
import { NO_PLACE, type Holder } from './limits.js';
import type { Receiver } from './receiver.js';
import { requireRun, type Run } from './run-access.js';
import { newUploadKeys, type WrappedUpload } from './upload-keys.js';

export interface VerifiedContent {
  /** Its place in the pack. */
  readonly index: number;
  readonly digests: Digests;
  readonly hashed: HashedFile;
}

/** Errors: NOT_FOUND, INGEST_ENDED, REQUEST_INVALID, CHUNK_DIGEST_WRONG, QUOTA_EXCEEDED, TOO_MANY_REQUESTS, DISK_FULL. */
export const takePack = async (
  receiver: Receiver,
  ctx: Context,
  holder: Holder,
  runId: string,
  body: Buffer,
): Promise<number> => {
  const { store, limits } = receiver;
  limits.takeRate(holder, body.length);
  await withContext(store.app, ctx, (trx) => requireRun(trx, ctx, runId));
  const contents = decodePack(body);
  if (contents === null) throw fail('REQUEST_INVALID', 'the pack ends within a content');
  const announced = contents.map(({ sha256 }) => Buffer.from(sha256));
  const sources = contents.map(({ bytes }) => ({ bytes }));
  const batch = await receiver.pool().digest(sources, body.length, { shared: body });
  try {
    const verified = announced.map((sha256, index) => verify(batch, index, sha256));
    await keepNew(receiver, ctx, holder, runId, batch, verified);
    return verified.length;
  } finally {
    await batch.drop();
  }
};

const verify = (batch: HashedBatch, index: number, sha256: Buffer): VerifiedContent => {
  const hashed = batch.outcomes[index];
  const digests = batch.digests(index);
  if (hashed?.ok !== true || !digests.sha256.equals(sha256))
    throw fail('CHUNK_DIGEST_WRONG', saying`content ${index} does not have the SHA-256 ${sha256.toString('hex')}`, {
      pointer: `/${index}`,
    });
  return { index, digests, hashed };
};

const keepNew = async (
  { store, limits }: Receiver,
  ctx: Context,
  holder: Holder,
  runId: string,
  batch: HashedBatch,
  verified: readonly VerifiedContent[],
): Promise<void> => {
  const wanted = new Map(verified.map((content) => [content.digests.sha256.toString('hex'), content]));
  let place = NO_PLACE;
  try {
    const plan = await withContext(store.app, ctx, async (trx) => {
      const run = await requireRun(trx, ctx, runId);
      const needed = await findNeeded(
        trx,
        run,
        [...wanted].map(([sha256, { hashed }]) => ({ sha256, sizeBytes: hashed.sizeBytes })),
      );
      const bytes = needed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      place = await limits.takeOpen(trx, holder, { count: needed.length, bytes });
      const keys = await newUploadKeys(
        trx,
        store.keys,
        run,
        needed.map(() => randomUUID()),
      );
      const uploads = needed.flatMap(({ sha256 }, at) => {
        const [content, key] = [wanted.get(sha256), keys[at]];
        return content === undefined || key === undefined ? [] : [{ ...content, ...key }];
      });
      return { run, uploads };
    });
    if (plan.uploads.length === 0) return;
    const staged: readonly StagedObject[] = await batch.seal(
      plan.uploads.map(({ index, id, key }) => ({ index, name: id, dataKey: key })),
    );
    await store.vault.uploads.keep(staged);
    const dropped = await withContext(store.app, ctx, (trx) => writeComplete(trx, ctx, holder, plan.run, plan.uploads));
    place.kept();
    await store.vault.uploads.remove(dropped);
  } finally {
    place.givenUp();
  }
};

type SealedUpload = VerifiedContent & WrappedUpload;

/** Answers the ids whose files nobody needs: of contents that came another way meanwhile, or were begun in chunks. */
const writeComplete = async (
  trx: Trx,
  ctx: Context,
  holder: Holder,
  run: Run,
  uploads: readonly SealedUpload[],
): Promise<string[]> => {
  const sorted = [...uploads].sort((a, b) => a.digests.sha256.compare(b.digests.sha256));
  const digests = sorted.map(({ digests: { sha256 } }) => sha256);
  const begun = await trx
    .deleteFrom('uploads')
    .where('agency_id', '=', ctx.actor.agencyId)
    .where('exhibit_id', '=', run.exhibitId)
    .where('state', '=', 'receiving')
    .where('sha256', '=', sql<Buffer>`any(${digests}::bytea[])`)
    .returning('id')
    .execute();
  const { rows } = await sql<{ id: string }>`
    insert into uploads (id, agency_id, case_id, exhibit_id, user_id, key_id, sha256, size_bytes, state, generation, wrapped,
      sha1, md5, mime, kind)
    select n.id, ${run.agencyId}::uuid, ${run.caseId}::uuid, ${run.exhibitId}::uuid, ${holder.userId}::uuid,
      ${holder.keyId}::uuid, n.sha256, n.size_bytes, 'complete', n.generation, n.wrapped, n.sha1, n.md5, n.mime, n.kind
    from unnest(${sorted.map(({ id }) => id)}::uuid[], ${digests}::bytea[],
      ${sorted.map(({ hashed }) => hashed.sizeBytes)}::bigint[], ${sorted.map(({ generation }) => generation)}::integer[],
      ${sorted.map(({ wrapped }) => wrapped)}::bytea[],
      ${sorted.map(({ digests: { sha1 } }) => sha1)}::bytea[], ${sorted.map(({ digests: { md5 } }) => md5)}::bytea[],
      ${sorted.map(({ hashed }) => hashed.mime)}::text[], ${sorted.map(({ hashed }) => hashed.kind)}::text[])
      as n (id, sha256, size_bytes, generation, wrapped, sha1, md5, mime, kind)
    on conflict (agency_id, exhibit_id, sha256) do nothing returning id`.execute(trx);
  const kept = new Set(rows.map(({ id }) => id));
  return [...begun.map(({ id }) => id), ...sorted.flatMap(({ id }) => (kept.has(id) ? [] : [id]))];
};
