// A search thread: looks through the segments that the owner of the indexes shares, while the owner does something else.
import { workerData } from 'node:worker_threads';
import { NEAR_REACH_BITS, NearSegment, type NearHit } from '@redthread/core/index';
import { INDEX_NAMES, type IndexName, type SearchRequest, type SearchThreadData, type SegmentSet } from './messages.js';
import { buffersOf, findAll } from './packing.js';
import { serveThread } from './serve-thread.js';

const { thread } = workerData as SearchThreadData;

type Attached = ReadonlyMap<number, NearSegment>;
let attached: Readonly<Record<IndexName, Attached>> = { whole: new Map(), local: new Map() };

/** Those that are known already stay attached; those that were merged are let go. */
const attach = (segments: SegmentSet): void => {
  const of = (name: IndexName): Attached =>
    new Map(
      segments[name].map(({ serial, memory }) => [
        serial,
        attached[name].get(serial) ?? NearSegment.attach(memory, thread),
      ]),
    );
  const [whole, local] = INDEX_NAMES.map(of);
  attached = { whole: whole ?? new Map<number, NearSegment>(), local: local ?? new Map<number, NearSegment>() };
};

serveThread<SearchRequest>(({ queries, segments }) => {
  if (segments !== null) attach(segments);
  const hits: NearHit[] = [];
  const found = findAll(queries, (name, hash, ids) => {
    hits.length = 0;
    for (const segment of attached[name].values()) segment.search(hash, NEAR_REACH_BITS, hits);
    for (const { id } of hits) ids.add(id);
  });
  return { value: found, transfer: buffersOf(found) };
});
