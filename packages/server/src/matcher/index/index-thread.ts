// The thread that owns the near indexes: it takes every change, reads and writes snapshots, and searches what no
// segment holds yet. The process beside it only waits, so that leases and heartbeats never do.
import { workerData } from 'node:worker_threads';
import { NEAR_REACH_BITS, NearSegment, type NearPosting } from '@redthread/core/index';
import { makeSnapshotFolder, readSegment, writeSegment } from '../snapshots/segment-files.js';
import { LayeredIndex } from './layered-index.js';
import {
  INDEX_NAMES,
  type FindReply,
  type IndexName,
  type IndexRequest,
  type IndexSize,
  type IndexThreadData,
  type MergePlan,
  type PackedHashes,
  type PackedQueries,
  type SaveReply,
  type SegmentFile,
  type SegmentSet,
  type SharedSegment,
} from './messages.js';
import { buffersOf, findAll, hashAt } from './packing.js';
import { serveThread, type Answer } from './serve-thread.js';

const { folder } = workerData as IndexThreadData;

/** Contents that are gathered before they become a segment: 36 MB of them, and one merge less for each fourth segment. */
const FILL_CONTENTS = 500_000;

const indexes: Readonly<Record<IndexName, LayeredIndex>> = { whole: new LayeredIndex(), local: new LayeredIndex() };
let filling: PackedHashes[] = [];

const size = (): IndexSize => ({ contents: indexes.whole.size });

const change = (hashes: PackedHashes): IndexSize => {
  for (const [place, id] of hashes.ids.entries())
    for (const name of INDEX_NAMES) indexes[name].set(id, hashAt(hashes, name, place));
  return size();
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

const find = (queries: PackedQueries, knownEpoch: number): Answer => {
  const hits = findAll(queries, (name, hash, found) => indexes[name].searchYoung(hash, NEAR_REACH_BITS, found));
  const now = presentEpoch();
  const segments = now === knownEpoch ? null : { whole: segmentsOf('whole'), local: segmentsOf('local') };
  return { value: { hits, epoch: now, segments } satisfies FindReply, transfer: buffersOf(hits) };
};

/** What the last snapshot holds of each segment: unchanged, it is not written again. */
let saved = new Map<NearSegment, { readonly file: SegmentFile; readonly live: number }>();
/** Tells files of one life of the thread from those of another. */
const life = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;

const save = (): SaveReply => {
  makeSnapshotFolder(folder);
  const written = new Map<NearSegment, { readonly file: SegmentFile; readonly live: number }>();
  for (const name of INDEX_NAMES) {
    indexes[name].fold();
    for (const segment of indexes[name].segments) {
      const before = saved.get(segment);
      if (before?.live === segment.live) {
        written.set(segment, before);
        continue;
      }
      // A removed posting is a mark in the segment: the file that lacks it stays whole until the new set is named.
      const file = `${name}-${life}-${serialOf(segment)}-${segment.live}.segment`;
      const bytes = writeSegment(folder, file, segment);
      written.set(segment, { file: { index: name, file, bytes }, live: segment.live });
    }
  }
  saved = written;
  return { ...size(), files: [...written.values()].map(({ file }) => file) };
};

const load = (files: readonly SegmentFile[]): IndexSize => {
  for (const name of INDEX_NAMES) {
    const loaded = files
      .filter(({ index }) => index === name)
      .map((file) => {
        const segment = readSegment(folder, file.file, file.bytes);
        saved.set(segment, { file, live: segment.live });
        return segment;
      });
    indexes[name].take(loaded);
  }
  return size();
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
      return { value: size() };
    case 'cancelMerge':
      return { value: indexes[request.index].cancelMerge() };
    case 'save':
      return { value: save() };
    case 'load':
      return { value: load(request.files) };
  }
});
