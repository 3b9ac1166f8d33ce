// Signals as batches of bytes, and back: what a thread gets is handed over, not copied.
import { searchable } from '@redthread/core/graph';
import { NEAR_HASH_BYTES } from '@redthread/core/index';
import { ORIENTATION_COUNT } from '@redthread/core/kernels';
import type { Signal } from '@redthread/core/signals';
import { INDEX_NAMES, type IndexName, type PackedHashes, type PackedHits, type PackedQueries } from './messages.js';

/** A hash in eight orientations. */
const QUERY_BYTES = ORIENTATION_COUNT * NEAR_HASH_BYTES;
const BIT: Readonly<Record<IndexName, number>> = { whole: 1, local: 2 };

export interface ContentHashes {
  readonly contentId: number;
  /** Whole values, or only their first 32 bytes. */
  readonly signals: readonly Signal[];
}

/** Contents for the indexes; one without signals that can be searched is taken out of them. */
export const packHashes = (contents: readonly ContentHashes[]): PackedHashes => ({
  ids: Float64Array.from(contents, ({ contentId }) => contentId),
  ...pack(
    contents.map(({ signals }) => signals),
    NEAR_HASH_BYTES,
  ),
});

export const packQueries = (contents: readonly (readonly Signal[])[]): PackedQueries => ({
  count: contents.length,
  ...pack(contents, QUERY_BYTES),
});

const pack = (contents: readonly (readonly Signal[])[], valueBytes: number) => {
  const has = new Uint8Array(contents.length);
  const values = {
    whole: new Uint8Array(contents.length * valueBytes),
    local: new Uint8Array(contents.length * valueBytes),
  };
  for (const [place, signals] of contents.entries()) {
    const found = searchable(signals);
    INDEX_NAMES.forEach((name, which) => {
      const signal = found[which];
      if (signal === undefined) return;
      has[place] = (has[place] ?? 0) | BIT[name];
      values[name].set(signal.value.subarray(0, valueBytes), place * valueBytes);
    });
  }
  return { has, ...values };
};

/** A part of the queries, for one of several threads. */
export const slicedQueries = (queries: PackedQueries, from: number, to: number): PackedQueries => ({
  count: to - from,
  has: queries.has.slice(from, to),
  whole: queries.whole.slice(from * QUERY_BYTES, to * QUERY_BYTES),
  local: queries.local.slice(from * QUERY_BYTES, to * QUERY_BYTES),
});

/** The hash of a content in one of the indexes; null where it has none. */
export const hashAt = (hashes: PackedHashes, name: IndexName, place: number): Uint8Array | null =>
  ((hashes.has[place] ?? 0) & BIT[name]) === 0
    ? null
    : hashes[name].subarray(place * NEAR_HASH_BYTES, (place + 1) * NEAR_HASH_BYTES);

/** The orientations in which one query is to be searched for in one of the indexes. */
export const orientationsAt = (queries: PackedQueries, name: IndexName, place: number): Uint8Array[] =>
  ((queries.has[place] ?? 0) & BIT[name]) === 0
    ? []
    : Array.from({ length: ORIENTATION_COUNT }, (_, k) => {
        const at = place * QUERY_BYTES + k * NEAR_HASH_BYTES;
        return queries[name].subarray(at, at + NEAR_HASH_BYTES);
      });

/** Asks `search` for every orientation of every query, and packs the ids that it adds. */
export const findAll = (
  queries: PackedQueries,
  search: (name: IndexName, hash: Uint8Array, found: Set<number>) => void,
): PackedHits => {
  const counts = new Uint32Array(queries.count);
  const ids: number[] = [];
  for (let place = 0; place < queries.count; place += 1) {
    const found = new Set<number>();
    for (const name of INDEX_NAMES) for (const hash of orientationsAt(queries, name, place)) search(name, hash, found);
    counts[place] = found.size;
    for (const id of found) ids.push(id);
  }
  return { counts, ids: Float64Array.from(ids) };
};

/** Adds the hits to one set a query, from `first` on. */
export const collectHits = ({ counts, ids }: PackedHits, into: readonly Set<number>[], first = 0): void => {
  let at = 0;
  for (const [place, count] of counts.entries()) {
    for (const id of ids.subarray(at, at + count)) into[first + place]?.add(id);
    at += count;
  }
};

/** Memory that is handed over with a batch. */
export const buffersOf = (batch: PackedHashes | PackedQueries | PackedHits): ArrayBuffer[] =>
  Object.values(batch).flatMap((part: unknown) =>
    ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer ? [part.buffer] : [],
  );
