// The thread of one save: writes the segments of a snapshot, in the memory that its owner goes on changing, and then its name.
// It ends with the save, and holds nothing of what was written.
import { workerData } from 'node:worker_threads';
import { chmodSync } from 'node:fs';
import { FOLDER_MODE } from '../../disk/whole-file.js';
import { serveThread } from '../index/serve-thread.js';
import type { NamedSegment, SegmentFile } from '../index/messages.js';
import { snapshotManifest } from './manifest.js';
import type { SaveRequest, SaveThreadData } from './save-messages.js';
import { makeSnapshotFolder, sweepFolder, writeSegment } from './segment-files.js';

const { folder } = workerData as SaveThreadData;

/** By name, of what this save has written, and of what it keeps of the last one. */
let sums = new Map<string, string>();

const summed = (file: SegmentFile): NamedSegment => ({ ...file, sum: sums.get(file.file) ?? '' });

const answer = (request: SaveRequest): void => {
  switch (request.op) {
    case 'write': {
      makeSnapshotFolder(folder);
      chmodSync(folder, FOLDER_MODE);
      // What an earlier save left that came to nothing: there may be no room beside it.
      sums = new Map(sweepFolder(folder));
      for (const { file, memory, marks } of request.segments)
        if (!sums.has(file.file)) sums.set(file.file, writeSegment(folder, file, memory, marks));
      return;
    }
    case 'name':
      snapshotManifest.write(folder, { ...request.manifest, files: request.manifest.files.map(summed) });
      sweepFolder(folder);
      return;
    case 'discard':
      sweepFolder(folder);
  }
};

serveThread<SaveRequest>((request) => {
  answer(request);
  return { value: null };
});
