// Reads and writes reviews under the viewer's row-level security: a query is gone through once, and its order kept in pages of ids.
import { sql, type RawBuilder } from 'kysely';
import {
  RATIO_BYTES,
  RATIO_RANGE,
  ReviewQuery,
  WINDOW_LIMIT,
  type Review,
  type ReviewTile,
} from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { lockName, type Trx } from '../../store/index.js';
import { planScope, scopeItems, scopeOf } from '../funnel/index.js';
import { chosenTiles } from '../stacks/index.js';

interface ReviewRow {
  readonly id: string;
  readonly name: string | null;
  readonly query: unknown;
  readonly total: number;
  readonly place: number;
  readonly made_at: Date;
  readonly used_at: Date;
}

const toReview = ({ made_at, used_at, query, ...row }: ReviewRow): Review => ({
  ...row,
  query: ReviewQuery.parse(query),
  madeAt: made_at.toISOString(),
  usedAt: used_at.toISOString(),
});

const COLUMNS = ['id', 'name', 'query', 'total', 'place', 'made_at', 'used_at'] as const;

export const reviewById = async (trx: Trx, id: string): Promise<Review | null> => {
  const row = await trx.selectFrom('reviews').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toReview(row);
};

/** Those that were kept under a name, last used first. */
export const keptReviews = async (trx: Trx): Promise<Review[]> => {
  const rows = await trx
    .selectFrom('reviews')
    .select(COLUMNS)
    .where('name', 'is not', null)
    .orderBy('used_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toReview);
};

const STEPS_OF_E = sql.lit(RATIO_BYTES.steps / Math.LN2);
/** A byte of the shape: see `ratioOfByte`. Files without a picture are squares. */
const RATIO = sql`set_byte('\\x00'::bytea, 0, (${sql.lit(RATIO_BYTES.square)} + round(${STEPS_OF_E} * ln(
  least(${sql.lit(RATIO_RANGE.most)}, greatest(${sql.lit(RATIO_RANGE.least)}, coalesce(width::float8 / nullif(height, 0), 1))))))::integer)`;

/** Goes through the query once and keeps what it found, in its order. Answers how many tiles. */
export const fillReview = async (trx: Trx, id: string, query: ReviewQuery): Promise<number> => {
  const planned = await planScope(trx, scopeOf(query));
  const { rows } = await sql<{ total: number }>`
    with ${scopeItems(planned)}, ${chosenTiles(query)},
    ordered as (select id, width, height, row_number() over (order by sort_key desc, id) - 1 as place from keyed),
    filled as (
      insert into review_pages (agency_id, review_id, number, media_ids, ratios)
      select app_agency(), ${id}::uuid, place / ${WINDOW_LIMIT}::bigint, array_agg(id order by place), string_agg(${RATIO}, ''::bytea order by place)
      from ordered group by 3
      returning cardinality(media_ids) as n
    )
    update reviews set total = (select coalesce(sum(n), 0) from filled) where id = ${id}::uuid returning total`.execute(
    trx,
  );
  return rows[0]?.total ?? 0;
};

/** What nobody has kept makes room: a person has so many at a time, for so long. */
const UNKEPT = 8;
const UNKEPT_DAYS = 2;
/** At 360,000 tiles a review takes 6 MB. */
const KEPT = 20;
/** A kept one that nobody has gone on with for so long ends: its query finds the same again. */
const KEPT_DAYS = 180;

export const forgetOld = async (trx: Trx): Promise<void> => {
  await sql`delete from reviews where user_id = app_user() and (
    name is null and used_at < now() - make_interval(days => ${UNKEPT_DAYS})
    or used_at < now() - make_interval(days => ${KEPT_DAYS})
    or id in (select id from reviews where name is null and user_id = app_user() order by used_at desc, id offset ${UNKEPT}))`.execute(
    trx,
  );
};

/** Errors: REVIEWS_TOO_MANY. */
export const requireRoomToKeep = async (trx: Trx, userId: string): Promise<void> => {
  // Two that are kept at once: the second waits for the first.
  await lockName(trx, `keep a review ${userId}`);
  await forgetOld(trx);
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from reviews
    where name is not null and user_id = app_user()`.execute(trx);
  if ((rows[0]?.n ?? 0) >= KEPT) throw fail('REVIEWS_TOO_MANY', saying`${KEPT} are kept`);
};

/** Ids of a stretch with their places, in order; empty beyond its end. */
export const idsOf = async (
  trx: Trx,
  id: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly { readonly id: string; readonly place: number }[]> => {
  const { rows } = await sql<{ id: string; place: number }>`
    select x.id, (p.number * ${WINDOW_LIMIT} + x.n - 1)::integer as place
    from review_pages p cross join lateral unnest(p.media_ids) with ordinality as x (id, n)
    where p.review_id = ${id}::uuid and p.number between ${Math.floor(from / WINDOW_LIMIT)} and ${Math.floor(to / WINDOW_LIMIT)}
      and p.number * ${WINDOW_LIMIT} + x.n - 1 between ${from} and ${to}
    order by 2`.execute(trx);
  return rows;
};

/** The first place of a media, or of another of its stack; null where the review holds none. */
export const placeOf = async (trx: Trx, id: string, mediaId: string): Promise<number | null> => {
  const { rows } = await sql<{ place: number }>`
    with same as (
      select m.id from media m where m.id = ${mediaId}::uuid
      union select s.id from media m join media s on s.representative_id = coalesce(m.representative_id, m.id) or s.id = m.representative_id
        where m.id = ${mediaId}::uuid
    )
    select (p.number * ${WINDOW_LIMIT} + array_position(p.media_ids, s.id) - 1)::integer as place
    from review_pages p join same s on s.id = any(p.media_ids) where p.review_id = ${id}::uuid
    order by s.id <> ${mediaId}::uuid, 1 limit 1`.execute(trx);
  return rows[0]?.place ?? null;
};

export const ratiosOf = async (trx: Trx, id: string): Promise<Buffer> => {
  const rows = await trx
    .selectFrom('review_pages')
    .select('ratios')
    .where('review_id', '=', id)
    .orderBy('number')
    .execute();
  return Buffer.concat(rows.map(({ ratios }) => ratios));
};

/** Query of the ids of all media whose bytes count in the tiles of these: copies in other agencies, members of their stacks. */
export const mediaAround = (ids: readonly string[]): RawBuilder<unknown> => sql`
  select a.id from media a where a.sha256 in (
    select s.sha256 from media s where s.id = any(${[...ids]}::uuid[])
    union select s.sha256 from media n join media s on s.representative_id = coalesce(n.representative_id, n.id) where n.id = any(${[...ids]}::uuid[])
    union select s.sha256 from media n join media s on s.id = n.representative_id where n.id = any(${[...ids]}::uuid[]))`;

interface MarkRow extends Pick<ReviewTile, 'looked' | 'own'> {
  readonly id: string;
  readonly claim: { readonly login: string; readonly own: boolean; readonly until: Date } | null;
}

/** What the viewer did with each, and who of their agency is at it. */
export const marksOf = async (
  trx: Trx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<ReviewTile, 'looked' | 'own' | 'claim'>>> => {
  const { rows } = await sql<MarkRow>`
    select t.id,
      exists (select from audit_events a where a.object_id = t.id::text and a.object_kind = 'media' and a.type = 'reveal'
        and a.agency_id = app_agency() and a.user_id = app_user()) as looked,
      (select v.scheme || ':' || v.code from verdicts v where v.media_id = t.id and v.user_id = app_user() and v.retracted_at is null
        order by v.at desc limit 1) as own,
      (select json_build_object('login', c.login, 'own', c.user_id = app_user(), 'until', c.until) from review_claims c
        where c.agency_id = app_agency() and c.media_id = t.id and c.until > now()) as claim
    from unnest(${[...ids]}::uuid[]) as t (id)`.execute(trx);
  return new Map(
    rows.map(({ id, looked, own, claim }) => [
      id,
      { looked, own, claim: claim === null ? null : { ...claim, until: new Date(claim.until).toISOString() } },
    ]),
  );
};
