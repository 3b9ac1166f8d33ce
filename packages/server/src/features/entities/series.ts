// Members of a series: media that somebody said belong to it or to a series that it continues; and media that may, by their matches.
import { sql } from 'kysely';
import type {
  Assertion,
  MembersAdded,
  MembersRemoved,
  SeriesMember,
  SeriesMembersAdd,
  SeriesMembersRemove,
  SeriesSuggestion,
} from '@redthread/core/contract';
import { exchangedReasons, type Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { audit, gradeOrder, instantText, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { matchInWords, type Measured } from '../matches/index.js';
import { stackOf } from '../media/index.js';
import { agenciesOfMedia, insertAssertion, readAssertions } from './assertion-queries.js';
import { retractRow } from './queries.js';
import { KEEP, oneSeries, recordsOf } from './service.js';

const TILE = sql`m.id as "mediaId", m.mime, m.kind, m.width, m.height, case when media_closed(m.id) then 'closed' else m.state end as state,
  (select json_build_object('id', a.id, 'name', a.name, 'country', a.country) from agencies a where a.id = m.agency_id) as agency`;

type Tile = Omit<SeriesMember, 'assertion'>;

/**
 * Of the series and of those that are one with it, the one that was added last first; those whose media is gone are not tiles. Of two
 * agencies that say the same of a media the actor's own stands, which they may take back.
 */
export const listMembers = (
  store: Store,
  ctx: Context,
  id: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<SeriesMember>> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const series = await recordsOf(trx, id);
      const after = readCursor<[string, string]>(cursor, ['string', 'string']);
      const { rows } = await sql<Tile & { assertionId: string; at: string; total: number }>`
        with said as materialized (
          select distinct on (s.from_media_id) s.from_media_id, s.id, s.at from assertions s
          where s.type = 'member-of' and s.to_entity_id = any(${series}::uuid[]) and s.retracted_at is null and s.from_media_id is not null
          order by s.from_media_id, s.agency_id = app_agency() desc, s.at desc, s.id)
        select ${TILE}, s.id as "assertionId", ${instantText('s.at')} as at, (select count(*) from said) as total
        from said s join media m on m.id = s.from_media_id
        where ${after === null ? sql`true` : sql`(s.at < ${after[0]}::timestamptz or (s.at = ${after[0]}::timestamptz and m.id > ${after[1]}::uuid))`}
        order by s.at desc, m.id limit ${limit + 1}`.execute(trx);
      const said = new Map<string, Assertion>();
      const ids = rows.map(({ assertionId }) => assertionId);
      for (const one of await readAssertions(trx, sql`s.id = any(${ids}::uuid[])`)) said.set(one.id, one);
      const page = toPage(
        rows,
        limit,
        rows[0]?.total ?? 0,
        (row) => [row.at, row.mediaId],
        ({ assertionId, at: _at, total: _total, ...tile }) => ({ ...tile, assertion: said.get(assertionId) }),
      );
      return { ...page, items: page.items.flatMap((item) => (isSaid(item) ? [item] : [])) };
    },
    { access: 'read only' },
  );

const isSaid = (item: Tile & { readonly assertion: Assertion | undefined }): item is SeriesMember =>
  item.assertion !== undefined;

/** Media that the actor sees; those that the agency has made members already are left as they are. Errors: FORBIDDEN, NOT_FOUND for the series or any of the media, CASE_ENDED. */
export const addMembers = (
  store: Store,
  ctx: Context,
  id: string,
  { media, reason, confidence, method, stack }: SeriesMembersAdd,
): Promise<MembersAdded> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    const series = await oneSeries(trx, id);
    const wanted = new Set(media);
    if (stack) for (const one of media) (await stackOf(trx, one)).forEach((mate) => wanted.add(mate));
    const agencies = await agenciesOfMedia(trx, [...wanted]);
    const [added, already]: [string[], string[]] = [[], []];
    for (const one of wanted) {
      const agencyId = agencies.get(one);
      if (agencyId === undefined) throw fail('NOT_FOUND', 'no such media');
      const made = await insertAssertion(trx, ctx, {
        type: 'member-of',
        from: { kind: 'media', id: one, agencyId },
        to: { id, agencyId: series.agency.id },
        confidence,
        reason,
        method,
        evidence: null,
        evidenceMedia: null,
        caseId: series.agency.id === ctx.actor.agencyId ? (series.case?.id ?? null) : null,
      });
      (made === null ? already : added).push(one);
      if (made !== null)
        await audit(trx, ctx, {
          type: 'assertion-add',
          object: { kind: 'entity', id },
          detail: { assertion: made, type: 'member-of', from: one, to: id },
        });
    }
    return { added, already };
  });
};

