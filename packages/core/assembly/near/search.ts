// Doors of the search: one query against a segment, or against hashes in a row.
import { distance } from './hamming';
import { HASHES, HIT_COUNT, HIT_LIMIT, HITS, POSTING_START, QUERY, SLOTS } from './layout';
import { isCrowded, planByCost, planEvenly } from './plan';
import { probe } from './probe';

/** Hashes that are compared in the time that an entry takes in a crowded bucket. */
const ENTRIES_PER_COMPARISON: u64 = 4;

/** Hits of the query in scratch; -1 when there are more than fit, or looking at everything is cheaper: then ask `scan`. */
export function search(segment: usize, scratch: usize, radius: u32): i32 {
  store<u32>(scratch, 0, HIT_COUNT);
  planEvenly(segment, scratch, radius);
  if (isCrowded(segment, scratch)) {
    const cost = planByCost(segment, scratch, radius);
    if (cost > <u64>load<u32>(segment, SLOTS) * ENTRIES_PER_COMPARISON) return -1;
  }
  return probe(segment, scratch, radius) ? load<i32>(scratch, HIT_COUNT) : -1;
}

/** Compares with the hashes from number `from` up to `to`; stops where the hits are full and answers the number to go on from. */
export function scan(hashes: usize, scratch: usize, from: u32, to: u32, radius: u32): u32 {
  let hits: u32 = 0;
  let at = from;
  for (; at < to && hits < HIT_LIMIT; at++) {
    const bits = distance(hashes + ((<usize>at) << 5), scratch + QUERY);
    if (bits > radius) continue;
    const hit = scratch + HITS + ((<usize>hits) << 3);
    store<u32>(hit, at);
    store<u32>(hit, bits, 4);
    hits++;
  }
  store<u32>(scratch, hits, HIT_COUNT);
  return at;
}

/** `scan` over the slots of a segment. */
export function scanSegment(segment: usize, scratch: usize, from: u32, radius: u32): u32 {
  return scan(<usize>load<u32>(segment, HASHES), scratch, from, load<u32>(segment, SLOTS), radius);
}

/** The slot that posting number `posting` belongs to. */
export function slotOfPosting(segment: usize, posting: u32): u32 {
  const starts = <usize>load<u32>(segment, POSTING_START);
  let low: u32 = 0;
  let high = load<u32>(segment, SLOTS);
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (load<u32>(starts + ((<usize>middle) << 2)) <= posting) low = middle;
    else high = middle;
  }
  return low;
}
