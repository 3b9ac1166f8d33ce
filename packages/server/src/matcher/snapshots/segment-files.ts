// Segments as files of a snapshot: whole or not there, and read straight into the memory of the segment.
import { join } from 'node:path';
import { fail } from '@redthread/core/errors';
import {
  decodeSegment,
  encodeSegment,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  segmentFileBytes,
  type NearSegment,
} from '@redthread/core/index';
import { makeFolder } from '../../app/data-folder.js';
import { FileSource } from '../../disk/file-source.js';
import { FOLDER_MODE, writeWhole } from '../../disk/whole-file.js';

export const makeSnapshotFolder = (folder: string): void => makeFolder(folder, FOLDER_MODE);

/** Answers the bytes of the file. Errors: DISK_FULL, those of the file system. */
export const writeSegment = (folder: string, file: string, segment: NearSegment): number =>
  writeWhole(join(folder, file), (sink) => {
    encodeSegment(segment, (part, at) => sink.write(part, at));
    return segmentFileBytes(segment);
  });

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
