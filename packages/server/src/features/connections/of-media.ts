// Which pairs of ends a media connects: those that hold it, with those that hold its bytes or a match of it. The rule is that of the
// ranking, of which these are looked up.
import { sql } from 'kysely';
import type { ConnectionEnds } from '@redthread/core/contract';
import { gradeRank } from '@redthread/core/domain';
import { isEvidence, type MatchOfMedia, type PlacedMedia } from '@redthread/core/graph';
import type { Trx } from '../../store/index.js';
import { readMatchesOf, readPlaced } from './sight.js';

const sameBytes = async (trx: Trx, media: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select other.id from media one join media other on other.sha256 = one.sha256 where one.id = ${media}::uuid`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
};

const otherOf = (media: string, { mediaA, mediaB }: MatchOfMedia): string => (mediaA === media ? mediaB : mediaA);

/** Pairs as `a_b`, the smaller id first; none where it stands on a known-good list. */
export const readPairsOf = async (trx: Trx, between: ConnectionEnds, media: string): Promise<ReadonlySet<string>> => {
  const matches = await readMatchesOf(trx, new Set([media]));
  const mates = new Set([media, ...(await sameBytes(trx, media)), ...matches.map((one) => otherOf(media, one))]);
  const placed = new Map((await readPlaced(trx, between, mates)).map((one) => [one.id, one]));
  const own = placed.get(media);
  if (own === undefined) return new Set();
  const counts = (other: PlacedMedia): boolean =>
    other.sha256 === own.sha256 ||
    matches.some((one) => otherOf(media, one) === other.id && isEvidence(gradeRank(one.grade), own, other));
  const theirs = new Set([...placed.values()].filter(counts).flatMap(({ ends }) => ends));
  return new Set(
    own.ends.flatMap((a) => [...theirs].flatMap((b) => (a === b ? [] : [a < b ? `${a}_${b}` : `${b}_${a}`]))),
  );
};
