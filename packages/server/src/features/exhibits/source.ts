// What may be ingested: a folder, an archive or a disk image of this machine, named by its real path, so that the same source has one
// name and no link leads out of it.
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import type { Exhibit } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { identify, IDENTIFY_BYTES } from '../../media/identify/index.js';

export type SourceKind = Exhibit['kind'];

export interface Source {
  readonly kind: SourceKind;
  /** Real path; from another machine, the name that its sender gave it. */
  readonly path: string;
  /** Size of an archive; null for a folder. */
  readonly sizeBytes: number | null;
}

const KINDS: Readonly<Record<string, SourceKind>> = {
  'application/zip': 'zip',
  'application/java-archive': 'zip',
  'application/vnd.android.package-archive': 'zip',
  'application/x-tar': 'tar',
  'application/gzip': 'tar.gz',
  'application/x-7z-compressed': '7z',
  'application/x-raw-disk-image': 'disk-image',
  'application/x-ewf': 'disk-image',
};

/** Errors: SOURCE_UNREADABLE, SOURCE_NOT_SUPPORTED. */
export const openSource = (given: string): Source => {
  // The system takes an empty name for the folder that the program was started in.
  if (given === '') throw fail('SOURCE_UNREADABLE', 'no source is named');
  try {
    const path = realpathSync(given);
    const stat = statSync(path);
    if (stat.isDirectory()) return { kind: 'folder', path, sizeBytes: null };
    if (!stat.isFile()) throw fail('SOURCE_NOT_SUPPORTED', saying`${given} is neither a folder nor a file`);
    const { mime } = identify(readHead(path), stat.size);
    const kind = KINDS[mime];
    if (kind === undefined) throw fail('SOURCE_NOT_SUPPORTED', saying`${given} is ${mime}`);
    return { kind, path, sizeBytes: stat.size };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && /^E[A-Z]+$/.test(code))
      throw fail('SOURCE_UNREADABLE', saying`${given} (${code})`, { cause: error });
    throw error;
  }
};

const readHead = (path: string): Buffer => {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(IDENTIFY_BYTES);
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
};

/** The configured root that holds a folder which is to stay in place. Errors: SOURCE_OUTSIDE_ROOTS, SOURCE_NOT_SUPPORTED. */
export const inPlaceRoot = (source: Source, roots: readonly string[]): string => {
  if (source.kind !== 'folder')
    throw fail(
      'SOURCE_NOT_SUPPORTED',
      saying`${source.path}: only a folder can stay in place; an archive is copied into the vault`,
    );
  for (const root of roots) {
    const real = realRoot(root);
    if (real !== null && (source.path === real || source.path.startsWith(real.endsWith(sep) ? real : real + sep)))
      return real;
  }
  throw fail('SOURCE_OUTSIDE_ROOTS', source.path);
};

const realRoot = (root: string): string | null => {
  try {
    return realpathSync(root);
  } catch {
    return null;
  }
};
