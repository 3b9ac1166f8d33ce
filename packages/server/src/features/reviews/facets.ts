// What the tiles of a review are like, counted: the values of each facet, the commonest first, as of now.
import { sql } from 'kysely';
import { REVIEW_FACETS, type ReviewFacets } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, withRoom, type Store } from '../../store/index.js';
import { visibleMedia } from '../funnel/index.js';
import { BYTES, CAMERA, metadataOf, PLACE, platformOf, structureOf, YEAR } from '../stacks/index.js';
import { requireReview } from './service.js';

/** Of a facet, at most. */
const VALUES = 12;

interface FacetRow {
  readonly facet: (typeof REVIEW_FACETS)[number];
  readonly value: string;
  readonly count: number;
}

/** Errors: NOT_FOUND. */
export const facetsOf = (store: Store, ctx: Context, id: string): Promise<ReviewFacets> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await requireReview(trx, id);
      await withRoom(trx);
      const { rows } = await sql<FacetRow>`
        with ${visibleMedia({ bulk: true })},
        tiles as materialized (select unnest(media_ids) as id from review_pages where review_id = ${id}::uuid),
        told as materialized (
          select m.id, m.kind, ${BYTES} as bytes, case when k.closed then null else ${metadataOf(sql`m.id`)} end as value,
            case when k.closed then null else ${platformOf(sql`m.id`)} end as platform, case when k.closed then null else ${structureOf(sql`m.id`)} end as structure
          from tiles t join visible_media m on m.id = t.id cross join lateral (select media_closed(m.id) as closed offset 0) k
        ),
        looked_at as materialized (
          select distinct v.media_id as id from verdicts v where v.retracted_at is null and v.seen <> 'not-looked' and v.media_id in (select id from tiles)
        ),
        counted as (
          select f.facet, f.value, count(*) as count
          from told left join looked_at l on l.id = told.id
          cross join lateral (values ('kind', kind), ('bytes', bytes), ('camera', ${CAMERA}), ('year', ${YEAR}), ('place', ${PLACE}),
            ('platform', platform), ('structure', structure),
            ('reviewed', case when l.id is null then 'no' else 'yes' end)) as f (facet, value)
          where f.value is not null group by 1, 2
        ),
        ranked as (select *, row_number() over (partition by facet order by count desc, value) as rank from counted)
        select facet, value, count from ranked where rank <= ${VALUES} order by facet, rank`.execute(trx);
      const facets = Object.fromEntries(
        REVIEW_FACETS.map((facet) => [
          facet,
          rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count })),
        ]),
      ) as ReviewFacets['facets'];
      return { facets };
    },
    { access: 'read only' },
  );
