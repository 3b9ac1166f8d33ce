// What the report in a CyberTipline package says of its files, asked before the first of them is taken in: one that the provider has not viewed may not be
// decoded, and a file that was decoded cannot be closed. XML is read by our own reader, which unfolds nothing and holds little.
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRedthreadError } from '@redthread/core/errors';
import { nothingSaid, type Viewing } from '@redthread/core/sending';
import { isCyberTipReport, readCyberTipReport } from '../../../formats/chats/cybertip/index.js';
import type { Entry } from '../../../media/walk/index.js';

export interface PackageFile extends Pick<Entry, 'path' | 'sizeBytes' | 'about' | 'failure'> {
  bytes(maxBytes: number): Promise<Buffer>;
}

const LARGEST = 16 * 1024 * 1024;
const HEAD = 16_384;
const MOST_REPORTS = 10_000;
/** A package is flat: whatever lies deeper, or among so many others, is the system of a device. */
const DEEPEST = 3;
const MOST_LOOKED_AT = 20_000;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/**
 * By path; null where no such report is among the files. A file of the package that it does not name, or of which it says nothing, counts as not viewed,
 * as does every file where the report cannot be read. The report itself is nobody's file.
 */
export const packageViewing = async (files: AsyncIterable<PackageFile>, prefix = ''): Promise<Viewing | null> => {
  const said = new Map<string, boolean>();
  let reports = 0;
  let looked = 0;
  let isBroken = false;
  for await (const file of files) {
    const { path, sizeBytes, about, failure } = file;
    if (about !== 'entry' || failure !== undefined || !/\.xml$/i.test(path) || (sizeBytes ?? 0) > LARGEST) continue;
    if (path.slice(prefix.length).split('/').length > DEEPEST || ++looked > MOST_LOOKED_AT) continue;
    const bytes = await file.bytes(LARGEST).catch(() => null);
    if (bytes === null || !isCyberTipReport(bytes.toString('utf8', 0, HEAD))) continue;
    reports += 1;
    if (reports > MOST_REPORTS || !(await readReport(bytes, said))) isBroken = true;
  }
  if (reports === 0) return null;
  return (path) => {
    const name = nameOf(path);
    if (name.endsWith('.xml')) return null;
    return !isBroken && (said.get(name) ?? said.get(name.replace(/\.[^.]*$/, '')) ?? false);
  };
};

/** False where it cannot be read to its end. */
const readReport = async (bytes: Buffer, said: Map<string, boolean>): Promise<boolean> => {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  try {
    for await (const item of readCyberTipReport({ open })) {
      if (item.item !== 'file') continue;
      // Named twice, the stricter word holds.
      for (const name of new Set([nameOf(item.path), item.fileId?.toLowerCase() ?? '']))
        if (name !== '') said.set(name, item.provider?.viewed === true && said.get(name) !== false);
    }
    return true;
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return false;
  }
};

/** The XML of a package that lies unpacked in a folder: in it, or beside one another in a folder of its own. */
export async function* folderPackage(folder: string): AsyncGenerator<PackageFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && /^filedetails$/i.test(entry.name)) yield* folderPackage(path);
    if (!entry.isFile() || !/\.xml$/i.test(entry.name)) continue;
    const { size } = await lstat(path).catch(() => ({ size: LARGEST + 1 }));
    yield { path: entry.name, sizeBytes: size, about: 'entry', bytes: () => readFile(path) };
  }
}

/** What packages inside of an exhibit say, where nothing else was said of a file: the innermost that says something. */
export class PackageWords {
  readonly #packages: { readonly prefix: string; readonly viewing: Viewing }[] = [];

  constructor(readonly given: Viewing = nothingSaid) {}

  /** `prefix`: of the paths in it. */
  async add(prefix: string, files: AsyncIterable<PackageFile>): Promise<void> {
    const viewing = await packageViewing(files, prefix);
    if (viewing !== null) this.#packages.unshift({ prefix, viewing });
  }

  readonly viewing: Viewing = (path) =>
    this.given(path) ?? this.#packages.find(({ prefix }) => path.startsWith(prefix))?.viewing(path) ?? null;
}
