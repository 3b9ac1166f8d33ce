// A file of an index that is open for reading, a few bytes at a time or all of it.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fail } from '@redthread/core/errors';
import type { ByteSource } from '@redthread/core/index';

/** What is renamed or taken away meanwhile stays readable. */
export class FileSource implements ByteSource {
  readonly #fd: number;
  readonly bytes: number;

  /** Errors: INDEX_FILE_INVALID with what the system says. */
  constructor(readonly name: string) {
    this.#fd = inOurWords(name, () => openSync(name, 'r'));
    this.bytes = fstatSync(this.#fd).size;
  }

  /** Errors: INDEX_FILE_INVALID. */
  read(into: Uint8Array, offset: number, length: number, position: number): void {
    for (let done = 0; done < length;) {
      const read = inOurWords(this.name, () => readSync(this.#fd, into, offset + done, length - done, position + done));
      if (read === 0)
        throw fail('INDEX_FILE_INVALID', `${this.name}: ends at byte ${position + done}, before ${position + length}`);
      done += read;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** An error of the system as INDEX_FILE_INVALID; others pass as they are. */
const inOurWords = <T>(path: string, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const what = code === 'ENOENT' ? 'there is no such file' : message;
    throw fail('INDEX_FILE_INVALID', `${path}: ${what}`, { cause: error });
  }
};
