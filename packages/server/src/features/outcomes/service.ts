// Outcome feedback: the agency of an identified series releases that it is, and every other agency that contributed learns it of its own media. Who they
// are is nobody's to read: the database tells them (0070-outcomes.ts).
import { sql } from 'kysely';
import { OUTCOME_MEDIA, type Outcome, type OutcomeRelease, type SeriesOutcome } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, lockName, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { ownSeries } from '../entities/index.js';

const RELEASE = 'release outcomes';

const releaseOf = async (trx: Trx, series: string): Promise<OutcomeRelease | null> => {
  const row = await trx
    .selectFrom('outcome_releases')
    .select(['id', 'reason', 'released_login as by', 'released_at'])
    .where('series_id', '=', series)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, reason: row.reason, by: row.by, at: row.released_at.toISOString() };
};

/** Of a series of the actor's agency. Errors: NOT_FOUND. */
export const showOutcome = (store: Store, ctx: Context, series: string): Promise<SeriesOutcome> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await ownSeries(trx, ctx, series);
      return { release: await releaseOf(trx, series) };
    },
    { access: 'read only' },
  );

/** Tells every contributor. Errors: FORBIDDEN, NOT_FOUND, SERIES_NOT_IDENTIFIED, ALREADY_EXISTS. */
export const releaseOutcome = (store: Store, ctx: Context, series: string, reason: string): Promise<SeriesOutcome> => {
  requireRight(ctx, RELEASE);
  return withContext(store.app, ctx, async (trx) => {
    // Whoever opens it again at the same time waits, and takes this back; or this waits, and is refused.
    await lockName(trx, `outcome ${series}`);
    const { state } = await ownSeries(trx, ctx, series);
    if (state !== 'identified') throw fail('SERIES_NOT_IDENTIFIED', saying`it stands as ${state ?? 'open'}`);
    if ((await releaseOf(trx, series)) !== null)
      throw fail('ALREADY_EXISTS', 'it is released: take that back first to release it anew');
    await trx
      .insertInto('outcome_releases')
      .values({
        agency_id: ctx.actor.agencyId,
        series_id: series,
        reason,
        released_by: ctx.actor.userId,
        released_login: ctx.actor.login,
      })
      .execute();
    await audit(trx, ctx, { type: 'outcome-release', object: { kind: 'entity', id: series }, detail: { reason } });
    return { release: await releaseOf(trx, series) };
  });
};

/** Tells whoever was told. Errors: FORBIDDEN, NOT_FOUND for the series, and where nothing is released. */
export const withdrawOutcome = (store: Store, ctx: Context, series: string, reason: string): Promise<SeriesOutcome> => {
  requireRight(ctx, RELEASE);
  return withContext(store.app, ctx, async (trx) => {
    await ownSeries(trx, ctx, series);
    const { numUpdatedRows } = await trx
      .updateTable('outcome_releases')
      .set({
        withdrawn_at: new Date(),
        withdrawn_by: ctx.actor.userId,
        withdrawn_login: ctx.actor.login,
        withdraw_reason: reason,
      })
      .where('series_id', '=', series)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw fail('NOT_FOUND', 'nothing of this series is released');
    await audit(trx, ctx, { type: 'outcome-withdraw', object: { kind: 'entity', id: series }, detail: { reason } });
    return { release: null };
  });
};

/** What the actor's agency contributed to, as far as they see it; in no order that says when. */
export const listOutcomes = (store: Store, ctx: Context): Promise<Outcome[]> =>
  withContext(
    store.app,
    ctx,
    async (trx) =>
      (
        await sql<Outcome>`
          select o.id, o.from_agency as agency, o.statements,
            (select count(*) from outcome_media x where x.outcome_id = o.id) as count,
            array(select x.media_id from outcome_media x where x.outcome_id = o.id order by x.media_id limit ${OUTCOME_MEDIA}) as media
          from outcomes o order by o.from_agency, o.id`.execute(trx)
      ).rows,
    { access: 'read only' },
  );
