// A search thread: looks through the segments that the owner of the indexes shares, while the owner does something else.
import { workerData } from 'node:worker_threads';
import { fail } from '@redthread/core/errors';
import { NEAR_REACH_BITS, NearSegment, type NearHit } from '@redthread/core/index';
import { collectGarbage } from './collect-garbage.js';
import { INDEX_NAMES, type IndexName, type SearchRequest, type SearchThreadData, type SegmentSet } from './messages.js';
import { buffersOf, findAll } from './packing.js';
import { serveThread } from './serve-thread.js';

const { thread } = workerData as SearchThreadData;

type Attached = ReadonlyMap<number, NearSegment>;
/** Null: not all of those that were sent last could be attached, so that an answer would lack something. */
let attached: Readonly<Record<IndexName, Attached>> | null = null;

/** Those that are known already stay attached; those that were merged are let go. */
const attach = (segments: SegmentSet): void => {
  const known = attached;
  attached = null;
  const of = (name: IndexName): Attached =>
    new Map(
      segments[name].map(({ serial, memory }) => [
        serial,
        known?.[name].get(serial) ?? NearSegment.attach(memory, thread),
      ]),
    );
  const [whole, local] = INDEX_NAMES.map(of);
  attached = { whole: whole ?? new Map<number, NearSegment>(), local: local ?? new Map<number, NearSegment>() };
  collectGarbage();
};

serveThread<SearchRequest>((request) => {
  if (request.segments !== null) attach(request.segments);
  if (request.op === 'attach') return { value: null };
  const present = attached;
  if (present === null) throw fail('INTERNAL', 'a thread of the index lacks segments');
  const hits: NearHit[] = [];
  const found = findAll(request.queries, (name, hash, ids) => {
    hits.length = 0;
    for (const segment of present[name].values()) segment.search(hash, NEAR_REACH_BITS, hits);
    for (const { id } of hits) ids.add(id);
  });
  return { value: found, transfer: buffersOf(found) };
});
