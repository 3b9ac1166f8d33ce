// Looks through what the owner of a kept search sees, as that owner: when it has changed since the last look, and once a day whether or not. Nothing that is hidden
// from them decides when, or what of it is kept. What a look found is kept with what it was made in, also when that is nothing.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { TileQuery, type StandingFilter } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { METHODS, type Signal } from '@redthread/core/signals';
import { audit, withContext, withTime, type Store, type Trx } from '../../../store/index.js';
import { requireScope, scopeOf } from '../../funnel/index.js';
import { readTiles } from '../../stacks/index.js';
import { likePicture } from '../by-picture.js';
import { mediaByDigest } from '../queries.js';
import { findWithoutTiles } from '../service.js';

/** What one look keeps of words, and of each thing that is filtered by. */
export const MOST_FILES = 500;
const MOST_MEDIA = 2_000;
const EVERY_MS = 24 * 3_600_000;

export interface KeptQuery {
  readonly q?: string;
  readonly filter?: StandingFilter;
  /** `sha256`: of the bytes; `seen`: of what is compared, which of a part of it is another. */
  readonly picture?: {
    readonly sha256: string;
    readonly seen: string;
    readonly region: string | null;
    readonly note: string | null;
    /** Which versions of methods its signals are of. */
    readonly methods: Readonly<Record<string, number>>;
  };
}

export interface LookedFor {
  readonly id: string;
  readonly name: string;
  readonly kind: 'words' | 'picture' | 'filter';
  readonly query: KeptQuery;
  readonly mark: string | null;
  readonly looked_at: Date | null;
}

interface Hit {
  readonly media?: string | null;
  readonly exhibit?: string;
  readonly case?: string;
  readonly list?: string;
  readonly grade?: string;
}

interface Finds {
  readonly hits: readonly Hit[];
  readonly truncated: boolean;
  /** Which were asked: of a digest those that count, of a filter by one the versions of it. */
  readonly lists?: number;
  /** The code of why one of them could not be. */
  readonly unasked?: string | undefined;
}

/** What compares, by name and version: a new one is a reason to look again. */
const COMPARES = METHODS.map(({ name, version }) => `${name}@${version}`).join(' ');

interface Sight {
  readonly media: number;
  readonly comparable: number;
  readonly mark: string;
}

/** What the actor sees, as one text that is another when it has changed. */
const sightOf = async (trx: Trx): Promise<Sight> => {
  const { rows } = await sql<Sight>`
    with m as materialized (select count(*) as media, count(*) filter (where comparable) as comparable from media),
      l as materialized (select md5(string_agg(id::text, '' order by id)) as digest from lists
        where damage is null and (expires_at is null or expires_at > now())),
      e as materialized (select md5(string_agg(id::text || state, '' order by id)) as digest from exhibits),
      c as materialized (select md5(string_agg(id::text || reference || title, '' order by id)) as digest from cases)
    select m.media, m.comparable, concat_ws(' ', m.media, m.comparable, l.digest, e.digest, c.digest) as mark from m, l, e, c`.execute(
    trx,
  );
  const [sight] = rows;
  if (sight === undefined) throw new Error('a question of counts has one answer');
  return { ...sight, mark: createHash('sha256').update(`${sight.mark} ${COMPARES}`).digest('hex') };
};

type Looked = Pick<LookedFor, 'looked_at' | 'mark'>;

/** Whether there is reason to. */
const isDue = ({ looked_at: at, mark }: Looked, sight: Sight): boolean =>
  at === null || mark !== sight.mark || Date.now() - at.getTime() >= EVERY_MS;

/** Those of one person that there is reason to look through: what they see is worked out once for all of them. */
export const dueOf = (store: Store, ctx: Context): Promise<string[]> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await withTime(trx);
      const sight = await sightOf(trx);
      const { rows } = await sql<Looked & { readonly id: string }>`select id, mark, looked_at from standing_searches
        where ended_at is null and expires_at > now() order by looked_at nulls first, id`.execute(trx);
      return rows.filter((one) => isDue(one, sight)).map(({ id }) => id);
    },
    { access: 'read only' },
  );

/** In one transaction as its owner; answers how much it found that no earlier look had, or null where there was no reason to look. `always`: somebody asks for it. */
export const look = (
  store: Store<'app' | 'matcher'>,
  ctx: Context,
  id: string,
  always: boolean,
): Promise<number | null> =>
  withContext(store.app, ctx, async (trx) => {
    await withTime(trx);
    // One process looks at a time; who comes second finds that it was done.
    const { rows } = await sql<LookedFor>`select id, name, kind, query, mark, looked_at from standing_searches
      where id = ${id}::uuid and ended_at is null and expires_at > now() for update`.execute(trx);
    const [search] = rows;
    if (search === undefined) return null;
    const sight = await sightOf(trx);
    return always || isDue(search, sight) ? (await lookNow(store, trx, ctx, search, sight)).added : null;
  });

