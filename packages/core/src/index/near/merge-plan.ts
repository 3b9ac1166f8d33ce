// Which segments are merged next: those of one size once there are four, as in a log-structured merge tree (O'Neil et al.,
// 1996), so that their number grows with the logarithm of what they hold; and those of which much was removed.
import type { NearSegment } from './segment.js';

/** So many segments of about one size become one of the next. */
const MERGE_AT = 4;
/** Postings of the smallest size: what a head takes before it becomes a segment. */
export const HEAD_LIMIT = 2_048;
/** Postings of a segment at most: 2 GiB of memory at 149 bytes each, with room to spare. */
export const SEGMENT_LIMIT = 13_000_000;
/** A segment is rewritten when this part of it was removed. */
const REWRITE_AT = 0.3;

type Sized = Pick<NearSegment, 'live' | 'postings'>;

/**
 * The smallest level of which four are there, and of those as many as make no more than `most` postings together, two at least; null:
 * nothing is due. `smallest` is for tests of short heads.
 */
export const mergeGroup = <T extends Sized>(
  segments: readonly T[],
  { most = SEGMENT_LIMIT, smallest = HEAD_LIMIT }: { most?: number; smallest?: number } = {},
): readonly T[] | null => {
  const levels = new Map<number, T[]>();
  for (const segment of segments) {
    const level = Math.floor(Math.log(Math.max(1, segment.live / smallest)) / Math.log(MERGE_AT));
    levels.set(level, [...(levels.get(level) ?? []), segment]);
  }
  for (const [, group] of [...levels].sort(([a], [b]) => a - b)) {
    const merged = group.length < MERGE_AT ? [] : fitting(group.slice(0, MERGE_AT), most);
    if (merged.length > 1) return merged;
  }
  return null;
};

/** The small ones first: where not all fit, most do. */
const fitting = <T extends Sized>(group: readonly T[], most: number): readonly T[] => {
  let sum = 0;
  return [...group].sort((a, b) => a.live - b.live).filter(({ live }) => (sum += live) <= most);
};

/** Segments that should be written anew without what was removed from them; `isPurge`: all from which anything was. */
export const wastefulSegments = <T extends Sized>(segments: readonly T[], isPurge: boolean): readonly T[] =>
  segments.filter(({ live, postings }) => postings - live > (isPurge ? 0 : REWRITE_AT * postings));
