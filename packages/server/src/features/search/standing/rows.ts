// Kept searches as their owner reads them: what of their hits that person still sees, and what the looks were made in.
import { sql, type RawBuilder } from 'kysely';
import type { StandingHit, StandingLook, StandingSearch } from '@redthread/core/contract';
import { METHODS } from '@redthread/core/signals';
import type { Trx } from '../../../store/index.js';
import type { KeptQuery } from './look.js';

/** Those that look are fewer: of the ended ones the newest. */
const MOST_SEARCHES = 200;
const MOST_HITS = 500;
const MOST_LOOKS = 100;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kind: StandingSearch['kind'];
  readonly query: KeptQuery;
  readonly purpose: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
  readonly looked_at: Date | null;
  readonly failure: string | null;
  readonly is_over: boolean;
  readonly hits: number;
}

type LookRow = Omit<StandingLook, 'at'> & { readonly at: Date; readonly search: string };

/** A hit counts while its reader sees what was found: withdrawn, closed to them or destroyed, it is none. */
const SEEN = sql`(h.media_id is null or exists (select from media m where m.id = h.media_id))
  and (h.exhibit_id is null or exists (select from exhibits e where e.id = h.exhibit_id))
  and (h.media_id is null or exists (select from occurrences o where o.media_id = h.media_id and o.exhibit_id = h.exhibit_id))
  and (h.case_id is null or exists (select from cases c where c.id = h.case_id))
  and (h.list_id is null or exists (select from lists l where l.id = h.list_id))`;

/** Open ones first, then the newest. `which`: of `s` (standing_searches). */
export const readStanding = async (trx: Trx, which: RawBuilder<unknown>): Promise<StandingSearch[]> => {
  const { rows } =
    await sql<Row>`select s.id, s.name, s.kind, s.query, s.purpose, s.created_at, s.expires_at, s.ended_at, s.end_reason,
      s.looked_at, s.failure, s.expires_at <= now() as is_over,
      (select count(*)::integer from standing_hits h where h.search_id = s.id and ${SEEN}) as hits
    from standing_searches s where ${which}
    order by s.ended_at is not null, s.created_at desc, s.id limit ${MOST_SEARCHES}`.execute(trx);
  const ids = rows.map(({ id }) => id);
  const looks = await sql<LookRow>`select distinct on (search_id) ${LOOK} from standing_looks
    where search_id = any(${ids}::uuid[]) order by search_id, looked_at desc`.execute(trx);
  const last = new Map(looks.rows.map((row) => [row.search, toLook(row)]));
  return rows.map(({ query: { filter, picture, q }, ...row }) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    q: q ?? null,
    picture: picture === undefined ? null : { sha256: picture.sha256, region: picture.region, note: picture.note },
    filter:
      filter === undefined
        ? null
        : Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, String(value)])),
    purpose: row.purpose,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    state: row.ended_at !== null ? 'ended' : row.is_over ? 'expired' : 'open',
    end: row.ended_at === null ? null : { at: row.ended_at.toISOString(), reason: row.end_reason ?? '' },
    lookedAt: row.looked_at?.toISOString() ?? null,
    failure: row.failure,
    outdated: picture === undefined ? [] : outdatedOf(picture.methods),
    hits: row.hits,
    lastLook: last.get(row.id) ?? null,
  }));
};

/** Of the methods that the signals of a picture were made by. */
const outdatedOf = (methods: Readonly<Record<string, number>>): string[] =>
  [...new Set(METHODS.map((method) => method.reads ?? method))].flatMap(({ name, version }) =>
    methods[name] === undefined || methods[name] === version ? [] : [name],
  );

const LOOK = sql`search_id as search, looked_at as at, media, comparable, lists, found, added, truncated`;

const toLook = ({ at, search: _search, ...look }: LookRow): StandingLook => ({ ...look, at: at.toISOString() });

export const readLooks = async (trx: Trx, id: string): Promise<StandingLook[]> => {
  const { rows } = await sql<LookRow>`select ${LOOK} from standing_looks where search_id = ${id}::uuid
    order by looked_at desc, id limit ${MOST_LOOKS}`.execute(trx);
  return rows.map(toLook);
};

export const readHits = async (trx: Trx, id: string): Promise<StandingHit[]> => {
  const { rows } = await sql<Omit<StandingHit, 'foundAt'> & { readonly foundAt: Date }>`
    select h.id, h.found_at as "foundAt", h.grade,
      h.found_at > (select min(k.looked_at) from standing_looks k where k.search_id = h.search_id) as "isAdded",
      case when m.id is not null then json_build_object('id', m.id, 'kind', m.kind, 'state', case when media_closed(m.id) then 'closed' else m.state end) end as media,
      case when e.id is not null then json_build_object('id', e.id, 'reference', e.reference, 'caseReference', ec.reference) end as exhibit,
      case when c.id is not null then json_build_object('id', c.id, 'reference', c.reference) end as "case",
      case when l.id is not null then json_build_object('id', l.id, 'name', l.name, 'version', l.version) end as list,
      coalesce(a.name, '') as agency
    from standing_hits h left join media m on m.id = h.media_id left join exhibits e on e.id = h.exhibit_id left join cases ec on ec.id = e.case_id
      left join cases c on c.id = h.case_id left join lists l on l.id = h.list_id left join agencies a on a.id = h.of_agency_id
    where h.search_id = ${id}::uuid and ${SEEN}
    order by h.found_at desc, h.id limit ${MOST_HITS}`.execute(trx);
  return rows.map(({ foundAt, ...hit }) => ({ ...hit, foundAt: foundAt.toISOString() }));
};
