// Segments as files of a snapshot: written under another name, flushed, renamed; read straight into the memory of the segment.
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '@redthread/core/errors';
import {
  decodeSegment,
  encodeSegment,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  type NearSegment,
} from '@redthread/core/index';

/** They tell which pictures look alike: nobody else on the machine reads them. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

export const makeSnapshotFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
};

/** Writes `parts` so that the file is there whole or not at all. Answers its bytes. Errors: those of the file system. */
export const writeWhole = (folder: string, file: string, parts: readonly Uint8Array[]): number => {
  const temporary = join(folder, `${file}.tmp`);
  const fd = openSync(temporary, 'w', FILE_MODE);
  let bytes = 0;
  try {
    for (const part of parts)
      for (let at = 0; at < part.length;) {
        const written = writeSync(fd, part, at, part.length - at);
        at += written;
        bytes += written;
      }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, join(folder, file));
  return bytes;
};

/** A rename is on disk when its folder is. */
export const flushFolder = (folder: string): void => {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

export const writeSegment = (folder: string, file: string, segment: NearSegment): number =>
  writeWhole(folder, file, encodeSegment(segment));

/** Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH, those of the file system. */
export const readSegment = (folder: string, file: string, bytes: number): NearSegment => {
  const fd = openSync(join(folder, file), 'r');
  try {
    const found = fstatSync(fd).size;
    if (found !== bytes) throw fail('INDEX_FILE_INVALID', `${file} has ${found} bytes instead of ${bytes}`);
    const header = new Uint8Array(SEGMENT_HEADER_BYTES);
    readFully(fd, file, header, 0);
    const { fileBytes } = readSegmentHeader(header);
    if (found !== fileBytes)
      throw fail('INDEX_FILE_INVALID', `${file} has ${found} bytes, its header says ${fileBytes}`);
    return decodeSegment(header, (target, position) => readFully(fd, file, target, position), 'shared');
  } finally {
    closeSync(fd);
  }
};

const readFully = (fd: number, file: string, target: Uint8Array, position: number): void => {
  for (let at = 0; at < target.length;) {
    const count = readSync(fd, target, at, target.length - at, position + at);
    if (count === 0) throw fail('INDEX_FILE_INVALID', `${file} ends at byte ${position + at}`);
    at += count;
  }
};
