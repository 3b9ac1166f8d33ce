// Entries of a folder tree, depth first, names of a folder in byte order. Links are reported, never followed.
import { escapeControls, safeSegment, UniquePaths } from '@redthread/core/sending';
import { constants, type Dirent } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import { problem, WalkEntry } from './entry.js';
import { decodedName, utf8Name } from './names.js';
import { fileSystemTime } from './source-times.js';
import type { ItemProblem, SourceTime } from './types.js';

// Latin-1 keeps any byte of a name, sorts as the bytes do, and costs one byte a character.
type RawName = string;

const READ_AHEAD_NAMES = 512;
const STATS_AT_ONCE = 64;

const bytesOf = (raw: RawName): Buffer => Buffer.from(raw, 'latin1');

/** The form that Node takes for any name: text where it is UTF-8, bytes where not. */
const systemPath = (raw: RawName): string | Buffer => {
  const bytes = bytesOf(raw);
  return utf8Name(bytes) ?? bytes;
};

interface InnerFolder {
  readonly raw: RawName;
  readonly path: string;
}

interface Folder {
  readonly raw: RawName;
  readonly prefix: string;
  readonly names: readonly RawName[];
  readonly unique: UniquePaths;
  /** How many names are described, and the described ones that are still to be handed out (last one first). */
  described: number;
  readonly waiting: (WalkEntry | InnerFolder)[];
}

/** Walks a folder given by its absolute path. */
export const folderEntries = async function* (root: string): AsyncGenerator<WalkEntry> {
  const top = await openFolder(Buffer.from(root, 'utf8').toString('latin1'), '');
  if (top instanceof WalkEntry) {
    yield top;
    return;
  }
  const stack: Folder[] = [top];
  for (let folder = stack.at(-1); folder !== undefined; folder = stack.at(-1)) {
    const entry = folder.waiting.pop();
    if (entry instanceof WalkEntry) yield entry;
    else if (entry !== undefined) {
      const inner = await openFolder(entry.raw, entry.path);
      if (inner instanceof WalkEntry) yield inner;
      else stack.push(inner); // first what lies in it; then this folder goes on where it was
    } else if (folder.described < folder.names.length) await describeNext(folder);
    else stack.pop();
  }
};

const describeNext = async (folder: Folder): Promise<void> => {
  const names = folder.names.slice(folder.described, folder.described + STATS_AT_ONCE);
  folder.described += names.length;
  folder.waiting.push(...(await Promise.all(names.map((name) => describe(folder, name)))).reverse());
};

/** Reads the names of a folder; an entry with the failure where that is refused. */
const openFolder = async (raw: RawName, path: string): Promise<Folder | WalkEntry> => {
  try {
    const names: RawName[] = [];
    const directory = await opendir(systemPath(raw), { encoding: 'latin1', bufferSize: READ_AHEAD_NAMES });
    for await (const { name } of directory as AsyncIterable<Dirent>) names.push(name);
    names.sort();
    return { raw, prefix: path === '' ? '' : `${path}/`, names, unique: new UniquePaths(), described: 0, waiting: [] };
  } catch (error) {
    return new WalkEntry({ path: path || '.', container: null, failure: unreadable(error) }, null);
  }
};

const unreadable = (error: unknown): ItemProblem =>
  problem('FILE_UNREADABLE', (error as NodeJS.ErrnoException).code ?? 'unknown reason');

const describe = async (folder: Folder, name: RawName): Promise<WalkEntry | InnerFolder> => {
  const raw = `${folder.raw}/${name}`;
  const decoded = decodedName(bytesOf(name));
  const safe = safeSegment(decoded.name);
  const path = folder.prefix + folder.unique.take(safe.path);
  const facts = {
    path,
    container: null,
    ...(safe.path === (decoded.rawName ?? decoded.name)
      ? {}
      : { rawName: escapeControls(decoded.rawName ?? decoded.name) }),
    notes: safe.hostility === null ? [] : [problem('PATH_HOSTILE', safe.hostility)],
  };
  const filePath = systemPath(raw);
  try {
    const stat = await lstat(filePath, { bigint: true });
    if (stat.isDirectory()) return { raw, path };
    const sourceTimes = timesOf(stat);
    if (stat.isSymbolicLink())
      return new WalkEntry({ ...facts, sourceTimes, failure: problem('LINK_SKIPPED', 'a symbolic link') }, null);
    if (!stat.isFile())
      return new WalkEntry(
        { ...facts, sourceTimes, failure: problem('SPECIAL_FILE_SKIPPED', specialKind(stat)) },
        null,
      );
    return new WalkEntry(
      { ...facts, filePath, sizeBytes: Number(stat.size), sourceTimes },
      {
        open: async () => (await openPlainFile(filePath)).createReadStream(),
        bytes: async () => {
          const handle = await openPlainFile(filePath);
          return handle.readFile().finally(() => handle.close());
        },
      },
    );
  } catch (error) {
    return new WalkEntry({ ...facts, filePath, failure: unreadable(error) }, null);
  }
};

/** A link that took the place of the file since it was listed is not followed. */
const openPlainFile = (path: string | Buffer) => open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));

interface FileTimes {
  readonly mtimeNs: bigint;
  readonly atimeNs: bigint;
  readonly birthtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Node reports the change time as birth time where the file system keeps none: that says nothing about creation. */
const timesOf = ({ mtimeNs, atimeNs, birthtimeNs, ctimeNs }: FileTimes): SourceTime[] => [
  fileSystemTime('modified', mtimeNs),
  fileSystemTime('accessed', atimeNs),
  ...(birthtimeNs > 0n && birthtimeNs !== ctimeNs ? [fileSystemTime('created', birthtimeNs)] : []),
];

const specialKind = (stat: { isFIFO(): boolean; isSocket(): boolean }): string =>
  stat.isFIFO() ? 'a named pipe' : stat.isSocket() ? 'a socket' : 'a device';