/** Errors: NOT_FOUND where what it is limited to is not seen any more. */
export const lookNow = async (
  store: Store<'app' | 'matcher'>,
  trx: Trx,
  ctx: Context,
  { id, name, kind, looked_at: lookedAt, query }: LookedFor,
  sight?: Sight,
): Promise<Finds & { readonly added: number }> => {
  const { comparable, mark, media } = sight ?? (await sightOf(trx));
  const finds = await findsOf(store, trx, id, query);
  const { hits, lists = 0, truncated, unasked = null } = finds;
  const added = await keep(trx, id, hits);
  await sql`insert into standing_looks (agency_id, search_id, media, comparable, lists, found, added, is_first, truncated)
    values (app_agency(), ${id}::uuid, ${media}, ${comparable}, ${lists}, ${hits.length}, ${added}, ${lookedAt === null}, ${truncated})`.execute(
    trx,
  );
  await sql`update standing_searches set mark = ${mark}, looked_at = now(), failure = ${unasked} where id = ${id}::uuid`.execute(
    trx,
  );
  await audit(trx, ctx, {
    type: 'standing-look',
    object: { kind: 'standing-search', id },
    detail: { name, by: kind, media, lists, results: hits.length, added },
  });
  return { ...finds, added };
};

const findsOf = (store: Store<'app' | 'matcher'>, trx: Trx, id: string, query: KeptQuery): Promise<Finds> => {
  if (query.q !== undefined) return byWords(store, trx, query.q);
  if (query.filter !== undefined) return byFilter(trx, query.filter);
  if (query.picture !== undefined) return byPicture(store, trx, id, query.picture.seen);
  throw new Error(`the kept search ${id} says nothing to look for`);
};

const byWords = async (store: Store, trx: Trx, q: string): Promise<Finds> => {
  const { cases, exhibits, occurrences, truncated } = await findWithoutTiles(trx, q, MOST_FILES);
  const said = mediaByDigest(q) === null ? null : await store.lists.ask(trx, Buffer.from(q, 'hex'));
  return {
    lists: said?.asked.length ?? 0,
    unasked: said?.unasked[0]?.code,
    hits: [
      ...occurrences.map(({ exhibitId, mediaId }) => ({ media: mediaId, exhibit: exhibitId })),
      ...cases.map((one) => ({ case: one.id })),
      ...exhibits.map((one) => ({ exhibit: one.id })),
      ...(said?.found ?? []).map(({ list }) => ({ list: list.id })),
    ],
    truncated,
  };
};

const byPicture = async (store: Store<'app' | 'matcher'>, trx: Trx, id: string, seen: string): Promise<Finds> => {
  const { rows: signals } = await sql<Signal>`select method, version, quality, value from standing_signals
    where search_id = ${id}::uuid`.execute(store.matcher);
  const found = await likePicture(store, trx, { sha256: seen, signals });
  return {
    hits: await inExhibits(trx, new Map(found.map(({ grade, mediaId }) => [mediaId, grade]))),
    truncated: false,
  };
};

/** The newest first, so that what comes in is found however much there is. */
const byFilter = async (trx: Trx, { list, ...filter }: StandingFilter): Promise<Finds> => {
  const scope = scopeOf(filter);
  if (scope !== null) await requireScope(trx, scope);
  const ids = new Set<string>();
  let truncated = false;
  const versions = list === undefined ? [] : await versionsOf(trx, list);
  for (const one of list === undefined ? [undefined] : versions) {
    const query = {
      ...TileQuery.parse({ ...filter, list: one, sort: 'newest', collapse: 'media' }),
      limit: MOST_MEDIA,
    };
    const { items, next } = await readTiles(trx, scope, query);
    items.forEach(({ mediaId }) => ids.add(mediaId));
    truncated ||= next !== null;
  }
  const hits = await inExhibits(trx, new Map([...ids].map((id) => [id, undefined])));
  return { hits, truncated, lists: versions.length };
};

/** Those of a list that count, also such as came after the one that was named. */
const versionsOf = async (trx: Trx, list: string): Promise<string[]> => {
  const { rows } = await sql<{
    id: string;
  }>`select l.id from lists l join lists n on n.agency_id = l.agency_id and n.name = l.name
    where n.id = ${list}::uuid and (l.expires_at is null or l.expires_at > now()) order by l.id`.execute(trx);
  return rows.map(({ id }) => id);
};

/** The same media in another exhibit is found anew. */
const inExhibits = async (trx: Trx, grades: ReadonlyMap<string, string | undefined>): Promise<Hit[]> => {
  const { rows } = await sql<{
    media: string;
    exhibit: string;
  }>`select distinct o.media_id as media, o.exhibit_id as exhibit
    from occurrences o where o.media_id = any(${[...grades.keys()]}::uuid[])`.execute(trx);
  return rows.map(({ exhibit, media }) => {
    const grade = grades.get(media);
    return { media, exhibit, ...(grade === undefined ? {} : { grade }) };
  });
};

/** Answers how many were not known yet. */
const keep = async (trx: Trx, id: string, hits: readonly Hit[]): Promise<number> => {
  const column = (of: (hit: Hit) => string | null | undefined) => hits.map((hit) => of(hit) ?? null);
  const { numAffectedRows } = await sql`
    insert into standing_hits (agency_id, search_id, of_agency_id, media_id, exhibit_id, case_id, list_id, grade)
    select app_agency(), ${id}::uuid, coalesce(e.agency_id, c.agency_id, l.agency_id), f.media, f.exhibit, f.cases, f.list, f.grade
    from unnest(${column((hit) => hit.media)}::uuid[], ${column((hit) => hit.exhibit)}::uuid[], ${column((hit) => hit.case)}::uuid[],
      ${column((hit) => hit.list)}::uuid[], ${column((hit) => hit.grade)}::text[]) as f (media, exhibit, cases, list, grade)
    left join exhibits e on e.id = f.exhibit left join cases c on c.id = f.cases left join lists l on l.id = f.list
    where num_nonnulls(e.id, c.id, l.id) = 1
    on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0);
};
