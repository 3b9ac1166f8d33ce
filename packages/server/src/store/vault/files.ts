// File-system side of the vault: private temporary names and durable renames.
import { randomBytes } from 'node:crypto';
import { closeSync, fdatasync, fsync, open, openSync, writevSync, type PathLike } from 'node:fs';
import { copyFile, link, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive, ownIdentity } from '../embedded/process-identity.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const marked = `${hostname().replaceAll('~', '-')}~${ownIdentity}~`;
let made = 0;

/** A name in the folder for unfinished objects that tells which process of which machine is writing it. */
export const temporaryName = (): string => {
  made += 1;
  // Threads share the process and each counts for itself: the random part keeps them apart.
  return `${marked}${made.toString(36)}~${randomBytes(6).toString('hex')}`;
};

/** Removes what writers that are dead have left; those of other machines count as dead after a day. */
export const clearUnfinished = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const [host, identity] = name.split('~');
    const path = join(folder, name);
    if (host === marked.split('~')[0] && identity !== undefined) {
      if (!isAlive(identity)) await rm(path, { force: true });
    } else {
      const found = await stat(path).catch(() => null);
      if (found !== null && Date.now() - found.mtimeMs > DAY_MS) await rm(path, { force: true });
    }
  }
};

/** Writes a whole small file in one call and leaves it to be synced by the batch. */
export const writeFileSyncAll = (path: string, parts: readonly Buffer[]): void => {
  const file = openSync(path, 'wx', 0o600);
  try {
    let rest = [...parts];
    while (rest.length > 0) rest = unwritten(rest, writevSync(file, rest));
  } finally {
    closeSync(file);
  }
};

/** What of `parts` is left after `written` bytes (a nearly full disk writes less than it was given). */
export const unwritten = (parts: readonly Buffer[], written: number): Buffer[] => {
  let skip = written;
  const rest: Buffer[] = [];
  for (const part of parts) {
    if (skip < part.length) rest.push(part.subarray(skip));
    skip = Math.max(0, skip - part.length);
  }
  return rest;
};

const openFile = promisify(open) as (path: PathLike, flags: string) => Promise<number>;

/** Brings the file's bytes to the disk. */
export const syncFile = (path: string): Promise<void> => withFile(path, 'r+', promisify(fdatasync));

/** Brings the names in a folder to the disk. */
export const syncFolder = (path: string): Promise<void> => withFile(path, 'r', promisify(fsync));

const withFile = async (path: string, flags: string, fn: (file: number) => Promise<void>): Promise<void> => {
  const file = await openFile(path, flags);
  try {
    await fn(file);
  } finally {
    closeSync(file);
  }
};

/** As many as the thread pool of Node can keep under way: the disk joins concurrent syncs into one. */
export const SYNC_WIDTH = 16;

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS']);

/** A second name of a file, or, where the file system knows no such thing, a copy of it that is on the disk. */
export const linkOrCopy = async (path: string, other: string): Promise<void> => {
  try {
    await link(path, other);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await copyFile(path, other);
    await syncFile(other);
  }
};

/**
 * `fn` for each item, at most `width` at a time. No item is begun after the first error, which is thrown once those under way have ended: whoever
 * clears up after it meets nothing that still moves.
 */
export const eachOf = async <T>(items: Iterable<T>, width: number, fn: (item: T) => Promise<void>): Promise<void> => {
  const iterator = items[Symbol.iterator]();
  const errors: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (errors.length === 0) {
      const next = iterator.next();
      if (next.done === true) return;
      await fn(next.value).catch((error: unknown) => void errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (errors.length > 0) throw errors[0];
};
