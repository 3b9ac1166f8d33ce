// The search proper, in three passes over lists in scratch, so that the latencies of memory overlap: which stretches of entries to look
// at, which entries pass on the bits of the next chunk, and which of those are within the radius.
import { distance } from './hamming';
import { masksOf } from './flips';
import {
  CANDIDATE_COUNT,
  CANDIDATE_LIMIT,
  CANDIDATES,
  chunkAt,
  CHUNKS,
  DIRECTORY,
  ENTRY_SLOTS,
  FLIPS,
  HASHES,
  HIT_COUNT,
  HIT_LIMIT,
  HITS,
  NEXT_BITS,
  nextOf,
  QUERY,
  SINK,
  SPAN_BYTES,
  SPAN_COUNT,
  SPAN_LIMIT,
  SPANS,
  THRESHOLDS,
  valueOf,
  WIDTH,
} from './layout';

/** Looks where the thresholds say. Answers false when the hits did not fit. */
export function probe(segment: usize, scratch: usize, radius: u32): bool {
  const chunks = load<u32>(segment, CHUNKS);
  store<u32>(scratch, 0, SPAN_COUNT);
  store<u32>(scratch, 0, CANDIDATE_COUNT);
  for (let chunk: u32 = 0; chunk < chunks; chunk++) {
    if (!collectSpans(segment, scratch, chunk, radius)) return false;
  }
  return scanSpans(segment, scratch, radius) && verify(segment, scratch, radius);
}

function thresholdOf(scratch: usize, chunk: u32): i32 {
  return load<i32>(scratch + ((<usize>chunk) << 2), THRESHOLDS);
}

/**
 * Bits by which a chunk and the one after it may differ together. The strong form of the pigeonhole principle (Qin and Xiao,
 * "Pigeonring", PVLDB 12, 2018): some chunk of a true hit keeps its own bound and, with those after it, the bounds of each run.
 */
function pairBound(scratch: usize, chunk: u32, chunks: u32): i32 {
  return thresholdOf(scratch, chunk) + thresholdOf(scratch, chunk + 1 < chunks ? chunk + 1 : 0) + 1;
}

function collectSpans(segment: usize, scratch: usize, number: u32, radius: u32): bool {
  const reach = thresholdOf(scratch, number);
  if (reach < 0) return true;
  const chunk = chunkAt(segment, number);
  const bound = pairBound(scratch, number, load<u32>(segment, CHUNKS));
  const directory = <usize>load<u32>(chunk, DIRECTORY);
  const nextBits = <usize>load<u32>(chunk, NEXT_BITS);
  const width = load<u32>(chunk, WIDTH);
  const value = valueOf(chunk, scratch + QUERY);
  let flip = <usize>load<u32>(chunk, FLIPS);
  let count = load<u32>(scratch, SPAN_COUNT);
  let sink: u32 = 0;
  for (let bits = 0; bits <= reach && bits <= bound; bits++) {
    const info = (number << 8) | (<u32>(bound - bits));
    for (let end = flip + ((<usize>masksOf(width, bits)) << 2); flip < end; flip += 4) {
      const bucket = directory + ((<usize>(value ^ load<u32>(flip))) << 2);
      const from = load<u32>(bucket);
      const to = load<u32>(bucket, 4);
      if (from == to) continue;
      const span = scratch + SPANS + <usize>count * SPAN_BYTES;
      store<u32>(span, from);
      store<u32>(span, to, 4);
      store<u32>(span, info, 8);
      // Asks for the lines early; nothing waits for them.
      sink ^= load<u16>(nextBits + ((<usize>from) << 1));
      if (++count < SPAN_LIMIT) continue;
      store<u32>(scratch, count, SPAN_COUNT);
      if (!scanSpans(segment, scratch, radius)) return false;
      count = 0;
    }
  }
  store<u32>(scratch, sink, SINK);
  store<u32>(scratch, count, SPAN_COUNT);
  return true;
}

/** Keeps the entries whose next bits are near enough, eight at a time. */
function scanSpans(segment: usize, scratch: usize, radius: u32): bool {
  const spans = load<u32>(scratch, SPAN_COUNT);
  store<u32>(scratch, 0, SPAN_COUNT);
  let current: u32 = u32.MAX_VALUE;
  let nextBits: usize = 0;
  let own = i16x8.splat(0);
  for (let i: u32 = 0; i < spans; i++) {
    const span = scratch + SPANS + <usize>i * SPAN_BYTES;
    const info = load<u32>(span, 8);
    if (info >> 8 != current) {
      current = info >> 8;
      const chunk = chunkAt(segment, current);
      nextBits = <usize>load<u32>(chunk, NEXT_BITS);
      own = i16x8.splat(<i16>nextOf(chunk, scratch + QUERY));
    }
    let from = load<u32>(span);
    const to = load<u32>(span, 4);
    const bound = info & 255;
    while (from < to) {
      // A crowded bucket is taken in parts, so that the candidates of a part always fit.
      const end = min(to, from + 1024);
      if (load<u32>(scratch, CANDIDATE_COUNT) + 1024 > CANDIDATE_LIMIT && !verify(segment, scratch, radius)) {
        return false;
      }
      if (bound == 2) scanTwo(scratch, nextBits, from, end, own, current);
      else if (bound == 3) scanThree(scratch, nextBits, from, end, own, current);
      else scanCounting(scratch, nextBits, from, end, own, current, bound);
      from = end;
    }
  }
  return true;
}

