// Opens a file of a source for reading without following a link at any component of its path, and tells whether it
// changed while it was read. Links are how a seized folder could make us read files of our own machine.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  type BigIntStats,
} from 'node:fs';
import type { RandomAccess } from '../../../media/walk/index.js';
import { fileSystemTime } from '../../../media/walk/source-times.js';
import { fail, isRedthreadError, type ItemErrorCode, type RedthreadError, saying } from '@redthread/core/errors';

export interface PlainFile {
  readonly fd: number;
  readonly stat: BigIntStats;
}

/** Size and time of modification, in the words of the walk: by which the next run recognises what this one has read. */
export const statKey = (stat: Pick<BigIntStats, 'size' | 'mtimeNs'>): string =>
  `${stat.size} ${fileSystemTime('modified', stat.mtimeNs).text}`;

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * `path`: absolute, below a root that is its own real path; bytes where the name is no UTF-8.
 * Errors: FILE_MISSING, FILE_UNREADABLE, LINK_SKIPPED, SPECIAL_FILE_SKIPPED.
 */
export const openPlain = (path: string | Buffer): PlainFile => {
  let fd: number;
  try {
    fd = openSync(path, FLAGS);
  } catch (error) {
    throw readError(error, path);
  }
  try {
    const stat = fstatSync(fd, { bigint: true });
    if (!stat.isFile()) throw fail('SPECIAL_FILE_SKIPPED', String(path));
    if (!isItself(fd, path)) throw fail('LINK_SKIPPED', saying`${String(path)} is reached through a link`);
    return { fd, stat };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
};

/** O_NOFOLLOW looks at the last component only; the kernel's own name of the open file tells about all of them. */
const isItself = (fd: number, path: string | Buffer): boolean => {
  const wanted = Buffer.from(path);
  try {
    return readlinkSync(`/proc/self/fd/${fd}`, { encoding: 'buffer' }).equals(wanted);
  } catch {
    return realpathSync(path, { encoding: 'buffer' }).equals(wanted);
  }
};

/** Closes, and throws FILE_CHANGED when the file is not the one that was opened any more. */
export const closeUnchanged = ({ fd, stat }: PlainFile, path: string | Buffer, bytesRead: number): void => {
  try {
    const after = fstatSync(fd, { bigint: true });
    if (statKey(after) !== statKey(stat) || Number(stat.size) !== bytesRead)
      throw fail('FILE_CHANGED', saying`${String(path)} changed while it was read`);
  } finally {
    closeSync(fd);
  }
};

/** Reads up to `into.length` bytes from `position`; fewer only at the end of the file. */
export const readInto = (fd: number, into: Uint8Array, position: number): number => {
  let done = 0;
  while (done < into.length) {
    const count = readSync(fd, into, done, into.length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
};

/** What the system says about a file, as an error of the catalogue on that item. */
export const readError = (error: unknown, path: string | Buffer): RedthreadError => {
  if (isRedthreadError(error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  return fail(CODES[code ?? ''] ?? 'FILE_UNREADABLE', saying`${String(path)} (${code ?? String(error)})`, {
    cause: error,
  });
};

const CODES: Readonly<Record<string, ItemErrorCode>> = {
  ENOENT: 'FILE_MISSING',
  ENOTDIR: 'FILE_MISSING',
  ELOOP: 'LINK_SKIPPED',
  ENXIO: 'SPECIAL_FILE_SKIPPED',
};

/** A file of any size, for reading parts of it: opened as every other is. The caller closes it. Errors: as `openPlain`. */
export const plainAccess = (path: string): Required<RandomAccess> => {
  const { fd, stat } = openPlain(path);
  const sizeBytes = Number(stat.size);
  return {
    sizeBytes,
    read: async (offset, length) => {
      const piece = Buffer.allocUnsafe(Math.max(0, Math.min(length, sizeBytes - offset)));
      try {
        return piece.subarray(0, readInto(fd, piece, offset));
      } catch (error) {
        throw readError(error, path);
      }
    },
    close: async () => closeSync(fd),
  };
};

export interface PlainContent {
  readonly bytes: Buffer;
  readonly statKey: string;
}

/** The whole of a file that fits into memory, into what `allocate` gives. Errors: as `openPlain`, and FILE_CHANGED. */
export const readPlain = (
  path: string | Buffer,
  allocate: (sizeBytes: number) => Buffer = Buffer.allocUnsafeSlow,
): PlainContent => {
  const file = openPlain(path);
  let bytes: Buffer;
  try {
    bytes = allocate(Number(file.stat.size));
    bytes = bytes.subarray(0, readInto(file.fd, bytes, 0));
  } catch (error) {
    closeSync(file.fd);
    throw readError(error, path);
  }
  closeUnchanged(file, path, bytes.length);
  return { bytes, statKey: statKey(file.stat) };
};
