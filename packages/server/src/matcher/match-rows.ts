// From pairs of contents to matches between media: each medium that takes part on one side with each on the other, across
// agencies; who may see a row is asked when it is read.
import { sql, type Kysely } from 'kysely';
import { compareMedia, type MediaComparison } from '@redthread/core/graph';
import type { Reason } from '@redthread/core/contract';
import { exchangedReasons, type MatchGrade } from '@redthread/core/domain';
import type { Database } from '../store/index.js';
import type { ContentPair } from './find-pairs.js';
import type { MatchMedia } from './media-of-contents.js';

interface MatchRow {
  readonly a: MatchMedia;
  readonly b: MatchMedia;
  readonly grade: MatchGrade;
  readonly reasons: readonly Reason[];
  readonly decoder: string;
}

type MediaByContent = ReadonlyMap<number, readonly MatchMedia[]>;

/** Matches of content pairs; rows between two media that were both matched before are there already. */
export const rowsOfPairs = (
  pairs: readonly ContentPair[],
  media: MediaByContent,
  isNew: (mediaId: string) => boolean,
): MatchRow[] =>
  pairs.flatMap(({ a, b, comparison }) => {
    const { grade, reasons } = comparison;
    if (grade === 'none') return [];
    const decoder = [...new Set([a.decoder, b.decoder])].join(' | ');
    return combinations(seen(media.get(a.contentId)), seen(media.get(b.contentId)), isNew).map(([x, y]) =>
      row(x, y, grade, reasons, decoder),
    );
  });

/** The same content held by several agencies: `identical`, whatever kind of file it is. */
export const rowsOfIdentical = (
  contents: readonly { readonly contentId: number; readonly sha256: string }[],
  media: MediaByContent,
  isNew: (mediaId: string) => boolean,
): MatchRow[] =>
  contents.flatMap(({ contentId, sha256 }) => {
    const holders = media.get(contentId) ?? [];
    if (holders.length < 2) return [];
    const { reasons }: MediaComparison = compareMedia({ sha256, signals: [] }, { sha256, signals: [] });
    return holders.flatMap((x, place) =>
      holders
        .slice(place + 1)
        .filter((y) => isNew(x.mediaId) || isNew(y.mediaId))
        .map((y) => row(x, y, 'identical', reasons, '')),
    );
  });

const seen = (media: readonly MatchMedia[] = []): readonly MatchMedia[] => media.filter(({ bySight }) => bySight);

const combinations = (
  left: readonly MatchMedia[] = [],
  right: readonly MatchMedia[] = [],
  isNew: (mediaId: string) => boolean,
): (readonly [MatchMedia, MatchMedia])[] =>
  left.flatMap((x) => right.filter((y) => isNew(x.mediaId) || isNew(y.mediaId)).map((y) => [x, y] as const));

/** The table wants the smaller id first; the places of the reasons follow their side. */
const row = (x: MatchMedia, y: MatchMedia, grade: MatchGrade, reasons: readonly Reason[], decoder: string): MatchRow =>
  x.mediaId < y.mediaId
    ? { a: x, b: y, grade, reasons, decoder }
    : { a: y, b: x, grade, decoder, reasons: exchangedReasons(reasons) };

/** Rows that are there already stay as they are: what was seen of them stays true. */
export const insertMatches = async (db: Kysely<Database>, rows: readonly MatchRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const sorted = [...rows].sort((x, y) => compare(x.a.mediaId, y.a.mediaId) || compare(x.b.mediaId, y.b.mediaId));
  const strongest = sorted.map(({ reasons }) => reasons[0]);
  await sql`insert into matches (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits,
      decoder, reasons)
    select n.media_a, n.media_b, n.agency_a, n.agency_b, n.grade, n.method, n.version, n.value, n.threshold, n.unit, n.bits,
      n.decoder, n.reasons::jsonb
    from unnest(${sorted.map(({ a }) => a.mediaId)}::uuid[], ${sorted.map(({ b }) => b.mediaId)}::uuid[],
      ${sorted.map(({ a }) => a.agencyId)}::uuid[], ${sorted.map(({ b }) => b.agencyId)}::uuid[],
      ${sorted.map(({ grade }) => grade)}::text[], ${strongest.map((r) => r?.method ?? '')}::text[],
      ${strongest.map((r) => r?.version ?? 0)}::integer[], ${strongest.map((r) => r?.value ?? 0)}::real[],
      ${strongest.map((r) => r?.threshold ?? 0)}::real[], ${strongest.map((r) => r?.unit ?? '')}::text[],
      ${strongest.map((r) => r?.bits ?? 0)}::real[], ${sorted.map(({ decoder }) => decoder)}::text[],
      ${sorted.map(({ reasons }) => JSON.stringify(reasons))}::text[])
      as n (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons)
    on conflict (media_a, media_b, grade) do nothing`.execute(db);
};

const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
