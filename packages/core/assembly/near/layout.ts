// Where things lie in a segment's memory. The same numbers stand in packages/core/src/index/near/layout.ts, which fills the header.
// Everything is by pointer, nothing static: several threads run over one memory.

/** Header, u32 fields. */
export const SLOTS: usize = 0;
export const POSTINGS: usize = 4;
export const CHUNKS: usize = 8;
export const HASHES: usize = 12;
export const POSTING_START: usize = 16;
export const IDS: usize = 20;
export const SCOPES: usize = 24;
export const BY_ID: usize = 28;
/** Chunk table: from here, one entry of CHUNK_BYTES a chunk. */
export const CHUNK_TABLE: usize = 64;
export const CHUNK_BYTES: usize = 32;

/** Of a chunk: its bits, first bit, directory (u32 a bucket and one), next bits (u16 an entry), slots (u32 an entry), masks. */
export const WIDTH: usize = 0;
export const BIT: usize = 4;
export const DIRECTORY: usize = 8;
export const NEXT_BITS: usize = 12;
export const ENTRY_SLOTS: usize = 16;
export const FLIPS: usize = 20;
export const NEXT_WIDTH: usize = 24;

/** Of a thread's scratch: the query, thresholds (i32 a chunk), sizes, and the three lists that a search fills. */
export const QUERY: usize = 0;
export const THRESHOLDS: usize = 64;
export const HIT_COUNT: usize = 192;
export const CANDIDATE_COUNT: usize = 196;
export const SPAN_COUNT: usize = 200;
export const SINK: usize = 204;
export const PLAN: usize = 256;
/** Entries that are looked at between two looks at how much room is left. */
export const PART: u32 = 1024;
export const SPANS: usize = 4096;
export const SPAN_BYTES: usize = 16;
export const SPAN_LIMIT: u32 = 1024;
export const CANDIDATES: usize = 4096 + 16384;
export const CANDIDATE_LIMIT: u32 = 4096;
export const HITS: usize = 4096 + 16384 + 32768;
export const HIT_LIMIT: u32 = 8192;

/** Most bits by which a chunk of any plan differs. */
export const REACH: i32 = 3;

export function chunkAt(segment: usize, chunk: u32): usize {
  return segment + CHUNK_TABLE + <usize>chunk * CHUNK_BYTES;
}

/** `width` (at most 32) bits of the hash, from `bit` on. Reads up to 8 bytes beyond the hash. */
export function bitsAt(hash: usize, bit: u32, width: u32): u32 {
  return <u32>((load<u64>(hash + <usize>(bit >> 3)) >> ((<u64>bit) & 7)) & (((<u64>1) << (<u64>width)) - 1));
}

/** The chunk's own bits. */
export function valueOf(chunk: usize, hash: usize): u32 {
  return bitsAt(hash, load<u32>(chunk, BIT), load<u32>(chunk, WIDTH));
}

/** The first bits of the chunk after it, at most 16; after the last comes the first. */
export function nextOf(chunk: usize, hash: usize): u32 {
  return bitsAt(hash, (load<u32>(chunk, BIT) + load<u32>(chunk, WIDTH)) & 255, load<u32>(chunk, NEXT_WIDTH));
}
