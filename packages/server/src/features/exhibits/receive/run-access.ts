// The first statement of everything that a sender asks for within its run: it is theirs, and still at work.
import { sql, type Transaction } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Database, Trx } from '../../../store/index.js';
import { requireRight } from '../../accounts/index.js';

export interface Run {
  readonly id: string;
  readonly agencyId: string;
  readonly caseId: string;
  readonly exhibitId: string;
  readonly archives: 'sender' | 'server';
}

/** A sender that was not heard of for so long has left its exhibit to others. */
export const SILENT_AFTER_SECONDS = 60;
const NOTED_EVERY_SECONDS = 5;

/** Errors: FORBIDDEN, NOT_FOUND (also for the runs of others), INGEST_ENDED. */
export const requireRun = async (trx: Trx, ctx: Context, runId: string): Promise<Run> => {
  requireRight(ctx, 'ingest exhibits');
  const run = await trx
    .selectFrom('ingest_runs as r')
    .innerJoin('exhibits as e', 'e.id', 'r.exhibit_id')
    .select(['r.id', 'r.agency_id as agencyId', 'e.case_id as caseId', 'r.exhibit_id as exhibitId'])
    .select(['r.archives', 'r.state'])
    .select(sql<boolean>`r.seen_at < now() - make_interval(secs => ${NOTED_EVERY_SECONDS})`.as('isStale'))
    .where('r.id', '=', runId)
    .where('r.user_id', '=', ctx.actor.userId)
    .executeTakeFirst();
  if (run === undefined) throw fail('NOT_FOUND', 'no such ingest');
  const { state, isStale, ...rest } = run;
  if (state !== 'open') throw fail('INGEST_ENDED', state === 'ending' ? 'it is being ended' : 'it is over');
  if (isStale)
    await trx
      .updateTable('ingest_runs')
      .set({ seen_at: sql<Date>`now()` })
      .where('id', '=', runId)
      .execute();
  return rest;
};

/** Ends what was left without a word, such as by a page that was closed: whoever comes back begins it again. Answers an exhibit into which somebody still sends. */
export const endSilentRuns = async (
  trx: Transaction<Database>,
  exhibitIds: readonly string[],
): Promise<string | null> => {
  await sql`update ingest_runs set state = 'ended', ended_at = now() where exhibit_id = any(${[...exhibitIds]}::uuid[])
    and state = 'open' and seen_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS})`.execute(trx);
  const sending = await trx
    .selectFrom('ingest_runs')
    .select('exhibit_id')
    .where('exhibit_id', 'in', exhibitIds)
    .where('state', '<>', 'ended')
    .executeTakeFirst();
  return sending?.exhibit_id ?? null;
};
