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
import { INDEX_NAMES, type SegmentFile } from '../index/messages.js';
import { snapshotManifest } from './manifest.js';

export const makeSnapshotFolder = (folder: string): void => makeFolder(folder, FOLDER_MODE);

/** Errors: DISK_FULL, those of the file system. */
export const writeSegment = (folder: string, { file }: SegmentFile, memory: WasmMemory, marks: SegmentMarks): void => {
  // A view only: nothing is searched here, so that it needs no place of its own in the memory.
  const segment = NearSegment.attach(memory, 0);
  writeWhole(join(folder, file), (sink) => encodeSegment(segment, (part, at) => sink.write(part, at), marks));
};

/** Names that this program gives, finished or not: what else lies in the folder is somebody else's. */
const OURS = new RegExp(`^((${INDEX_NAMES.join('|')})-[\\w-]+\\.segment(\\.tmp)?|${snapshotManifest.name}\\.tmp)$`);

/** Takes away what the manifest does not name: files of earlier snapshots and of saves that came to nothing. Answers what it names. */
export const sweepFolder = (folder: string): ReadonlySet<string> => {
  const named = new Set(namedFiles(folder));
  for (const name of readdirSync(folder))
    if (OURS.test(name) && !named.has(name)) rmSync(join(folder, name), { force: true });
  return named;
};

/** A manifest that cannot be read names nothing that could be used. */
const namedFiles = (folder: string): readonly string[] => {
  try {
    return snapshotManifest.read(folder)?.files.map(({ file }) => file) ?? [];
  } catch (error) {
    if (isRedthreadError(error)) return [];
    throw error;
  }
};

/** Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const readSegment = (folder: string, file: string, bytes: number): NearSegment => {
  const source = new FileSource(join(folder, file));
  try {
    if (source.bytes !== bytes)
      throw fail('INDEX_FILE_INVALID', `${file} has ${source.bytes} bytes instead of ${bytes}`);
    const header = new Uint8Array(SEGMENT_HEADER_BYTES);
    source.read(header, 0, header.length, 0);
    const { fileBytes } = readSegmentHeader(header);
    if (bytes !== fileBytes)
      throw fail('INDEX_FILE_INVALID', `${file} has ${bytes} bytes, its header says ${fileBytes}`);
    return decodeSegment(header, (target, position) => source.read(target, 0, target.length, position), 'shared');
  } finally {
    source.close();
  }
};
