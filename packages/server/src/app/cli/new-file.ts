// The file that a command writes for its owner: never over another, whole or not at all.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fail } from '@redthread/core/errors';
import { diskError } from '../../disk/disk-error.js';
import { FILE_MODE } from '../../disk/whole-file.js';

const BUFFERED_CHARACTERS = 2 ** 20;

type Take = (part: string | Uint8Array) => void;

/**
 * A file of text or bytes for its owner alone, whole or not at all: what a kill leaves under its name is empty, for half a list of hashes looks like a list.
 * Errors: ARGUMENT_INVALID where there is one already, or none can be; DISK_FULL.
 */
export const intoNewFile = async <T>(path: string, fill: (take: Take) => Promise<T>): Promise<T> => {
  closeSync(newFile(path, 'wx'));
  const part = `${path}.part`;
  try {
    const result = await intoFile(newFile(part, 'w'), fill);
    renameSync(part, path);
    return result;
  } catch (error) {
    for (const left of [part, path]) rmSync(left, { force: true });
    throw diskError(error, path);
  }
};

const intoFile = async <T>(file: number, fill: (take: Take) => Promise<T>): Promise<T> => {
  let [pending, characters]: [string[], number] = [[], 0];
  const flush = (): void => {
    writeFileSync(file, pending.join(''));
    [pending, characters] = [[], 0];
  };
  try {
    const result = await fill((text) => {
      if (typeof text !== 'string') {
        flush();
        writeFileSync(file, text);
        return;
      }
      pending.push(text);
      characters += text.length;
      if (characters >= BUFFERED_CHARACTERS) flush();
    });
    flush();
    fsyncSync(file);
    return result;
  } finally {
    closeSync(file);
  }
};

const newFile = (path: string, flags: 'w' | 'wx'): number => {
  try {
    return openSync(path, flags, FILE_MODE);
  } catch (error) {
    const is = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const why = is ? `${path} is there already, and is not written over: name another file` : (error as Error).message;
    throw fail('ARGUMENT_INVALID', why, { pointer: 'out', cause: error });
  }
};
