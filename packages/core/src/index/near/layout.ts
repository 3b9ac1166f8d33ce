// How the memory of a segment is laid out. packages/core/assembly/near/layout.ts holds the same numbers for the kernels.
import { NEAR_HASH_BYTES } from './near-index.js';

/** Where the segment begins: address 0 is nobody's. */
export const SEGMENT = 1024;

/** Offsets of the header's u32 fields, in words; the last two only this side reads. */
export const HEADER = {
  slots: 0,
  postings: 1,
  chunks: 2,
  hashes: 3,
  postingStart: 4,
  ids: 5,
  scopes: 6,
  byId: 7,
  dead: 8,
  removed: 9,
  bytes: 10,
} as const;
/** Chunk table, in words: where it begins, words of a chunk, and their meaning. */
export const TABLE = { at: 16, words: 8 } as const;
export const CHUNK = { width: 0, bit: 1, directory: 2, nextBits: 3, entrySlots: 4, flips: 5, nextWidth: 6 } as const;

/** A thread's scratch: query, thresholds, hits; see the kernels' layout. */
export const SCRATCH = { hitCount: 192, hits: 4096 + 16_384 + 32_768, bytes: 2 * 65_536 } as const;

/** Flipped bits that the tables of masks go to. */
export const REACH = 3;

/** Chunks that a segment may have: fewer are too wide for directories, and radii are planned for no more. */
export const CHUNK_COUNTS = { least: 13, most: 24 } as const;

const HASH_BITS = 256;
const NEXT_BITS_MOST = 16;
/** Vector loads reach so far beyond the last entry. */
const SLACK_BYTES = 64;
/** The first 1/65,536 by which hashes are dealt out while building, and one count more. */
const DEAL_COUNTS = 65_537;

/**
 * How many chunks hashes are cut into. More hashes want wider chunks, so that buckets stay small; the steps are measured
 * (docs/near-index.md has the table).
 */
export const chunkCount = (postings: number): number =>
  CHUNK_STEPS.find(({ below }) => postings < below)?.chunks ?? WIDEST_CHUNKS;

const CHUNK_STEPS = [
  { below: 10_000, chunks: 24 },
  { below: 60_000, chunks: 20 },
  { below: 250_000, chunks: 18 },
  { below: 9_000_000, chunks: 16 },
] as const;
const WIDEST_CHUNKS = 15;

export interface ChunkPlace {
  readonly width: number;
  readonly bit: number;
  readonly directory: number;
  readonly nextBits: number;
  readonly entrySlots: number;
  readonly flips: number;
  readonly nextWidth: number;
}

export interface SegmentPlan {
  readonly postings: number;
  readonly hashes: number;
  readonly ids: number;
  readonly scopes: number;
  readonly byId: number;
  readonly dead: number;
  readonly postingStart: number;
  readonly chunks: readonly ChunkPlace[];
  /** Room for sorting; lies where the chunks come to lie. */
  readonly spare: number;
  /** Bytes from address 0 to the end of what is kept. */
  readonly bytes: number;
  /** The same while building. */
  readonly buildBytes: number;
}

/** Places everything for so many postings, addresses in bytes, widest alignment first. `chunks` is for measuring only. */
export const planSegment = (postings: number, chunks = chunkCount(postings)): SegmentPlan => {
  let end = SEGMENT + 4 * (TABLE.at + TABLE.words * chunks);
  const place = (bytes: number): number => {
    const at = Math.ceil(end / 64) * 64;
    end = at + bytes;
    return at;
  };
  const hashes = place(postings * NEAR_HASH_BYTES + SLACK_BYTES);
  const ids = place(postings * 8);
  const scopes = place(postings * 4);
  const byId = place(postings * 4);
  const dead = place(Math.ceil(postings / 32) * 4);
  const postingStart = place((postings + 1) * 4);
  const spare = place(0);

  const widths = chunkWidths(chunks);
  const flips = new Map([...new Set(widths)].map((width) => [width, place(maskCount(width) * 4)]));
  // Kind by kind, not chunk by chunk: a search visits all directories, and pages that lie together are found faster.
  const directories = widths.map((width) => place(((1 << width) + 1) * 4));
  const nextBits = widths.map(() => place(postings * 2 + SLACK_BYTES));
  const entrySlots = widths.map(() => place(postings * 4));
  const places = widths.map((width, i) => ({
    width,
    bit: widths.slice(0, i).reduce((sum, before) => sum + before, 0),
    directory: directories[i]!,
    nextBits: nextBits[i]!,
    entrySlots: entrySlots[i]!,
    flips: flips.get(width)!,
    nextWidth: Math.min(NEXT_BITS_MOST, widths[(i + 1) % chunks]!),
  }));
  const buildBytes = Math.max(end, spare + (DEAL_COUNTS + postings) * 4);
  return { postings, hashes, ids, scopes, byId, dead, postingStart, chunks: places, spare, bytes: end, buildBytes };
};

/** What the header and the chunk table say of a plan: words from `SEGMENT` on, each with its value. The numbers that a build counts are not there. */
export const plannedWords = (plan: SegmentPlan): readonly (readonly [word: number, value: number])[] => [
  [HEADER.chunks, plan.chunks.length],
  ...(['postings', 'hashes', 'postingStart', 'ids', 'scopes', 'byId', 'dead', 'bytes'] as const).map(
    (name) => [HEADER[name], plan[name]] as const,
  ),
  ...plan.chunks.flatMap((chunk, i) =>
    (Object.keys(CHUNK) as (keyof typeof CHUNK)[]).map(
      (name) => [TABLE.at + i * TABLE.words + CHUNK[name], chunk[name]] as const,
    ),
  ),
];

/** 256 bits over so many chunks, the wider ones first. */
const chunkWidths = (chunks: number): number[] =>
  Array.from({ length: chunks }, (_, i) => Math.floor(HASH_BITS / chunks) + (i < HASH_BITS % chunks ? 1 : 0));

const maskCount = (width: number): number =>
  1 + width + (width * (width - 1)) / 2 + (width * (width - 1) * (width - 2)) / 6;
