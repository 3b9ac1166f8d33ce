// What links a series with other series, or with cases: read for the one series, from its media, what they match, and the cameras that made them.
import { sql, type RawBuilder } from 'kysely';
import type { ConnectionEnds, SeriesConnection } from '@redthread/core/contract';
import { deviceDigits } from '@redthread/core/domain';
import { ConnectionIndex, type EvidenceOfPair, type MatchOfMedia, type PlacedMedia } from '@redthread/core/graph';
import type { Trx } from '../../store/index.js';
import { seriesOfMedia, type SeriesMedia } from '../entities/index.js';
import { readEnds } from './queries.js';
import { IDENTICAL_BITS } from './score.js';
import { readMatchesOf, readPlaced } from './sight.js';

export type WithEnds = 'series' | 'cases';

/** What the series may connect with: the media that each holds, how much there is of it, and how it is called. */
interface Ends {
  readonly of: (media: PlacedMedia) => readonly string[];
  readonly sizes: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Media of these that name the number of a device. */
  readonly numbered: (ids: readonly string[]) => Promise<PlacedMedia[]>;
  readonly named: (ids: readonly string[]) => Promise<ReadonlyMap<string, Pick<SeriesConnection, 'series' | 'case'>>>;
  /** All records that are one with an end. */
  readonly records: (id: string) => readonly string[];
  /** How many of them the viewer sees, linked or not: with each of these the series was compared. */
  readonly seen: () => Promise<number>;
}

const BETWEEN: ConnectionEnds = 'cases';

/** Media of which a body or a lens has a number with these decimal signs: all that have the same number, and some that have not. */
const mediaOfDevices = async (trx: Trx, devices: ReadonlySet<string>): Promise<string[]> => {
  if (devices.size === 0) return [];
  const digits = sql`any(${[...new Set([...devices].map(deviceDigits))]}::text[])`;
  const { rows } = await sql<{ id: string }>`
    select media_id as id from media_metadata where body_digits = ${digits}
    union select media_id from media_metadata where lens_digits = ${digits}`.execute(trx);
  return rows.map(({ id }) => id);
};

const devicesOf = (media: readonly PlacedMedia[]): Set<string> =>
  new Set(media.flatMap(({ devices = [] }) => [...devices]));

/**
 * Media of the series, what matches them, what has their bytes, all of the stacks of these, and what the same cameras made: by them it is
 * known how rare one is.
 */
const readNeighbours = async (
  trx: Trx,
  own: SeriesMedia,
): Promise<{ readonly media: PlacedMedia[]; readonly matches: MatchOfMedia[] }> => {
  const matches = await readMatchesOf(trx, new Set(own.media));
  const devices = devicesOf(await readPlaced(trx, BETWEEN, new Set(own.media)));
  const near = [...own.media, ...matches.flatMap(({ mediaA, mediaB }) => [mediaA, mediaB])];
  const { rows } = await sql<{ id: string }>`
    with near as materialized (select sha256, coalesce(representative_id, id) as stack from media where id = any(${near}::uuid[]))
    select m.id from media m where m.sha256 in (select sha256 from near)
    union select m.id from media m where m.id in (select stack from near)
    union select m.id from media m where m.representative_id in (select stack from near)`.execute(trx);
  const ids = new Set([...rows.map(({ id }) => id), ...(await mediaOfDevices(trx, devices))]);
  return { matches, media: await readPlaced(trx, BETWEEN, ids) };
};

const withNumbers = async (trx: Trx, from: RawBuilder<{ id: string }>): Promise<PlacedMedia[]> => {
  const { rows } = await from.execute(trx);
  return readPlaced(trx, BETWEEN, new Set(rows.map(({ id }) => id)));
};

