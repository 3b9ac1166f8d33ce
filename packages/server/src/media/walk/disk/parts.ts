// The files of one image: it may be split, and its other parts lie beside the first under names that count on.
import { dirname, basename, join } from 'node:path';
import { lstatSync } from 'node:fs';
import { fail } from '@redthread/core/errors';
import { fileAccess, type RandomAccess } from '../random-access.js';
import { readEwfPart, type StoredHashes } from './ewf.js';

export interface ImageParts {
  readonly format: 'raw' | 'ewf';
  readonly sources: readonly (string | Buffer | RandomAccess)[];
  readonly stored: StoredHashes;
}

const MOST_PARTS = 10_000;

/** `filePath`: where the first part lies, when it lies on the disk. Errors: DISK_IMAGE_INCOMPLETE, FILE_UNREADABLE. */
export const imageParts = async (access: RandomAccess, filePath: string | Buffer | undefined): Promise<ImageParts> => {
  const first = filePath ?? access;
  const part = await readEwfPart(access);
  if (part === null)
    return {
      format: 'raw',
      sources: typeof filePath === 'string' ? [filePath, ...rawRest(filePath)] : [first],
      stored: {},
    };
  const sources: (string | Buffer | RandomAccess)[] = [first];
  let last = part;
  while (!last.isLast) {
    const number = sources.length + 1;
    const path = typeof filePath === 'string' && number <= MOST_PARTS ? ewfPath(filePath, number) : null;
    if (path === null || !isThere(path)) throw fail('DISK_IMAGE_INCOMPLETE', `part ${number} is not beside it`);
    const next = await fileAccess(path);
    try {
      const read = await readEwfPart(next);
      if (read?.number !== number) throw fail('DISK_IMAGE_INCOMPLETE', `${basename(path)} is not part ${number}`);
      last = read;
    } finally {
      await next.close?.();
    }
    sources.push(path);
  }
  return { format: 'ewf', sources, stored: last.stored };
};

/** The name of part `number` as `first` (`.E01`, `.e01`, `.Ex01` …) begins it: E01 to E99, then EAA to EZZ, FAA and on. */
const ewfPath = (first: string, number: number): string | null => {
  const named = /^(.*\.)([A-Za-z])01$/.exec(first);
  if (named === null) return null;
  const [, base, letter] = named as unknown as [string, string, string];
  if (number < 100) return `${base}${letter}${String(number).padStart(2, '0')}`;
  const a = letter >= 'a' ? 97 : 65;
  const beyond = number - 100;
  const head = letter.charCodeAt(0) + Math.floor(beyond / 676);
  if (head > a + 25) return null;
  return `${base}${String.fromCharCode(head, a + (Math.floor(beyond / 26) % 26), a + (beyond % 26))}`;
};

/** `.001` goes on with `.002`, `.000` with `.001`; any other name stands alone. */
const rawRest = (first: string): string[] => {
  const named = /^(.+\.)(\d{2,4})$/.exec(basename(first));
  if (named === null || Number(named[2]) > 1) return [];
  const rest: string[] = [];
  for (let number = Number(named[2]) + 1; rest.length < MOST_PARTS; number++) {
    const path = join(dirname(first), `${named[1]}${String(number).padStart(named[2]!.length, '0')}`);
    if (!isThere(path)) break;
    rest.push(path);
  }
  return rest;
};

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
