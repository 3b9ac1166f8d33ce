// What connects a series with other series, or with cases: by the same rule as exhibits and cases, worked out for the one series whenever it
// is asked for, from its media and what they match.
import { sql } from 'kysely';
import type { SeriesConnection, SeriesConnections } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import {
  ConnectionIndex,
  scoreConnection,
  type EvidenceOfPair,
  type MatchOfMedia,
  type PlacedMedia,
} from '@redthread/core/graph';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { seriesOfMedia, seriesWithMedia } from '../entities/index.js';
import { readEnds, readMatches } from './queries.js';
import { countsOf } from './ranking.js';
import { toReason, type RankedReason } from './read.js';
import { IDENTICAL_BITS } from './score.js';
import { readMatchesOf, readPlaced } from './sight.js';

interface Input {
  readonly id: string;
  readonly with: 'series' | 'cases';
  readonly leads: boolean;
  readonly limit: number;
}

/** What the series may connect with: the media that each holds, how many there are of it, and how it is called. */
interface Ends {
  readonly of: (media: PlacedMedia) => readonly string[];
  readonly sizes: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly named: (ids: readonly string[]) => Promise<ReadonlyMap<string, Pick<SeriesConnection, 'series' | 'case'>>>;
}

type Own = Awaited<ReturnType<typeof seriesWithMedia>>;

/** Media of the series, what matches them, what has their bytes, and all of the stacks of these: by them it is known how rare one is. */
const readNeighbours = async (
  trx: Trx,
  own: Own,
): Promise<{ readonly media: PlacedMedia[]; readonly matches: MatchOfMedia[] }> => {
  const matches = await readMatchesOf(trx, new Set(own.media));
  const near = [...own.media, ...matches.flatMap(({ mediaA, mediaB }) => [mediaA, mediaB])];
  const { rows } = await sql<{ id: string }>`
    with near as materialized (select sha256, coalesce(representative_id, id) as stack from media where id = any(${near}::uuid[]))
    select m.id from media m where m.sha256 in (select sha256 from near)
    union select m.id from media m where m.id in (select stack from near)
    union select m.id from media m where m.representative_id in (select stack from near)`.execute(trx);
  return { matches, media: await readPlaced(trx, 'cases', new Set(rows.map(({ id }) => id))) };
};

const cases = (trx: Trx): Ends => ({
  of: ({ ends }) => ends,
  sizes: async (ids) => {
    const { rows } = await sql<{
      id: string;
      size: number;
    }>`select o.case_id as id, count(distinct o.media_id)::int as size
      from occurrences o where o.case_id = any(${[...ids]}::uuid[]) and o.media_id is not null group by 1`.execute(trx);
    return new Map(rows.map(({ id, size }) => [id, size]));
  },
  named: async (ids) =>
    new Map([...(await readEnds(trx, 'cases', ids))].map(([id, end]) => [id, { series: null, case: end }])),
});

const otherSeries = async (trx: Trx, own: Own, media: readonly PlacedMedia[]): Promise<Ends> => {
  const all = await seriesOfMedia(
    trx,
    media.map(({ id }) => id),
  );
  const others = all.filter(({ series }) => !own.isOne(series.id));
  const byMedia = new Map<string, string[]>();
  for (const { series, media: members } of others)
    for (const one of members) byMedia.set(one, [...(byMedia.get(one) ?? []), series.id]);
  return {
    of: ({ id }) => byMedia.get(id) ?? [],
    sizes: () => Promise.resolve(new Map(others.map(({ series, media: members }) => [series.id, members.length]))),
    named: () =>
      Promise.resolve(
        new Map(
          others.map(({ series: { id, name, agency } }) => [id, { series: { id, name, agency }, case: null }] as const),
        ),
      ),
  };
};

/** As the series sees it: its own medium comes first. */
const turned = (row: EvidenceOfPair, id: string, comparisons: number): EvidenceOfPair =>
  row.a === id
    ? { ...row, comparisons }
    : { ...row, a: row.b, b: row.a, mediaA: row.mediaB, mediaB: row.mediaA, comparisons };

const evidenceOf = async (
  own: Own,
  ends: Ends,
  { media, matches }: { readonly media: readonly PlacedMedia[]; readonly matches: readonly MatchOfMedia[] },
): Promise<EvidenceOfPair[][]> => {
  const { id } = own.series;
  const members = new Set(own.media);
  const placed = media
    .map((one) => ({ ...one, ends: [...(members.has(one.id) ? [id] : []), ...ends.of(one)] }))
    .filter((one) => one.ends.length > 0);
  const all = new ConnectionIndex(IDENTICAL_BITS).update({ changed: [], media: placed, matches });
  const found = [...all.values()].filter(([first]) => first?.a === id || first?.b === id);
  const others = found.flatMap(([first]) => (first === undefined ? [] : first.a === id ? first.b : first.a));
  const sizes = await ends.sizes(others);
  const size = placed.filter((one) => members.has(one.id)).length;
  return found.map((rows) => rows.map((row) => turned(row, id, size * (sizes.get(row.a === id ? row.b : row.a) ?? 1))));
};

/** Strongest first. Errors: NOT_FOUND, alike for a series that is not there and one that is not shared. */
export const connectionsOfSeries = (
  store: Store,
  ctx: Context,
  { id, with: kind, leads, limit }: Input,
): Promise<SeriesConnections> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const own = await seriesWithMedia(trx, id);
      const near = await readNeighbours(trx, own);
      const ends = kind === 'cases' ? cases(trx) : await otherSeries(trx, own, near.media);
      const scored = (await evidenceOf(own, ends, near))
        .flatMap((rows) => {
          const [score, first] = [scoreConnection(rows), rows[0]];
          return score === null || first === undefined ? [] : [{ ...score, end: first.b, counts: countsOf(rows) }];
        })
        .sort((x, y) => y.strengthBits - x.strengthBits || (x.end < y.end ? -1 : 1));
      const listed = scored.filter(({ isLead }) => isLead === leads);
      const shown = listed.slice(0, limit);
      const named = await ends.named(shown.map(({ end }) => end));
      const matches = await readMatches(
        trx,
        shown.flatMap(({ reasons }) => reasons.flatMap(({ matchId }) => matchId ?? [])),
      );
      const items = shown.flatMap(({ end, reasons, ...rest }): SeriesConnection[] => {
        const [strongest, ...further] = reasons.flatMap((reason: RankedReason) => toReason(reason, matches) ?? []);
        const name = named.get(end);
        if (strongest === undefined || name === undefined) return [];
        const { counts, strengthBits, isLead, causes } = rest;
        return [{ ...name, counts, strengthBits, isLead, causes: [...causes], strongest, further }];
      });
      return { items, total: listed.length, leads: scored.length - scored.filter((one) => !one.isLead).length };
    },
    { access: 'read only' },
  );
