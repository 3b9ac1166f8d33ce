// Files that are there whole or not at all: written under another name, flushed, renamed, and the folder flushed.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ByteSink } from '@redthread/core/index';
import { diskError } from './disk-error.js';

/** Indexes and lists tell what an agency knows and which pictures look alike: nobody else on the machine reads them. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/**
 * Makes the file what `write` writes, in place of what was there; where that fails, nothing is left of it. Answers what `write` does.
 * Errors: DISK_FULL, those of the file system and of `write`.
 */
export const writeWhole = <T>(path: string, write: (file: ByteSink) => T): T => {
  const temporary = `${path}.tmp`;
  let fd: number | null = null;
  const close = (): void => {
    const open = fd;
    // Not again, whatever closing says.
    fd = null;
    if (open !== null) closeSync(open);
  };
  try {
    const file = (fd = openSync(temporary, 'w', FILE_MODE));
    const result = write({ name: path, write: (bytes, position) => writeAll(file, bytes, position) });
    fsyncSync(file);
    close();
    renameSync(temporary, path);
    // A rename is on disk when its folder is.
    flushFolder(dirname(path));
    return result;
  } catch (error) {
    discard(temporary, close);
    throw diskError(error, path);
  }
};

/** What keeps it from going says less than what went wrong before. */
const discard = (temporary: string, close: () => void): void => {
  for (const step of [close, () => rmSync(temporary, { force: true })]) {
    try {
      step();
    } catch {
      continue;
    }
  }
};

/** All of them, at `position` or, where it is null, after what was written last: a nearly full disk writes less than it was given. */
export const writeAll = (fd: number, bytes: Uint8Array, position: number | null): void => {
  for (let done = 0; done < bytes.length;)
    done += writeSync(fd, bytes, done, bytes.length - done, position === null ? null : position + done);
};

/** A name in a folder is on disk when the folder is. */
export const flushFolder = (folder: string): void => {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};
