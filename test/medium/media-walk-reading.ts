// How the walk's tests read: everything, descending into whatever turns out to be an archive, as an ingest does.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import {
  bufferAccess,
  type Entry,
  fileAccess,
  identify,
  isWalkable,
  walk,
  type WalkOptions,
} from '../../packages/server/src/media/index.js';

/** A folder of its own for each test of the calling file. */
export const testFolder = (): { readonly path: string; file(name: string, data: Buffer | string): string } => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-walk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get path() {
      return folder;
    },
    file: (name, data) => {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, data);
      return path;
    },
  };
};

export interface Seen {
  readonly entry: Entry;
  readonly data: Buffer | null;
  readonly code: string | null;
}

export const readAll = async (source: string, options: WalkOptions = {}): Promise<Seen[]> => {
  const seen: Seen[] = [];
  for await (const entry of walk(source, options)) {
    let data: Buffer | null = null;
    let code = entry.failure?.code ?? null;
    if (entry.failure === undefined && entry.about === 'entry')
      await entry.bytes(2 ** 31).then(
        (bytes) => (data = bytes),
        (error: { code: string }) => (code = error.code as typeof code),
      );
    const bytes = data as Buffer | null;
    if (bytes !== null && isWalkable(identify(bytes).mime))
      entry.descend(entry.filePath === undefined ? bufferAccess(bytes) : await fileAccess(entry.filePath));
    seen.push({ entry, data: bytes, code });
  }
  return seen;
};
export const paths = (seen: readonly Seen[]): string[] => seen.map(({ entry }) => entry.path);
export const at = (seen: readonly Seen[], path: string): Seen => seen.find(({ entry }) => entry.path === path)!;
export const text = (seen: readonly Seen[], path: string): string | undefined => at(seen, path)?.data?.toString();
