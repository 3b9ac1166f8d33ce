// The thread that owns the near indexes: it takes every change, reads and writes snapshots, and searches what no
// segment holds yet. The process beside it only waits, so that leases and heartbeats never do.
import { workerData } from 'node:worker_threads';
import { NEAR_REACH_BITS, NearSegment, segmentFileBytes, type NearPosting } from '@redthread/core/index';
import { readSegment } from '../snapshots/segment-files.js';
import { LayeredIndex } from './layered-index.js';
import {
  INDEX_NAMES,
  type ChangeReply,
  type FindReply,
  type IndexName,
  type IndexRequest,
  type IndexSize,
  type IndexThreadData,
  type MergePlan,
  type PackedHashes,
  type PackedQueries,
  type SavePlan,
  type NamedSegment,
  type SegmentFile,
  type SegmentSet,
  type SegmentsReply,
  type SharedSegment,
} from './messages.js';
import { collectGarbage } from './collect-garbage.js';
import { buffersOf, findAll, hashAt } from './packing.js';
import { serveThread, type Answer } from './serve-thread.js';

const { folder } = workerData as IndexThreadData;

/** Contents that are gathered before they become a segment: 36 MB of them, and one merge less for each fourth segment. */
const FILL_CONTENTS = 500_000;

const indexes: Readonly<Record<IndexName, LayeredIndex>> = { whole: new LayeredIndex(), local: new LayeredIndex() };
let filling: PackedHashes[] = [];

const size = (): IndexSize => ({ contents: indexes.whole.size });

const change = (hashes: PackedHashes): ChangeReply => {
  let removed = 0;
  for (const [place, id] of hashes.ids.entries())
    for (const name of INDEX_NAMES) if (indexes[name].set(id, hashAt(hashes, name, place))) removed += 1;
  return { ...size(), removed };
};

const fill = (hashes: PackedHashes): IndexSize => {
  filling.push(hashes);
  if (filling.reduce((sum, { ids }) => sum + ids.length, 0) >= FILL_CONTENTS) filled();
  return size();
};

const filled = (): IndexSize => {
  for (const name of INDEX_NAMES) {
    const count = filling.reduce((sum, page) => sum + countOf(page, name), 0);
    indexes[name].append(postingsOf(filling, name), count);
  }
  filling = [];
  return size();
};

const countOf = (page: PackedHashes, name: IndexName): number =>
  page.ids.reduce((sum, _, place) => sum + (hashAt(page, name, place) === null ? 0 : 1), 0);

const postingsOf = function* (pages: readonly PackedHashes[], name: IndexName): Iterable<NearPosting> {
  for (const page of pages)
    for (const [place, id] of page.ids.entries()) {
      const hash = hashAt(page, name, place);
      if (hash !== null) yield { id, scope: 0, hash };
    }
};

const serials = new WeakMap<NearSegment, number>();
let nextSerial = 1;
const serialOf = (segment: NearSegment): number => {
  const serial = serials.get(segment) ?? nextSerial++;
  serials.set(segment, serial);
  return serial;
};

let epoch = 0;
let epochOf = '';
/** Rises whenever the segments are others than before. */
const presentEpoch = (): number => {
  const present = INDEX_NAMES.map((name) => indexes[name].segments.map(serialOf).join()).join(';');
  if (present !== epochOf) epoch += 1;
  epochOf = present;
  return epoch;
};

const shared = (segments: readonly NearSegment[]): readonly SharedSegment[] =>
  segments.map((segment) => ({ serial: serialOf(segment), memory: segment.memory }));

const segmentsOf = (name: IndexName): SegmentSet[IndexName] => shared(indexes[name].segments);

const beginMerge = (isPurge: boolean): MergePlan | null => {
  for (const name of INDEX_NAMES) {
    const group = indexes[name].beginMerge(isPurge);
    if (group !== null) return { index: name, segments: shared(group) };
  }
  return null;
};

const segmentsSince = (knownEpoch: number): SegmentsReply => {
  const now = presentEpoch();
  return {
    epoch: now,
    segments: now === knownEpoch ? null : { whole: segmentsOf('whole'), local: segmentsOf('local') },
  };
};

const find = (queries: PackedQueries, knownEpoch: number): Answer => {
  const hits = findAll(queries, (name, hash, found) => indexes[name].searchYoung(hash, NEAR_REACH_BITS, found));
  return { value: { hits, ...segmentsSince(knownEpoch) } satisfies FindReply, transfer: buffersOf(hits) };
};

/** Where each segment that was loaded lies, as long as nothing was removed from it. */
const loaded = new WeakMap<NearSegment, { readonly file: string; readonly live: number }>();
/** Tells files of one life of the thread from those of another. */
const life = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;

/** A name says all that a file holds: nothing of a segment changes but how many of it are removed. */
const fileOf = (name: IndexName, segment: NearSegment): SegmentFile => {
  const { live } = segment;
  const known = loaded.get(segment);
  const file = known?.live === live ? known.file : `${name}-${life}-${serialOf(segment)}-${live}.segment`;
  return { index: name, file, bytes: segmentFileBytes(segment) };
};

const beginSave = (): Answer => {
  const segments = INDEX_NAMES.flatMap((name) => {
    indexes[name].fold();
    return indexes[name].segments.map((segment) => ({
      file: fileOf(name, segment),
      memory: segment.memory,
      marks: segment.marks(),
    }));
  });
  const plan: SavePlan = { ...size(), segments };
  return { value: plan, transfer: segments.map(({ marks }) => marks.dead.buffer) };
};

const load = (files: readonly NamedSegment[]): ChangeReply => {
  for (const name of INDEX_NAMES) {
    const read = files
      .filter(({ index }) => index === name)
      .map((named) => {
        const segment = readSegment(folder, named);
        loaded.set(segment, { file: named.file, live: segment.live });
        return segment;
      });
    indexes[name].take(read);
  }
  return { ...size(), removed: INDEX_NAMES.reduce((sum, name) => sum + indexes[name].removed, 0) };
};

serveThread<IndexRequest>((request) => {
  switch (request.op) {
    case 'change':
      return { value: change(request.hashes) };
    case 'fill':
      return { value: fill(request.hashes) };
    case 'filled':
      return { value: filled() };
    case 'find':
      return find(request.queries, request.knownEpoch);
    case 'beginMerge':
      return { value: beginMerge(request.isPurge) };
    case 'endMerge':
      indexes[request.index].endMerge(request.memory === null ? null : NearSegment.attach(request.memory, 0));
      collectGarbage();
      return { value: size() };
    case 'cancelMerge':
      return { value: indexes[request.index].cancelMerge() };
    case 'beginSave':
      return beginSave();
    case 'segments':
      return { value: segmentsSince(request.knownEpoch) };
    case 'load':
      return { value: load(request.files) };
  }
});
