// Where the data folder may lie. As root the database runs as another user of the system, who cannot pass a private
// home (0700): a folder given by name is then refused, the default one moves to a place that can be reached.
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '@redthread/core/errors';
import { isFull } from '../disk/disk-error.js';

const OTHERS_MAY_PASS = 0o001;

/** The topmost existing parent of `path` that users other than its owner may not pass, or null when there is none. */
export const closedParent = (path: string): string | null => {
  let closed: string | null = null;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      if ((statSync(folder).mode & OTHERS_MAY_PASS) === 0) closed = folder;
    } catch {
      // Not there yet: it is created open for passing, so only what exists can be closed.
    }
    if (folder === dirname(folder)) return closed;
  }
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Makes a folder and those that are missing above it. Node's own recursive `mkdir` never ends where a parent is there
 * and takes no folders (ENOENT below /proc). Errors: those of the file system.
 */
export const makeFolder = (path: string, mode: number): void => {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process was faster.
    if (!isFolder(path)) throw error;
  }
};

/** The folder that somebody names for what a command writes. Errors: ARGUMENT_INVALID where no folder can be, DISK_FULL. */
export const makeOutFolder = (path: string, mode = 0o755): void => {
  try {
    makeFolder(path, mode);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (isFull(error)) throw fail('DISK_FULL', path, { cause: error });
    const { code, message } = error as NodeJS.ErrnoException;
    throw fail('ARGUMENT_INVALID', `${path} is no folder that can be written into (${code ?? message})`, {
      pointer: 'out',
      cause: error,
    });
  }
};

export interface DataFolder {
  readonly path: string;
  /** Where the folder would have been, when it had to move; say so to the person. */
  readonly movedFrom: string | null;
}

/** The folder to use for one that nobody asked for by name (`./.redthread`, the demo's); deterministic for one place. */
export const reachableDefault = (wanted: string, isRoot = process.getuid?.() === 0): DataFolder => {
  if (!isRoot || closedParent(wanted) === null) return { path: wanted, movedFrom: null };
  const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  return { path: join('/var/lib', `redthread-${mark}`), movedFrom: wanted };
};
