// Writes a version of a list as a stream, in bounded memory: each entry to the file of entries, and its digests to runs that are searched.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DIGEST_KINDS, tagOf, MOST_LISTS, type DigestKind, type ExactList } from '@redthread/core/index/exact';
import type { ListEntry } from '../../formats/lists/entry.js';
import { FOLDER_MODE } from '../../disk/whole-file.js';
import { EntrySorter } from '../entry-sorter.js';
import { ExactListWriter, type EntryCollector } from '../writer.js';
import { EntriesWriter } from './entries-file.js';
import type { VersionFolder } from './version-folder.js';

/** A payload has 32 bits. */
const UNNUMBERED = 0xffff_ffff;

export interface VersionCounts {
  readonly entries: number;
  /** Different digests, of all kinds. */
  readonly digests: number;
  readonly byKind: Readonly<Record<DigestKind, number>>;
  /** Contents with more than one category. */
  readonly conflicts: number;
  readonly checksum: Buffer;
}

interface Collecting {
  readonly collector: Promise<EntryCollector>;
  end(error?: Error): void;
  readonly done: Promise<unknown>;
}

export class VersionWriter {
  readonly #entries: EntriesWriter;
  readonly #categories: EntrySorter;
  readonly #codes = new Map<string, number>();

  private constructor(
    readonly folder: VersionFolder,
    readonly list: ExactList,
    readonly runs: ExactListWriter,
    readonly collecting: Readonly<Record<DigestKind, Collecting>>,
    readonly collectors: Readonly<Record<DigestKind, EntryCollector>>,
  ) {
    this.#entries = new EntriesWriter(folder.entriesPath);
    mkdirSync(this.#categoriesFolder, { mode: FOLDER_MODE });
    this.#categories = new EntrySorter(this.#categoriesFolder, 'md5');
  }

  get #categoriesFolder(): string {
    return join(this.folder.path, 'categories');
  }

  /** Into an empty folder. Errors: DISK_FULL, those of the file system. */
  static async open(folder: VersionFolder, list: ExactList): Promise<VersionWriter> {
    const runs = ExactListWriter.open(folder.digestsFolder);
    const [md5, sha1, sha256] = DIGEST_KINDS.map((kind) => collect(runs, kind, list)) as [
      Collecting,
      Collecting,
      Collecting,
    ];
    const collectors = { md5: await md5.collector, sha1: await sha1.collector, sha256: await sha256.collector };
    return new VersionWriter(folder, list, runs, { md5, sha1, sha256 }, collectors);
  }

  get count(): number {
    return this.#entries.count;
  }

  /** Errors: DISK_FULL, those of the file system. */
  add(entry: ListEntry): void {
    const number = Math.min(this.#entries.count, UNNUMBERED);
    this.#entries.add(entry);
    const { bytes, places } = this.#entries;
    const { collectors } = this;
    if (places.md5 >= 0) collectors.md5.add(bytes, 0, number, places.md5);
    if (places.sha1 >= 0) collectors.sha1.add(bytes, 0, number, places.sha1);
    if (places.sha256 >= 0) collectors.sha256.add(bytes, 0, number, places.sha256);
    if (entry.categories.length === 0) return;
    const first = places.md5 >= 0 ? places.md5 : places.sha1 >= 0 ? places.sha1 : places.sha256;
    if (first < 0) return;
    // Sixteen bytes of a digest tell contents apart.
    for (const { scheme, code } of entry.categories)
      this.#categories.add(bytes, first, tagOf(this.#numberOf(`${scheme ?? ''}\n${code}`), false), 0);
  }

  /** On the disk, and sealed, once this is through. Errors: DISK_FULL, those of the file system. */
  async finish(): Promise<VersionCounts> {
    for (const kind of DIGEST_KINDS) {
      // One after the other: each sorts in as much memory as it may have.
      this.collecting[kind].end();
      await this.collecting[kind].done;
    }
    const { runs } = this.runs;
    this.runs.close();
    const conflicts = this.#conflicts();
    const { checksum: entriesChecksum } = this.#entries.finish();
    const { count: entries } = this.#entries;
    const byKind = { md5: 0, sha1: 0, sha256: 0 };
    for (const run of runs) byKind[run.kind] += run.entries;
    const digests = byKind.md5 + byKind.sha1 + byKind.sha256;
    const checksum = this.folder.seal({
      ...this.list,
      entries,
      digests,
      entriesChecksum,
      runs: runs.map(({ file, bytes, identity }) => ({ file, bytes, identity })),
    });
    return { entries, digests, byKind, conflicts, checksum };
  }

  /** Closes what is open; the folder is the caller's to take away. */
  async abort(): Promise<void> {
    for (const kind of DIGEST_KINDS) {
      this.collecting[kind].end(new Error('the version is not finished'));
      await this.collecting[kind].done.catch(() => undefined);
    }
    this.runs.close();
    this.#categories.abort();
    this.#entries.close();
  }

  #numberOf(code: string): number {
    const known = this.#codes.get(code);
    if (known !== undefined) return known;
    // Of more codes than a tag can number the last share one.
    const number = Math.min(this.#codes.size, MOST_LISTS - 1);
    this.#codes.set(code, number);
    return number;
  }

  #conflicts(): number {
    let [conflicts, inContent] = [0, 0];
    const last = new Uint8Array(16);
    if (this.#codes.size > 1)
      this.#categories.drain((bytes, at) => {
        const isSame = inContent > 0 && last.every((byte, index) => byte === bytes[at + index]);
        inContent = isSame ? inContent + 1 : 1;
        if (inContent === 2) conflicts += 1;
        if (!isSame) last.set(bytes.subarray(at, at + 16));
      });
    this.#categories.abort();
    rmSync(this.#categoriesFolder, { recursive: true, force: true });
    return conflicts;
  }
}

/** An addition to the runs that goes on until it is ended. */
const collect = (runs: ExactListWriter, kind: DigestKind, list: ExactList): Collecting => {
  let give: (collector: EntryCollector) => void = () => undefined;
  let end: (error?: Error) => void = () => undefined;
  const collector = new Promise<EntryCollector>((resolve) => (give = resolve));
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  const done = runs.addRun(kind, [list], (into) => {
    give(into);
    return ended;
  });
  // Whoever ends it hears of it; until then nobody does.
  done.catch(() => undefined);
  return { collector, end, done };
};
