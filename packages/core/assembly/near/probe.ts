// The search proper, in passes over lists in scratch, so that the latencies of memory overlap: which stretches of entries to look
// at, asking for all of their lines, which entries pass on the bits of the next chunk, and which of those are within the radius.
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
  PART,
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
  const nextBits = load<u32>(chunk, NEXT_BITS);
  const entrySlots = load<u32>(chunk, ENTRY_SLOTS);
  const width = load<u32>(chunk, WIDTH);
  const value = valueOf(chunk, scratch + QUERY);
  let flip = <usize>load<u32>(chunk, FLIPS);
  let count = load<u32>(scratch, SPAN_COUNT);
  for (let bits = 0; bits <= reach && bits <= bound; bits++) {
    const info = (number << 8) | (<u32>(bound - bits));
    for (let end = flip + ((<usize>masksOf(width, bits)) << 2); flip < end; flip += 4) {
      const bucket = directory + ((<usize>(value ^ load<u32>(flip))) << 2);
      const from = load<u32>(bucket);
      const to = load<u32>(bucket, 4);
      if (from == to) continue;
      const span = scratch + SPANS + <usize>count * SPAN_BYTES;
      store<u32>(span, nextBits + (from << 1));
      store<u32>(span, entrySlots + (from << 2), 4);
      store<u32>(span, to - from, 8);
      store<u32>(span, info, 12);
      if (++count < SPAN_LIMIT) continue;
      store<u32>(scratch, count, SPAN_COUNT);
      if (!scanSpans(segment, scratch, radius)) return false;
      count = 0;
    }
  }
  store<u32>(scratch, count, SPAN_COUNT);
  return true;
}

/**
 * Asks for every line of next bits in the first part of each span at once and waits for none, so that as many misses as the processor can
 * have are under way; a scan alone has a few. WebAssembly has no prefetch: these are loads whose sum nobody reads.
 */
function touchSpans(scratch: usize): void {
  const end = scratch + SPANS + <usize>load<u32>(scratch, SPAN_COUNT) * SPAN_BYTES;
  let sink: u32 = 0;
  for (let span = scratch + SPANS; span < end; span += SPAN_BYTES) {
    let line = <usize>load<u32>(span);
    const last = line + ((<usize>min(load<u32>(span, 8), PART)) << 1);
    line &= ~63;
    for (; line + 192 < last; line += 256) {
      sink ^= load<u8>(line) ^ load<u8>(line, 64) ^ load<u8>(line, 128) ^ load<u8>(line, 192);
    }
    for (; line < last; line += 64) sink ^= load<u8>(line);
  }
  store<u32>(scratch, sink, SINK);
}

/** Keeps the entries whose next bits are near enough. */
function scanSpans(segment: usize, scratch: usize, radius: u32): bool {
  touchSpans(scratch);
  const end = scratch + SPANS + <usize>load<u32>(scratch, SPAN_COUNT) * SPAN_BYTES;
  store<u32>(scratch, 0, SPAN_COUNT);
  let current: u32 = u32.MAX_VALUE;
  let own = i16x8.splat(0);
  for (let span = scratch + SPANS; span < end; span += SPAN_BYTES) {
    const info = load<u32>(span, 12);
    if (info >> 8 != current) {
      current = info >> 8;
      own = i16x8.splat(<i16>nextOf(chunkAt(segment, current), scratch + QUERY));
    }
    let bits = <usize>load<u32>(span);
    let slots = load<u32>(span, 4);
    let left = load<u32>(span, 8);
    while (left > 0) {
      const count = min(left, PART);
      // The candidates of a part always fit.
      if (load<u32>(scratch, CANDIDATE_COUNT) + PART > CANDIDATE_LIMIT && !verify(segment, scratch, radius)) {
        return false;
      }
      scanPart(scratch, bits, slots, count, own, info);
      bits += (<usize>count) << 1;
      slots += count << 2;
      left -= count;
    }
  }
  return true;
}

/** Keeps the entries of a part that differ from `own` by no more than `info` says, sixteen at a time. */
function scanPart(scratch: usize, bits: usize, slots: u32, count: u32, own: v128, info: u32): void {
  const bound = info & 255;
  const chunk = info >> 8;
  // Two and three are nearly all that is asked for, and cheaper than counting.
  if (bound == 2) {
    for (let at: u32 = 0; at < count; at += 16, bits += 32) {
      const low = clearLowest(clearLowest(v128.xor(v128.load(bits), own)));
      const high = clearLowest(clearLowest(v128.xor(v128.load(bits, 16), own)));
      const near = zeroLanes(low, high);
      if (near != 0) keep(scratch, near, slots + (at << 2), count - at, chunk);
    }
  } else if (bound == 3) {
    for (let at: u32 = 0; at < count; at += 16, bits += 32) {
      const low = clearLowest(clearLowest(clearLowest(v128.xor(v128.load(bits), own))));
      const high = clearLowest(clearLowest(clearLowest(v128.xor(v128.load(bits, 16), own))));
      const near = zeroLanes(low, high);
      if (near != 0) keep(scratch, near, slots + (at << 2), count - at, chunk);
    }
  } else {
    const most = i16x8.splat(<i16>bound);
    for (let at: u32 = 0; at < count; at += 16, bits += 32) {
      const low = i16x8.sub_sat_u(differing(v128.load(bits), own), most);
      const high = i16x8.sub_sat_u(differing(v128.load(bits, 16), own), most);
      const near = zeroLanes(low, high);
      if (near != 0) keep(scratch, near, slots + (at << 2), count - at, chunk);
    }
  }
}

/** Clears the lowest set bit of each lane. */
function clearLowest(lanes: v128): v128 {
  return v128.and(lanes, i16x8.sub(lanes, i16x8.splat(1)));
}

/** How many bits of each lane differ. */
function differing(lanes: v128, own: v128): v128 {
  return i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(v128.xor(lanes, own)));
}

/** A bit for each of sixteen lanes: whether it is zero. */
function zeroLanes(low: v128, high: v128): u32 {
  const zero = i16x8.splat(0);
  return <u32>i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.eq(low, zero), i16x8.eq(high, zero)));
}

/** Notes those of sixteen entries that are set in `near`; only the first `left` of them are there. */
function keep(scratch: usize, near: u32, slots: u32, left: u32, chunk: u32): void {
  if (left < 16) near &= (1 << left) - 1;
  let candidates = load<u32>(scratch, CANDIDATE_COUNT);
  for (; near != 0; near &= near - 1) {
    const candidate = scratch + CANDIDATES + ((<usize>candidates) << 3);
    store<u32>(candidate, slots + (ctz<u32>(near) << 2));
    store<u32>(candidate, chunk, 4);
    candidates++;
  }
  store<u32>(scratch, candidates, CANDIDATE_COUNT);
}

/** Measures the candidates; a hit that several chunks find is reported by the first that does. */
function verify(segment: usize, scratch: usize, radius: u32): bool {
  const count = load<u32>(scratch, CANDIDATE_COUNT);
  store<u32>(scratch, 0, CANDIDATE_COUNT);
  const hashes = <usize>load<u32>(segment, HASHES);
  const end = scratch + CANDIDATES + ((<usize>count) << 3);
  let sink: u32 = 0;
  for (let candidate = scratch + CANDIDATES; candidate < end; candidate += 8) {
    const slot = load<u32>(<usize>load<u32>(candidate));
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