/** Clears the lowest set bit of each lane. */
function clearLowest(lanes: v128): v128 {
  return v128.and(lanes, i16x8.sub(lanes, i16x8.splat(1)));
}

/** Entries from..to that differ by at most two bits: cheaper than counting them. */
function scanTwo(scratch: usize, nextBits: usize, from: u32, to: u32, own: v128, chunk: u32): void {
  for (let at = from; at < to; at += 8) {
    const differing = v128.xor(v128.load(nextBits + ((<usize>at) << 1)), own);
    const near = i16x8.eq(clearLowest(clearLowest(differing)), i16x8.splat(0));
    if (v128.any_true(near)) keep(scratch, <u32>i16x8.bitmask(near), at, to, chunk);
  }
}

/** The same for three. */
function scanThree(scratch: usize, nextBits: usize, from: u32, to: u32, own: v128, chunk: u32): void {
  for (let at = from; at < to; at += 8) {
    const differing = v128.xor(v128.load(nextBits + ((<usize>at) << 1)), own);
    const near = i16x8.eq(clearLowest(clearLowest(clearLowest(differing))), i16x8.splat(0));
    if (v128.any_true(near)) keep(scratch, <u32>i16x8.bitmask(near), at, to, chunk);
  }
}

/** The same for any bound, by counting bits. */
function scanCounting(scratch: usize, nextBits: usize, from: u32, to: u32, own: v128, chunk: u32, bound: u32): void {
  const most = i16x8.splat(<i16>bound);
  for (let at = from; at < to; at += 8) {
    const differing = i8x16.popcnt(v128.xor(v128.load(nextBits + ((<usize>at) << 1)), own));
    const near = i16x8.le_s(i16x8.extadd_pairwise_i8x16_u(differing), most);
    if (v128.any_true(near)) keep(scratch, <u32>i16x8.bitmask(near), at, to, chunk);
  }
}

/** Notes the entries of eight that are set in `mask`, those from `to` on left out. */
function keep(scratch: usize, mask: u32, at: u32, to: u32, chunk: u32): void {
  if (to - at < 8) mask &= (1 << (to - at)) - 1;
  let count = load<u32>(scratch, CANDIDATE_COUNT);
  for (; mask != 0; mask &= mask - 1) {
    const candidate = scratch + CANDIDATES + ((<usize>count) << 3);
    store<u32>(candidate, at + ctz<u32>(mask));
    store<u32>(candidate, chunk, 4);
    count++;
  }
  store<u32>(scratch, count, CANDIDATE_COUNT);
}

/** Measures the candidates; a hit that several chunks find is reported by the first that does. */
function verify(segment: usize, scratch: usize, radius: u32): bool {
  const count = load<u32>(scratch, CANDIDATE_COUNT);
  store<u32>(scratch, 0, CANDIDATE_COUNT);
  const hashes = <usize>load<u32>(segment, HASHES);
  const end = scratch + CANDIDATES + ((<usize>count) << 3);
  let sink: u32 = 0;
  for (let candidate = scratch + CANDIDATES; candidate < end; candidate += 8) {
    const entrySlots = <usize>load<u32>(chunkAt(segment, load<u32>(candidate, 4)), ENTRY_SLOTS);
    const slot = load<u32>(entrySlots + ((<usize>load<u32>(candidate)) << 2));
    store<u32>(candidate, slot);
    sink ^= load<u8>(hashes + ((<usize>slot) << 5));
  }
  store<u32>(scratch, sink, SINK);
  let hits = load<u32>(scratch, HIT_COUNT);
  for (let candidate = scratch + CANDIDATES; candidate < end; candidate += 8) {
    const slot = load<u32>(candidate);
    const hash = hashes + ((<usize>slot) << 5);
    const bits = distance(hash, scratch + QUERY);
    if (bits > radius || isFoundBefore(segment, scratch, load<u32>(candidate, 4), hash)) continue;
    if (hits >= HIT_LIMIT) return false;
    const hit = scratch + HITS + ((<usize>hits) << 3);
    store<u32>(hit, slot);
    store<u32>(hit, bits, 4);
    hits++;
  }
  store<u32>(scratch, hits, HIT_COUNT);
  return true;
}

function isFoundBefore(segment: usize, scratch: usize, number: u32, hash: usize): bool {
  const chunks = load<u32>(segment, CHUNKS);
  const query = scratch + QUERY;
  for (let earlier: u32 = 0; earlier < number; earlier++) {
    const chunk = chunkAt(segment, earlier);
    const own = popcnt<u32>(valueOf(chunk, hash) ^ valueOf(chunk, query));
    if (<i32>own > thresholdOf(scratch, earlier)) continue;
    const next = popcnt<u32>(nextOf(chunk, hash) ^ nextOf(chunk, query));
    if (<i32>(own + next) <= pairBound(scratch, earlier, chunks)) return true;
  }
  return false;
}
