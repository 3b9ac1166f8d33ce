// A file that programs of the system may read, whatever user they run as: under a plain name in a folder of ours, through a descriptor that we
// have opened. What lies sealed, or is closed to them, is copied to a file without a name first, which is gone with us.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '@redthread/core/errors';
import { isRoot } from '../child/confined.js';
import { streamRange, type RandomAccess } from './random-access.js';

export interface SystemFiles {
  /** As the program is to name them, in order. */
  readonly paths: readonly string[];
  /** To be inherited by it. */
  readonly descriptors: readonly number[];
  close(): void;
}

const READ_PLAIN = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const FIRST_DESCRIPTOR = 4;
const OTHERS_READ = 0o004;

/** `source`: a file of the disk, or bytes wherever they lie. `name`: what the program is to see. Errors: DISK_FULL, FILE_UNREADABLE. */
export const systemFiles = async (
  sources: readonly { readonly name: string; readonly source: string | Buffer | RandomAccess }[],
): Promise<SystemFiles> => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-read-'));
  const descriptors: number[] = [];
  const close = (): void => {
    for (const descriptor of descriptors) closeSync(descriptor);
    descriptors.length = 0;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    chmodSync(folder, 0o711);
    const paths: string[] = [];
    for (const { name, source } of sources) {
      descriptors.push(await descriptorOf(source));
      const path = join(folder, name);
      symlinkSync(`/proc/self/fd/${FIRST_DESCRIPTOR + paths.length}`, path);
      paths.push(path);
    }
    return { paths, descriptors, close };
  } catch (error) {
    close();
    throw error;
  }
};

const descriptorOf = async (source: string | Buffer | RandomAccess): Promise<number> => {
  if (typeof source !== 'string' && !Buffer.isBuffer(source)) return copyOf(source);
  const descriptor = openSync(source, READ_PLAIN);
  const stat = fstatSync(descriptor);
  // As root we run it as nobody, who must be let in; as anybody else it runs as we do.
  if (stat.isFile() && (!isRoot() || (stat.mode & OTHERS_READ) !== 0)) return descriptor;
  try {
    if (!stat.isFile()) throw fail('FILE_UNREADABLE', 'it is no plain file');
    const handle = await open(`/proc/self/fd/${descriptor}`);
    try {
      return await copyOf({
        sizeBytes: stat.size,
        read: async (offset, length) => {
          const piece = Buffer.allocUnsafe(Math.min(length, Math.max(0, stat.size - offset)));
          return piece.subarray(0, (await handle.read(piece, 0, piece.length, offset)).bytesRead);
        },
      });
    } finally {
      await handle.close();
    }
  } finally {
    closeSync(descriptor);
  }
};

/** A file that no name leads to: it is gone when the last of us is. */
const copyOf = async (access: RandomAccess): Promise<number> => {
  const path = join(tmpdir(), `redthread-copy-${randomBytes(12).toString('hex')}`);
  const target = await open(path, 'wx+', 0o600);
  try {
    const descriptor = openSync(path, READ_PLAIN);
    await unlink(path);
    try {
      for await (const piece of streamRange(access) as AsyncIterable<Buffer>) await target.writeFile(piece);
      fchmodSync(descriptor, 0o444);
      return descriptor;
    } catch (error) {
      closeSync(descriptor);
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        throw fail('DISK_FULL', `no room for a copy in ${tmpdir()}`);
      throw error;
    }
  } finally {
    await target.close();
  }
};
