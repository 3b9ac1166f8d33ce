// Care settings of a person within the floor of their agency; their own exposure, from the record of reveals; averages for a welfare officer.
import { sql } from 'kysely';
import {
  Care,
  CARE_DEFAULTS,
  EXPOSURE_DAYS,
  withFloor,
  type AgencyExposure,
  type CareState,
  type Exposure,
  type ExposureDay,
  type ExposureWeek,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { countingHit } from '../funnel/index.js';

const careOf = async (trx: Trx, { actor }: Context): Promise<CareState> => {
  const wish = await trx
    .selectFrom('care_settings')
    .select('settings')
    .where('user_id', '=', actor.userId)
    .executeTakeFirst();
  const floor = await trx
    .selectFrom('care_floors')
    .select(['settings', 'set_login', 'set_at'])
    .where('agency_id', '=', actor.agencyId)
    .executeTakeFirst();
  const own = wish === undefined ? CARE_DEFAULTS : Care.parse(wish.settings);
  const least = floor === undefined ? null : Care.parse(floor.settings);
  return {
    care: withFloor(own, least),
    own,
    floor: least,
    floorSetBy: floor?.set_login ?? null,
    floorSetAt: floor?.set_at.toISOString() ?? null,
  };
};

export const readCare = (store: Store, ctx: Context): Promise<CareState> =>
  withContext(store.app, ctx, (trx) => careOf(trx, ctx), { access: 'read only' });

/** What somebody wishes is theirs: it is kept as it is, and the floor holds when it is read. */
export const setCare = (store: Store, ctx: Context, care: Care): Promise<CareState> =>
  withContext(store.app, ctx, async (trx) => {
    const settings = JSON.stringify(care);
    await trx
      .insertInto('care_settings')
      .values({ agency_id: ctx.actor.agencyId, user_id: ctx.actor.userId, settings })
      .onConflict((conflict) =>
        conflict.columns(['agency_id', 'user_id']).doUpdateSet({ settings, set_at: new Date() }),
      )
      .execute();
    return careOf(trx, ctx);
  });

/** Of the agency, for all its people. Errors: FORBIDDEN. */
export const setFloor = (store: Store, ctx: Context, floor: Care): Promise<CareState> => {
  requireRight(ctx, 'set the floor of care');
  return withContext(store.app, ctx, async (trx) => {
    const row = { settings: JSON.stringify(floor), set_by: ctx.actor.userId, set_login: ctx.actor.login };
    await trx
      .insertInto('care_floors')
      .values({ agency_id: ctx.actor.agencyId, ...row })
      .onConflict((conflict) => conflict.column('agency_id').doUpdateSet({ ...row, set_at: new Date() }))
      .execute();
    await audit(trx, ctx, { type: 'care-floor', object: null, detail: floor });
    return careOf(trx, ctx);
  });
};

/** One's own, newest day first: nobody else is shown it. */
export const readExposure = (store: Store, ctx: Context): Promise<Exposure> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const { rows } = await sql<ExposureDay>`
        with looks as (
          select a.at, a.object_id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD') as day,
            a.at - lag(a.at) over (order by a.at) as gap
          from audit_events a where a.type = 'reveal' and a.agency_id = app_agency() and a.user_id = app_user()
            and a.at > now() - make_interval(days => ${EXPOSURE_DAYS})
        ),
        bad as (
          select distinct h.media_id::text as id from list_hits h join lists l on l.id = h.list_id
          where h.media_id in (select object_id::uuid from looks) and l.polarity = 'known-bad' and ${countingHit('h')}
        )
        select day, count(*)::integer as reveals, count(distinct object_id)::integer as media,
          count(distinct object_id) filter (where object_id in (select id from bad))::integer as "knownBad",
          ceil(coalesce(sum(extract(epoch from gap)) filter (where gap <= interval '2 minutes'), 0) / 60)::integer as minutes
        from looks group by day order by day desc`.execute(trx);
      return { days: rows };
    },
    { access: 'read only' },
  );

/** Averages of weeks that have ended and in which at least five people looked; the database gives no others. Errors: FORBIDDEN. */
export const readAgencyExposure = (store: Store, ctx: Context): Promise<AgencyExposure> => {
  requireRight(ctx, "read the agency's exposure");
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const { rows } = await sql<ExposureWeek>`select to_char(week, 'YYYY-MM-DD') as week, people::integer as people,
        reveals_each as "revealsEach", minutes_each as "minutesEach" from exposure_of_agency()`.execute(trx);
      return { weeks: rows };
    },
    { access: 'read only' },
  );
};
