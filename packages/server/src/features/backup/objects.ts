// The sealed objects of a backup: each under its name in the vault, the random beginning of its seal and its SHA-256, so that what
// has not changed is known without reading it, and what was sealed anew lies beside what the backup before holds.
import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256OfFile } from '../../disk/digest.js';
import { diskError } from '../../disk/disk-error.js';
import { HEADER_BYTES, syncFile, syncFolder } from '../../store/index.js';

export interface KeptObject {
  /** Name in the vault. */
  readonly object: string;
  /** Hex of the header of its seal, and of the SHA-256 of all of it. */
  readonly header: string;
  readonly sha256: string;
  readonly bytes: number;
}

const OBJECTS = 'objects';
const PART = '.part';
const FORM = /^([0-9a-f]{64})-([0-9a-f]{32})-([0-9a-f]{64})$/;

const placeOf = (folder: string, name: string): string => join(folder, OBJECTS, name.slice(0, 2), name.slice(2, 3));
export const pathOfKept = (folder: string, { header, object, sha256 }: KeptObject): string =>
  join(placeOf(folder, object), `${object}-${header}-${sha256}`);

const headerOf = async (path: string): Promise<{ header: string; bytes: number } | null> => {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    await file.read(header, 0, HEADER_BYTES, 0);
    return { header: header.toString('hex'), bytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
};

/** Keeps objects in a backup's folder; asked for in the order of their names it lists each folder once. */
export class ObjectKeeper {
  readonly #folder: string;
  readonly #pathOf: (name: string) => string;
  #listed: { readonly place: string; readonly names: Set<string> } | null = null;
  copied = 0;
  copiedBytes = 0;

  constructor(folder: string, pathOf: (name: string) => string) {
    this.#folder = folder;
    this.#pathOf = pathOf;
  }

  /** Null: it is not in the vault (any more). Errors: DISK_FULL. */
  async keep(object: string): Promise<KeptObject | null> {
    const source = this.#pathOf(object);
    const found = await headerOf(source);
    if (found === null) return null;
    const place = placeOf(this.#folder, object);
    const names = await this.#namesIn(place);
    const start = `${object}-${found.header}-`;
    for (const name of names) {
      const [, , , sha256] = name.startsWith(start) ? (FORM.exec(name) ?? []) : [];
      if (sha256 === undefined) continue;
      const kept = { object, ...found, sha256 };
      if ((await stat(pathOfKept(this.#folder, kept)).catch(() => null))?.size === found.bytes) return kept;
    }
    const unfinished = join(place, `${object}${PART}`);
    try {
      await mkdir(place, { recursive: true, mode: 0o700 });
      await copyFile(source, unfinished, constants.COPYFILE_FICLONE);
      await syncFile(unfinished);
      const kept = { object, ...found, sha256: await sha256OfFile(unfinished) };
      const path = pathOfKept(this.#folder, kept);
      await rename(unfinished, path);
      await syncFolder(place);
      names.add(path.slice(place.length + 1));
      this.copied += 1;
      this.copiedBytes += found.bytes;
      return kept;
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && (await headerOf(source)) === null) return null;
      throw diskError(error, unfinished);
    }
  }

  async #namesIn(place: string): Promise<Set<string>> {
    if (this.#listed?.place === place) return this.#listed.names;
    const names = new Set(await readdir(place).catch(() => []));
    this.#listed = { place, names };
    return names;
  }
}

/** Takes away what a backup does not name: `kept` in the order of their names. Answers how many. */
export const dropOthers = async (folder: string, kept: AsyncIterable<KeptObject>): Promise<number> => {
  let dropped = 0;
  const dropIn = async (place: string, names: ReadonlySet<string>): Promise<void> => {
    for (const name of await readdir(place).catch(() => [])) {
      if (names.has(name)) continue;
      await rm(join(place, name), { force: true });
      dropped += 1;
    }
  };
  const seen = new Set<string>();
  let [place, names] = ['', new Set<string>()];
  for await (const one of kept) {
    const path = pathOfKept(folder, one);
    if (dirname(path) !== place) {
      if (place !== '') await dropIn(place, names);
      [place, names] = [dirname(path), new Set()];
      seen.add(place);
    }
    names.add(path.slice(place.length + 1));
  }
  if (place !== '') await dropIn(place, names);
  const root = join(folder, OBJECTS);
  for (const first of await readdir(root).catch(() => []))
    for (const second of await readdir(join(root, first)).catch(() => []))
      if (!seen.has(join(root, first, second))) await dropIn(join(root, first, second), new Set());
  return dropped;
};

/** Puts an object back under `target`, unless it is there. Errors: DISK_FULL; ENOENT where the backup lacks it. */
export const putBack = async (folder: string, kept: KeptObject, target: string): Promise<void> => {
  const there = await headerOf(target);
  if (there?.header === kept.header && there.bytes === kept.bytes) return;
  const unfinished = `${target}${PART}`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rm(unfinished, { force: true });
    await copyFile(pathOfKept(folder, kept), unfinished, constants.COPYFILE_FICLONE);
    await syncFile(unfinished);
    await rename(unfinished, target);
    await syncFolder(dirname(target));
  } catch (error) {
    throw diskError(error, target);
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
};
