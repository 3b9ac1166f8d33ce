// Reads a list that came from elsewhere in a child of its own: without credentials of the database, in bounded memory, and ended when it has nothing to
// tell for long. What it makes are the files of a version that is of no row yet.
import { fork } from 'node:child_process';
import type { ExactList } from '@redthread/core/index/exact';
import { fail, type ErrorCode } from '@redthread/core/errors';
import { entryPath } from '../../../app/entry-path.js';
import type { ListFormat, ListHeader, Note } from '../../../formats/lists/index.js';
import type { VersionCounts } from '../../../lists/index.js';
import type { ListFile } from '../list-files.js';

export interface ReadOrder {
  /** Empty; for the version alone. */
  readonly folder: string;
  readonly list: ExactList;
  /** Folder of the version that the files are applied to. */
  readonly onto: string | null;
  readonly files: readonly ListFile[];
  readonly format: ListFormat | null;
  readonly skipsBadLines: boolean;
  readonly isNotNist: boolean;
}

/** What was read, as it is kept until somebody says that it counts. */
export interface Read {
  readonly header: Pick<ListHeader, 'format' | 'formatVersion' | 'edition'>;
  readonly notes: readonly Note[];
  readonly opaque: Readonly<Record<string, number>>;
  /** In hex, as the checksum of the files. */
  readonly sha256: string;
  readonly counts: Omit<VersionCounts, 'checksum'> & { readonly checksum: string };
}

export interface Progress {
  readonly entries: number;
  readonly part: number;
}

export type ChildWord =
  | { readonly progress: Progress }
  | { readonly read: Read }
  | { readonly failed: { readonly code: ErrorCode; readonly detail: string; readonly pointer: string | undefined } };

const MEMORY_MB = 1024;
/** Sorting what was read says nothing meanwhile: of a hundred million entries it takes minutes. */
const SILENT_FOR_MS = 20 * 60_000;
const PASSED_ON = ['PATH', 'TMPDIR', 'LANG', 'TZ'];

/** The child ended without a word: what it read may have ended it. */
export class ReaderDied extends Error {}

/** Errors: those of the list; DISK_FULL; ReaderDied; INTAKE_UNAVAILABLE when `stopping`, which ends the child. */
export const readInChild = (
  order: ReadOrder,
  onProgress: (progress: Progress) => void,
  stopping: AbortSignal,
): Promise<Read> =>
  new Promise((resolve, reject) => {
    const env = Object.fromEntries(
      PASSED_ON.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]])),
    );
    const child = fork(entryPath(import.meta.url, './reader-child.js'), {
      env,
      execArgv: [`--max-old-space-size=${MEMORY_MB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let said: (() => void) | null = null;
    const kill = (): void => void child.kill('SIGKILL');
    let timer = setTimeout(kill, SILENT_FOR_MS);
    stopping.addEventListener('abort', kill, { once: true });
    if (stopping.aborted) kill();
    child.on('message', (word: ChildWord) => {
      clearTimeout(timer);
      timer = setTimeout(kill, SILENT_FOR_MS);
      if ('progress' in word) return onProgress(word.progress);
      said =
        'read' in word
          ? () => resolve(word.read)
          : () => {
              const { code, detail, pointer } = word.failed;
              reject(fail(code, detail, pointer === undefined ? {} : { pointer }));
            };
    });
    const end = (how: string): void => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', kill);
      if (said !== null) return said();
      reject(stopping.aborted ? fail('INTAKE_UNAVAILABLE', 'the reading was stopped') : new ReaderDied(how));
    };
    child.once('error', () => end('it did not start'));
    child.once('close', (code, signal) => end(signal ?? `exit ${code}`));
    child.send(order, (error) => {
      if (error !== null) kill();
    });
  });