interface SuggestedRow extends Tile, Measured {
  readonly to: string;
  readonly bits: number;
  readonly isMate: boolean;
  readonly isSame: boolean;
  /** The member is the second of the match, so that its reasons are told from the suggested one. */
  readonly isTurned: boolean;
}

const MOST = 200;

/** From one that was measured, or from a stack or the same bytes, of which no row of a match has to be there. */
const toSuggestion = ({
  isMate,
  isSame,
  isTurned,
  method,
  reasons,
  value,
  version,
  threshold,
  unit,
  ...row
}: SuggestedRow): SeriesSuggestion => ({
  ...row,
  method: isSame ? 'sha256@1' : isMate ? 'stack' : `${method}@${version}`,
  words: isMate
    ? 'In one stack with a member.'
    : matchInWords({
        grade: row.grade,
        method,
        version,
        value,
        threshold,
        unit,
        reasons: isTurned ? exchangedReasons(reasons) : reasons,
      }),
});

/**
 * Media that match a member, the strongest match of each, strongest grade first. What is a member already, or was one and was taken out
 * by the actor's agency, is not suggested.
 */
export const suggestMembers = (
  store: Store,
  ctx: Context,
  id: string,
): Promise<{ readonly items: SeriesSuggestion[]; readonly truncated: boolean }> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const series = await recordsOf(trx, id);
      const rank = gradeOrder('f.grade');
      const measured = sql`x.grade, x.method, x.version, x.value, x.threshold, x.unit, x.bits, x.reasons, false, false`;
      const unmeasured = sql`null::text, 1, 0::float8, 0::float8, ''::text, 0::float8, '[]'::jsonb`;
      const { rows } = await sql<SuggestedRow>`
        with said as materialized (
          select s.from_media_id as id, bool_or(s.retracted_at is null) as is_in from assertions s
          where s.type = 'member-of' and s.to_entity_id = any(${series}::uuid[]) and s.from_media_id is not null
            and (s.retracted_at is null or s.agency_id = app_agency())
          group by s.from_media_id),
        members as materialized (
          select m.id, m.sha256, m.representative_id from said s join media m on m.id = s.id where s.is_in),
        found (id, "to", grade, method, version, value, threshold, unit, bits, reasons, "isMate", "isSame", "isTurned") as (
          select x.media_b, x.media_a, ${measured}, false from members s join matches x on x.media_a = s.id
          union all select x.media_a, x.media_b, ${measured}, true from members s join matches x on x.media_b = s.id
          union all select m.id, s.id, 'same content', ${unmeasured}, true, false, false from members s
            join media m on m.representative_id = s.representative_id
          union all select m.id, s.id, 'identical', ${unmeasured}, false, true, false from members s join media m on m.sha256 = s.sha256),
        best as (
          select distinct on (f.id) f.*, ${rank} as rank from found f
          where not exists (select from said s where s.id = f.id)
          order by f.id, ${rank}, f."isMate", f.bits desc, f."to")
        select ${TILE}, f."to", f.grade, f.method, f.version, f.value, f.threshold, f.unit, f.bits, f.reasons, f."isMate", f."isSame", f."isTurned"
        from best f join media m on m.id = f.id order by f.rank, f.bits desc, m.id limit ${MOST + 1}`.execute(trx);
      return { items: rows.slice(0, MOST).map(toSuggestion), truncated: rows.length > MOST };
    },
    { access: 'read only' },
  );

/** Takes back what the actor's agency says of media and a series, of all of them or of none. Errors: FORBIDDEN, NOT_FOUND where it says nothing of one. */
export const removeMembers = (
  store: Store,
  ctx: Context,
  id: string,
  { media, reason }: SeriesMembersRemove,
): Promise<MembersRemoved> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    await oneSeries(trx, id);
    const wanted = [...new Set(media)];
    const said = await readAssertions(
      trx,
      sql`s.type = 'member-of' and s.to_entity_id = ${id}::uuid and s.from_media_id = any(${wanted}::uuid[])
        and s.agency_id = app_agency() and s.retracted_at is null`,
    );
    if (said.length < wanted.length) throw fail('NOT_FOUND', 'your agency does not say that it belongs to this series');
    for (const one of said) {
      await retractRow(trx, ctx, 'assertions', one.id, reason);
      await audit(trx, ctx, {
        type: 'assertion-retract',
        object: { kind: 'entity', id },
        detail: { assertion: one.id, type: one.type, reason },
      });
    }
    return { removed: wanted };
  });
};
