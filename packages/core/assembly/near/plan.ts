// How far each chunk is searched. By the general pigeonhole principle (Qin et al., "GPH: Similarity search in Hamming space", ICDE
// 2018) no hash within radius r is missed when sum(t + 1) = r + 1 over the thresholds t of the chunks; -1 leaves a chunk out.
import { masksOf } from './flips';
import { chunkAt, CHUNKS, DIRECTORY, FLIPS, PLAN, QUERY, REACH, SLOTS, THRESHOLDS, valueOf, WIDTH } from './layout';

/** A bucket looked at costs as much as so many entries scanned (measured). */
const PROBE_COST: u32 = 24;

/** The thresholds that serve evenly filled buckets: all alike, the last chunks one less where the radius does not divide. */
export function planEvenly(segment: usize, scratch: usize, radius: u32): void {
  const chunks = load<u32>(segment, CHUNKS);
  const each = (radius + 1) / chunks;
  const more = (radius + 1) % chunks;
  for (let chunk: u32 = 0; chunk < chunks; chunk++) {
    store<i32>(scratch + ((<usize>chunk) << 2), <i32>each - (chunk < more ? 0 : 1), THRESHOLDS);
  }
}

/** Estimates stop here, so that a sum over all chunks fits 32 bits. */
const MOST: u64 = 1 << 26;

/** Entries that the query would meet in a chunk within `reach` flipped bits. */
function entriesWithin(chunk: usize, value: u32, reach: u32): u32 {
  const directory = <usize>load<u32>(chunk, DIRECTORY);
  const width = load<u32>(chunk, WIDTH);
  let masks: u32 = 0;
  for (let count: u32 = 0; count <= reach; count++) masks += masksOf(width, count);
  let flip = <usize>load<u32>(chunk, FLIPS);
  let entries: u32 = 0;
  for (let i: u32 = 0; i < masks; i++, flip += 4) {
    const bucket = directory + ((<usize>(value ^ load<u32>(flip))) << 2);
    entries += load<u32>(bucket, 4) - load<u32>(bucket);
  }
  return entries;
}

/** True when the buckets that the even plan would visit hold so much more than their share that planning anew pays. */
export function isCrowded(segment: usize, scratch: usize): bool {
  const chunks = load<u32>(segment, CHUNKS);
  const slots = load<u32>(segment, SLOTS);
  let met: u64 = 0;
  let fair: u64 = 0;
  for (let i: u32 = 0; i < chunks; i++) {
    const chunk = chunkAt(segment, i);
    const reach = load<i32>(scratch + ((<usize>i) << 2), THRESHOLDS);
    if (reach < 0) continue;
    // A sample is enough: the query's own bucket and its nearest neighbours.
    met += entriesWithin(chunk, valueOf(chunk, scratch + QUERY), min(reach, 1));
    fair += (((<u64>slots) >> load<u32>(chunk, WIDTH)) + 1) * (reach > 0 ? 1 + load<u32>(chunk, WIDTH) : 1);
  }
  return met > fair * 3 + 2048;
}

/**
 * Chooses thresholds by what the buckets around this query hold, least cost first (dynamic programming over chunks and radius). Answers
 * the cost, in entries, for the caller to weigh against looking at everything.
 */
export function planByCost(segment: usize, scratch: usize, radius: u32): u64 {
  const chunks = load<u32>(segment, CHUNKS);
  const need = radius + 1;
  // best[c][s]: least cost of the first c chunks with sum(t + 1) = s. The choices are kept beside, a byte each.
  const best = scratch + PLAN;
  const choices = best + 2 * 64 * 4;
  for (let s: u32 = 0; s <= need; s++) store<u32>(best + (s << 2), s == 0 ? 0 : u32.MAX_VALUE);
  for (let c: u32 = 0; c < chunks; c++) {
    const chunk = chunkAt(segment, c);
    const value = valueOf(chunk, scratch + QUERY);
    const width = load<u32>(chunk, WIDTH);
    const none = entriesWithin(chunk, value, 0);
    const one = entriesWithin(chunk, value, 1);
    // Farther rings are not counted but taken to be as full as the ring before, which is cheaper than visiting them.
    const ring = (one - none) / width + 1;
    const two = <u32>min(MOST, <u64>one + <u64>ring * masksOf(width, 2));
    const three = <u32>min(MOST, <u64>two + <u64>ring * masksOf(width, 3));
    const from = best + (c & 1) * 256;
    const to = best + (~c & 1) * 256;
    for (let s: u32 = 0; s <= need; s++) {
      let least = load<u32>(from + (s << 2));
      let choice: u32 = 0;
      for (let take: u32 = 1; take <= <u32>REACH + 1 && take <= s; take++) {
        const before = load<u32>(from + ((s - take) << 2));
        if (before == u32.MAX_VALUE) continue;
        let entries = none;
        let probes: u32 = 1;
        if (take == 2) {
          entries = one;
          probes = 1 + width;
        } else if (take == 3) {
          entries = two;
          probes = 1 + width + masksOf(width, 2);
        } else if (take == 4) {
          entries = three;
          probes = 1 + width + masksOf(width, 2) + masksOf(width, 3);
        }
        const cost = before + entries + probes * PROBE_COST;
        if (cost < least) {
          least = cost;
          choice = take;
        }
      }
      store<u32>(to + (s << 2), least);
      store<u8>(choices + c * 64 + s, <u8>choice);
    }
  }
  let s = need;
  for (let c = chunks; c > 0; c--) {
    const take = load<u8>(choices + (c - 1) * 64 + s);
    store<i32>(scratch + ((<usize>(c - 1)) << 2), <i32>take - 1, THRESHOLDS);
    s -= take;
  }
  return load<u32>(best + (chunks & 1) * 256 + (need << 2));
}
