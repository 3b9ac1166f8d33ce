// Builds a segment in its own memory: entries sorted and equal hashes joined, then each chunk's buckets by counting.
import {
  bitsAt,
  BY_ID,
  chunkAt,
  CHUNKS,
  DIRECTORY,
  ENTRY_SLOTS,
  HASHES,
  IDS,
  NEXT_BITS,
  nextOf,
  POSTING_START,
  POSTINGS,
  SCOPES,
  SLOTS,
  valueOf,
  WIDTH,
} from './layout';
import { compareHashes, sortRange } from './sort';

/** Bits by which entries are first dealt out. */
const DEAL_BITS: u32 = 16;

/**
 * Sorts the postings by hash, in place: `spare` is room for 65,537 counts and one u32 a posting. Then equal hashes become one slot with
 * several postings. Answers the number of slots.
 */
export function arrange(segment: usize, spare: usize): u32 {
  const count = load<u32>(segment, POSTINGS);
  const hashes = <usize>load<u32>(segment, HASHES);
  const order = spare + ((1 << DEAL_BITS) + 1) * 4;
  dealByFirstBits(hashes, count, spare, order);
  for (let bucket: usize = 0; bucket < 1 << DEAL_BITS; bucket++) {
    sortRange(hashes, order, load<u32>(spare + bucket * 4), load<u32>(spare + bucket * 4, 4));
  }
  permute(segment, order, count);
  return joinEqual(segment, count);
}

/** Counting sort of the numbers 0.. by the first bits of their hashes: `starts` gets where each bucket begins in `order`. */
function dealByFirstBits(hashes: usize, count: u32, starts: usize, order: usize): void {
  memory.fill(starts, 0, ((1 << DEAL_BITS) + 1) * 4);
  for (let i: u32 = 0; i < count; i++) {
    const at = starts + ((<usize>bitsAt(hashes + ((<usize>i) << 5), 0, DEAL_BITS)) << 2);
    store<u32>(at, load<u32>(at, 4) + 1, 4);
  }
  for (let bucket: usize = 0; bucket < 1 << DEAL_BITS; bucket++) {
    const at = starts + (bucket << 2);
    store<u32>(at, load<u32>(at) + load<u32>(at, 4), 4);
  }
  for (let i: u32 = 0; i < count; i++) {
    const at = starts + ((<usize>bitsAt(hashes + ((<usize>i) << 5), 0, DEAL_BITS)) << 2);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u32>(order + ((<usize>place) << 2), i);
  }
  // Each start has moved to the end of its bucket, which is where the next begins.
  for (let bucket: usize = 1 << DEAL_BITS; bucket > 0; bucket--) {
    store<u32>(starts + (bucket << 2), load<u32>(starts + ((bucket - 1) << 2)));
  }
  store<u32>(starts, 0);
}

/** Puts posting `order[i]` at place i, cycle by cycle, so that no second copy is needed. `order` is used up. */
function permute(segment: usize, order: usize, count: u32): void {
  const hashes = <usize>load<u32>(segment, HASHES);
  const ids = <usize>load<u32>(segment, IDS);
  const scopes = <usize>load<u32>(segment, SCOPES);
  for (let first: u32 = 0; first < count; first++) {
    let from = load<u32>(order + ((<usize>first) << 2));
    if (from == first || from == u32.MAX_VALUE) continue;
    const low = v128.load(hashes + ((<usize>first) << 5));
    const high = v128.load(hashes + ((<usize>first) << 5), 16);
    const id = load<u64>(ids + ((<usize>first) << 3));
    const scope = load<u32>(scopes + ((<usize>first) << 2));
    let to = first;
    while (from != first) {
      v128.store(hashes + ((<usize>to) << 5), v128.load(hashes + ((<usize>from) << 5)));
      v128.store(hashes + ((<usize>to) << 5), v128.load(hashes + ((<usize>from) << 5), 16), 16);
      store<u64>(ids + ((<usize>to) << 3), load<u64>(ids + ((<usize>from) << 3)));
      store<u32>(scopes + ((<usize>to) << 2), load<u32>(scopes + ((<usize>from) << 2)));
      store<u32>(order + ((<usize>to) << 2), u32.MAX_VALUE);
      to = from;
      from = load<u32>(order + ((<usize>to) << 2));
    }
    v128.store(hashes + ((<usize>to) << 5), low);
    v128.store(hashes + ((<usize>to) << 5), high, 16);
    store<u64>(ids + ((<usize>to) << 3), id);
    store<u32>(scopes + ((<usize>to) << 2), scope);
    store<u32>(order + ((<usize>to) << 2), u32.MAX_VALUE);
  }
}

