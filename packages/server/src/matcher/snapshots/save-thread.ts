// The thread of one save: writes the segments of a snapshot, in the memory that its owner goes on changing, and then its name.
// It ends with the save, and holds nothing of what was written.
import { workerData } from 'node:worker_threads';
import { chmodSync } from 'node:fs';
import { FOLDER_MODE } from '../../disk/whole-file.js';
import { serveThread } from '../index/serve-thread.js';
import { snapshotManifest } from './manifest.js';
import type { SaveRequest, SaveThreadData } from './save-messages.js';
import { makeSnapshotFolder, sweepFolder, writeSegment } from './segment-files.js';

const { folder } = workerData as SaveThreadData;

const answer = (request: SaveRequest): void => {
  switch (request.op) {
    case 'write': {
      makeSnapshotFolder(folder);
      chmodSync(folder, FOLDER_MODE);
      // What an earlier save left that came to nothing: there may be no room beside it.
      const named = sweepFolder(folder);
      for (const { file, memory, marks } of request.segments)
        if (!named.has(file.file)) writeSegment(folder, file, memory, marks);
      return;
    }
    case 'name':
      snapshotManifest.write(folder, request.manifest);
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
