// Files of the exact lists: read a few bytes at a time, written under another name, flushed and renamed, so that a kill leaves no half file.
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, isRedthreadError } from '@redthread/core/errors';
import type { ByteSink, ByteSource } from '@redthread/core/index';

/** They tell what an agency knows: nobody else on the machine reads them. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** A file that is open for reading. What is renamed or taken away meanwhile stays readable. */
export class FileSource implements ByteSource {
  readonly #fd: number;
  readonly bytes: number;

  /** Errors: INDEX_FILE_INVALID with what the system says. */
  constructor(readonly name: string) {
    this.#fd = openToRead(name);
    this.bytes = fstatSync(this.#fd).size;
  }

  read(into: Uint8Array, offset: number, length: number, position: number): void {
    for (let done = 0; done < length;) {
      const read = this.#readSome(into, offset + done, length - done, position + done);
      if (read === 0)
        throw fail('INDEX_FILE_INVALID', `${this.name}: ends at byte ${position + done}, before ${position + length}`);
      done += read;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #readSome(into: Uint8Array, offset: number, length: number, position: number): number {
    try {
      return readSync(this.#fd, into, offset, length, position);
    } catch (error) {
      throw unreadable(this.name, error);
    }
  }
}

const openToRead = (path: string): number => {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
};

/** An error of the system in our words; others pass as they are. */
const unreadable = (path: string, error: unknown): unknown => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined
    ? error
    : fail('INDEX_FILE_INVALID', `${path}: ${code === 'ENOENT' ? 'there is no such file' : message}`, { cause: error });
};

/** Writes at positions; `keep` makes the file what its path names, `discard` leaves nothing. */
export class UnfinishedFile implements ByteSink {
  readonly #fd: number;
  readonly #temporary: string;

  constructor(readonly name: string) {
    this.#temporary = `${name}.tmp`;
    this.#fd = openSync(this.#temporary, 'w', FILE_MODE);
  }

  /** Errors: DISK_FULL, those of the file system. */
  write(bytes: Uint8Array, position: number): void {
    inOurWords(this.name, () => writeAll(this.#fd, bytes, position));
  }

  keep(): void {
    inOurWords(this.name, () => fsyncSync(this.#fd));
    closeSync(this.#fd);
    renameSync(this.#temporary, this.name);
    flushFolder(dirname(this.name));
  }

  discard(): void {
    closeSync(this.#fd);
    rmSync(this.#temporary, { force: true });
  }
}

/** A whole small file. Errors: DISK_FULL, those of the file system. */
export const writeWhole = (path: string, text: string): void => {
  const file = new UnfinishedFile(path);
  try {
    file.write(Buffer.from(text), 0);
  } catch (error) {
    file.discard();
    throw error;
  }
  file.keep();
};

/** Adds to a file of a building, which is of no worth after a crash: not flushed. Errors: DISK_FULL, those of the file system. */
export const append = (path: string, bytes: Uint8Array): void =>
  inOurWords(path, () => {
    const fd = openSync(path, 'a', FILE_MODE);
    try {
      writeAll(fd, bytes, null);
    } finally {
      closeSync(fd);
    }
  });

const writeAll = (fd: number, bytes: Uint8Array, position: number | null): void => {
  for (let done = 0; done < bytes.length;)
    done += writeSync(fd, bytes, done, bytes.length - done, position === null ? null : position + done);
};

/** A rename is on disk when its folder is. */
const flushFolder = (folder: string): void => {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

const inOurWords = (path: string, act: () => void): void => {
  try {
    act();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!isRedthreadError(error) && (code === 'ENOSPC' || code === 'EDQUOT'))
      throw fail('DISK_FULL', path, { cause: error });
    throw error;
  }
};
