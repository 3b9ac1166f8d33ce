// Segments as files of a snapshot: whole or not there, and read straight into the memory of the segment.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, isRedthreadError } from '@redthread/core/errors';
import {
  decodeSegment,
  encodeSegment,
  NearSegment,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  type SegmentMarks,
} from '@redthread/core/index';
import type { WasmMemory } from '@redthread/core/wasm';
import { makeFolder } from '../../app/data-folder.js';
import { FileSource } from '../../disk/file-source.js';
import { FOLDER_MODE, writeWhole } from '../../disk/whole-file.js';
import { INDEX_NAMES, type NamedSegment, type SegmentFile } from '../index/messages.js';
import { snapshotManifest } from './manifest.js';

export const makeSnapshotFolder = (folder: string): void => makeFolder(folder, FOLDER_MODE);

/** Answers the sum of what it holds. Errors: DISK_FULL, those of the file system. */
export const writeSegment = (
  folder: string,
  { file }: SegmentFile,
  memory: WasmMemory,
  marks: SegmentMarks,
): string => {
  // A view only: nothing is searched here, so that it needs no place of its own in the memory.
  const segment = NearSegment.attach(memory, 0);
  return writeWhole(join(folder, file), (sink) => {
    let sum = '';
    encodeSegment(
      segment,
      (part, at) => {
        if (at === 0) ({ sum } = readSegmentHeader(part));
        sink.write(part, at);
      },
      marks,
    );
    return sum;
  });
};

/** Names that this program gives, finished or not: what else lies in the folder is somebody else's. */
const OURS = new RegExp(`^((${INDEX_NAMES.join('|')})-[\\w-]+\\.segment(\\.tmp)?|${snapshotManifest.name}\\.tmp)$`);

/** Takes away what the manifest does not name: files of earlier snapshots and of saves that came to nothing. Answers what it names, with its sum. */
export const sweepFolder = (folder: string): ReadonlyMap<string, string> => {
  const named = new Map(namedFiles(folder).map(({ file, sum }) => [file, sum]));
  for (const name of readdirSync(folder))
    if (OURS.test(name) && !named.has(name)) rmSync(join(folder, name), { force: true });
  return named;
};

/** A manifest that cannot be read names nothing that could be used. */
const namedFiles = (folder: string): readonly NamedSegment[] => {
  try {
    return snapshotManifest.read(folder)?.files ?? [];
  } catch (error) {
    if (isRedthreadError(error)) return [];
    throw error;
  }
};

/** Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const readSegment = (folder: string, { file, bytes, sum }: NamedSegment): NearSegment => {
  const source = new FileSource(join(folder, file));
  try {
    if (source.bytes !== bytes)
      throw fail('INDEX_FILE_INVALID', `${file} has ${source.bytes} bytes instead of ${bytes}`);
    const header = new Uint8Array(SEGMENT_HEADER_BYTES);
    source.read(header, 0, header.length, 0);
    const { fileBytes, sum: found } = readSegmentHeader(header);
    if (bytes !== fileBytes)
      throw fail('INDEX_FILE_INVALID', `${file} has ${bytes} bytes, its header says ${fileBytes}`);
    if (sum !== found) throw fail('INDEX_FILE_INVALID', `${file} is the segment ${found} instead of ${sum}`);
    return decodeSegment(header, (target, position) => source.read(target, 0, target.length, position), 'shared');
  } finally {
    source.close();
  }
};