const counted = async (trx: Trx, from: RawBuilder<unknown>): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${from}`.execute(trx);
  return rows[0]?.n ?? 0;
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
  numbered: (ids) =>
    withNumbers(
      trx,
      sql`select distinct o.media_id as id from occurrences o join media_metadata d on d.media_id = o.media_id and d.device is not null
        where o.case_id = any(${[...ids]}::uuid[])`,
    ),
  named: async (ids) =>
    new Map([...(await readEnds(trx, BETWEEN, ids))].map(([id, end]) => [id, { series: null, case: end }])),
  records: (id) => [id],
  seen: () => counted(trx, sql`cases`),
});

const otherSeries = async (trx: Trx, own: SeriesMedia, media: readonly PlacedMedia[]): Promise<Ends> => {
  const all = await seriesOfMedia(
    trx,
    media.map(({ id }) => id),
  );
  const others = all.filter(({ series }) => !own.records.includes(series.id));
  const byId = new Map(others.map((one) => [one.series.id, one]));
  const byMedia = new Map<string, string[]>();
  for (const { series, media: members } of others)
    for (const one of members) byMedia.set(one, [...(byMedia.get(one) ?? []), series.id]);
  return {
    of: ({ id }) => byMedia.get(id) ?? [],
    sizes: () => Promise.resolve(new Map(others.map(({ series, media: members }) => [series.id, members.length]))),
    numbered: (ids) => {
      const members = ids.flatMap((id) => byId.get(id)?.media ?? []);
      return withNumbers(
        trx,
        sql`select distinct media_id as id from media_metadata where device is not null and media_id = any(${members}::uuid[])`,
      );
    },
    named: () =>
      Promise.resolve(
        new Map(
          others.map(({ series: { id, name, agency } }) => [id, { series: { id, name, agency }, case: null }] as const),
        ),
      ),
    records: (id) => byId.get(id)?.records ?? [id],
    seen: () => counted(trx, sql`entities where kind = 'series' and id <> all(${[...own.records]}::uuid[])`),
  };
};

/** As the series sees it: its own medium comes first. */
const turned = (row: EvidenceOfPair, id: string, comparisons: number): EvidenceOfPair =>
  row.a === id
    ? { ...row, comparisons }
    : { ...row, a: row.b, b: row.a, mediaA: row.mediaB, mediaB: row.mediaA, comparisons };

/** How many devices each of these ends has pictures of. */
const deviceCounts = async (ends: Ends, ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (ids.length === 0) return new Map();
  const byEnd = new Map<string, Set<string>>();
  for (const one of await ends.numbered(ids))
    for (const end of ends.of(one)) byEnd.set(end, new Set([...(byEnd.get(end) ?? []), ...(one.devices ?? [])]));
  return new Map([...byEnd].map(([id, devices]) => [id, devices.size]));
};

export interface SeriesEvidence extends Pick<Ends, 'named' | 'records'> {
  /** Of each end that anything links with the series, told from the series. */
  readonly pairs: readonly (readonly EvidenceOfPair[])[];
}

export const evidenceOfSeries = async (trx: Trx, own: SeriesMedia, kind: WithEnds): Promise<SeriesEvidence> => {
  const { media, matches } = await readNeighbours(trx, own);
  const ends = kind === 'cases' ? cases(trx) : await otherSeries(trx, own, media);
  const { id } = own.series;
  const members = new Set(own.media);
  const placed = media
    // What chats name links their cases, and not the series that an export is in.
    .map(({ names: _names, ...one }) => ({ ...one, ends: [...(members.has(one.id) ? [id] : []), ...ends.of(one)] }))
    .filter((one) => one.ends.length > 0);
  const all = new ConnectionIndex(IDENTICAL_BITS).update({ changed: [], media: placed, matches });
  const found = [...all.values()].filter(([first]) => first?.a === id || first?.b === id);
  const otherOf = (row: EvidenceOfPair): string => (row.a === id ? row.b : row.a);
  const sizes = await ends.sizes(found.flatMap(([first]) => (first === undefined ? [] : [otherOf(first)])));
  const devices = await deviceCounts(
    ends,
    found.flatMap((rows) => rows.filter(({ device }) => device !== null).map(otherOf)),
  );
  const mine = placed.filter((one) => members.has(one.id));
  const ownDevices = devicesOf(mine).size;
  // It is compared with all others to find this one (docs/adr/0029).
  const others = Math.max(1, await ends.seen());
  const comparisons = (row: EvidenceOfPair): number =>
    others *
    (row.device === null
      ? mine.length * (sizes.get(otherOf(row)) ?? 1)
      : ownDevices * (devices.get(otherOf(row)) ?? 1));
  return {
    pairs: found.map((rows) => rows.map((row) => turned(row, id, comparisons(row)))),
    named: ends.named,
    records: ends.records,
  };
};
