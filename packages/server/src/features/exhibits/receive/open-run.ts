// Begins and ends what a sender does with an exhibit. One sender at a time: the same one takes its own place again at
// once, another one when the first was silent for a minute.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  MAX_BATCH_ENTRIES,
  type IngestFinish,
  type IngestLimits,
  type IngestOpen,
  type IngestOpened,
  type IngestProgress,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { checkedReference } from '../../../app/reference.js';
import { withContext, type Store, type Trx } from '../../../store/index.js';
import { requireRight } from '../../accounts/index.js';
import { readProgress } from '../progress.js';
import { auditIngestEnd, placeExhibit, recordIngestStart } from '../service.js';
import type { IntakeDoor } from './intake-orders.js';
import { requireRun, SILENT_AFTER_SECONDS } from './run-access.js';

const MEBIBYTE = 1024 * 1024;
/** A whole number of the vault's chunks. */
export const CHUNK_BYTES = 8 * MEBIBYTE;
export const PACK_BYTES = 8 * MEBIBYTE;
export const AT_ONCE = 6;

const LIMITS: IngestLimits = {
  batchEntries: MAX_BATCH_ENTRIES,
  packBytes: PACK_BYTES,
  chunkBytes: CHUNK_BYTES,
  atOnce: AT_ONCE,
};

/** Errors: FORBIDDEN, ARGUMENT_INVALID, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, CASE_UNKNOWN, EXHIBIT_SOURCE_DIFFERS, EXHIBIT_BUSY. */
export const openRun = async (
  store: Store,
  intake: IntakeDoor,
  ctx: Context,
  { case: caseReference, exhibit: exhibitReference, source: given, sender, archives }: IngestOpen,
): Promise<IngestOpened> => {
  requireRight(ctx, 'ingest exhibits');
  checkedReference('exhibit', exhibitReference);
  store.keys.requireReady();
  const source = { kind: given.kind, path: given.name, sizeBytes: given.sizeBytes };
  const opened = await withContext(store.app, ctx, async (trx) => {
    const placed = await placeExhibit(trx, ctx, { caseReference, exhibitReference, source, inPlaceRoot: null });
    await endOthers(trx, placed.exhibitId, digestOf(sender));
    const { id } = await trx
      .insertInto('ingest_runs')
      .values({
        agency_id: ctx.actor.agencyId,
        exhibit_id: placed.exhibitId,
        user_id: ctx.actor.userId,
        sender: digestOf(sender),
        archives,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await recordIngestStart(trx, ctx, placed, { source, inPlace: false });
    return { id, exhibitId: placed.exhibitId, resumed: placed.isResumed };
  });
  await intake.ask({ op: 'begin', runId: opened.id });
  return { ...opened, limits: LIMITS };
};

const digestOf = (sender: string): Buffer => createHash('sha256').update(sender).digest();

/** Errors: EXHIBIT_BUSY while another sender is at work. */
const endOthers = async (trx: Trx, exhibitId: string, sender: Buffer): Promise<void> => {
  // Two senders that begin at the same time wait for each other here.
  await trx.selectFrom('exhibits').select('id').where('id', '=', exhibitId).forUpdate().execute();
  const other = await trx
    .selectFrom('ingest_runs')
    .select(['id', 'sender', 'state'])
    .select(sql<boolean>`seen_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS})`.as('isSilent'))
    .where('exhibit_id', '=', exhibitId)
    .where('state', '<>', 'ended')
    .executeTakeFirst();
  if (other === undefined) return;
  if (other.state === 'ending') throw fail('EXHIBIT_BUSY', 'the archives that were sent last are being opened');
  if (!other.sender.equals(sender) && !other.isSilent)
    throw fail(
      'EXHIBIT_BUSY',
      saying`another sender is at work on it; it counts as gone after ${SILENT_AFTER_SECONDS} s`,
    );
  await trx
    .updateTable('ingest_runs')
    .set({ state: 'ended', ended_at: sql<Date>`now()` })
    .where('id', '=', other.id)
    .execute();
};

/** Also the sign of life of a sender that has nothing else to say. Errors: NOT_FOUND, INGEST_ENDED while it is not `atEnd`. */
export const readRunProgress = (store: Store, ctx: Context, runId: string): Promise<IngestProgress> =>
  withContext(store.app, ctx, async (trx) => {
    requireRight(ctx, 'ingest exhibits');
    const run = await trx
      .selectFrom('ingest_runs')
      .select(['exhibit_id', 'state'])
      .where('id', '=', runId)
      .where('user_id', '=', ctx.actor.userId)
      .executeTakeFirst();
    if (run === undefined) throw fail('NOT_FOUND', 'no such ingest');
    if (run.state === 'open') await requireRun(trx, ctx, runId);
    const { state, bytesSeen, stages, waitingFor } = await readProgress(trx, run.exhibit_id);
    return { state, bytesSeen, stages: [...stages], waitingFor };
  });

/**
 * The sender has nothing more, or stops here. Said twice, the second time changes nothing.
 * Errors: NOT_FOUND, INGEST_ENDED when another sender goes on with it.
 */
export const finishRun = async (
  store: Store,
  intake: IntakeDoor,
  ctx: Context,
  runId: string,
  { failure, ...end }: IngestFinish,
): Promise<void> => {
  const goesOn = await withContext(store.app, ctx, async (trx) => {
    requireRight(ctx, 'ingest exhibits');
    const run = await trx
      .selectFrom('ingest_runs')
      .select(['exhibit_id', 'state'])
      .where('id', '=', runId)
      .where('user_id', '=', ctx.actor.userId)
      .forUpdate()
      .executeTakeFirst();
    if (run === undefined) throw fail('NOT_FOUND', 'no such ingest');
    if (run.state !== 'open') return run.state === 'ending';
    const stays = end.interrupted || failure !== null;
    await trx
      .updateTable('ingest_runs')
      .set({ state: stays ? 'ended' : 'ending', ended_at: sql<Date>`now()` })
      .where('id', '=', runId)
      .execute();
    await auditIngestEnd(trx, ctx, run.exhibit_id, end);
    return !stays;
  });
  if (goesOn) await intake.ask({ op: 'end', runId });
  else if (failure !== null) await intake.ask({ op: 'fail', runId, ...failure });
};