/** Equal neighbours share a slot: `POSTING_START` says where the postings of each slot begin. */
function joinEqual(segment: usize, count: u32): u32 {
  const hashes = <usize>load<u32>(segment, HASHES);
  const starts = <usize>load<u32>(segment, POSTING_START);
  let slots: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const hash = hashes + ((<usize>i) << 5);
    if (slots > 0 && compareHashes(hashes + ((<usize>(slots - 1)) << 5), hash) == 0) continue;
    memory.copy(hashes + ((<usize>slots) << 5), hash, 32);
    store<u32>(starts + ((<usize>slots) << 2), i);
    slots++;
  }
  store<u32>(starts + ((<usize>slots) << 2), count);
  store<u32>(segment, slots, SLOTS);
  return slots;
}

/** Fills the buckets of every chunk: counts, then starts, then entries in the order of their slots. */
export function fillChunks(segment: usize): void {
  const chunks = load<u32>(segment, CHUNKS);
  for (let chunk: u32 = 0; chunk < chunks; chunk++) fillChunk(segment, chunkAt(segment, chunk));
}

function fillChunk(segment: usize, chunk: usize): void {
  const slots = load<u32>(segment, SLOTS);
  const hashes = <usize>load<u32>(segment, HASHES);
  const directory = <usize>load<u32>(chunk, DIRECTORY);
  const nextBits = <usize>load<u32>(chunk, NEXT_BITS);
  const entrySlots = <usize>load<u32>(chunk, ENTRY_SLOTS);
  const buckets = (<usize>1) << load<u32>(chunk, WIDTH);
  memory.fill(directory, 0, (buckets + 1) << 2);
  for (let slot: u32 = 0; slot < slots; slot++) {
    const at = directory + ((<usize>valueOf(chunk, hashes + ((<usize>slot) << 5))) << 2);
    store<u32>(at, load<u32>(at, 4) + 1, 4);
  }
  for (let bucket: usize = 0; bucket < buckets; bucket++) {
    const at = directory + (bucket << 2);
    store<u32>(at, load<u32>(at) + load<u32>(at, 4), 4);
  }
  for (let slot: u32 = 0; slot < slots; slot++) {
    const hash = hashes + ((<usize>slot) << 5);
    const at = directory + ((<usize>valueOf(chunk, hash)) << 2);
    const place = <usize>load<u32>(at);
    store<u32>(at, <u32>place + 1);
    store<u16>(nextBits + (place << 1), <u16>nextOf(chunk, hash));
    store<u32>(entrySlots + (place << 2), slot);
  }
  for (let bucket = buckets; bucket > 0; bucket--) {
    store<u32>(directory + (bucket << 2), load<u32>(directory + ((bucket - 1) << 2)));
  }
  store<u32>(directory, 0);
}

/** Posting numbers by rising id, so that an id is found by halving. */
export function orderIds(segment: usize, spare: usize): void {
  const count = load<u32>(segment, POSTINGS);
  const ids = <usize>load<u32>(segment, IDS);
  const byId = <usize>load<u32>(segment, BY_ID);
  for (let i: u32 = 0; i < count; i++) store<u32>(byId + ((<usize>i) << 2), i);
  mergeSortIds(ids, byId, spare, count);
}

/** Bottom-up merge sort: the ids mostly come in long rising runs. */
function mergeSortIds(ids: usize, byId: usize, spare: usize, count: u32): void {
  let from = byId;
  let to = spare;
  for (let run: u32 = 1; run < count; run *= 2) {
    for (let start: u32 = 0; start < count; start += run * 2) {
      mergeRuns(ids, from, to, start, min(start + run, count), min(start + run * 2, count));
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != byId) memory.copy(byId, from, (<usize>count) << 2);
}

function mergeRuns(ids: usize, from: usize, to: usize, start: u32, middle: u32, end: u32): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const l = load<u32>(from + ((<usize>left) << 2));
    const r = load<u32>(from + ((<usize>right) << 2));
    const takeLeft =
      left < middle && (right >= end || load<f64>(ids + ((<usize>l) << 3)) <= load<f64>(ids + ((<usize>r) << 3)));
    store<u32>(to + ((<usize>at) << 2), takeLeft ? l : r);
    if (takeLeft) left++;
    else right++;
  }
}
