// Gathers the entries of an import, in the order in which they are said, into a version: where a source replaces or takes back, a later word on the
// same thing counts. Such entries wait in a file until all are read, and a bit says of each whether it stands.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isTombstone, tagOf, type ExactList } from '@redthread/core/index/exact';
import type { ListEntry, ListFormat } from '../../formats/lists/entry.js';
import { FOLDER_MODE } from '../../disk/whole-file.js';
import { EntrySorter } from '../entry-sorter.js';
import { Bits } from './bits.js';
import { EntriesFile, EntriesWriter } from './entries-file.js';
import { TakenBack } from './taken-back.js';
import { VersionWriter, type VersionCounts } from './version-writer.js';
import type { VersionFolder } from './version-folder.js';

/** Formats whose entries have a name of their own: a later word on one replaces the earlier. */
const BY_KEY: ReadonlySet<ListFormat> = new Set(['ncmec', 'stopncii', 'cybertip']);
/** Formats that take back by a hash; an entry more under the same one adds. */
const BY_HASH: ReadonlySet<ListFormat> = new Set(['nsrl-rds3', 'nsrl-delta', 'nsrl-v2']);
/** Taken back at once, in memory. */
const TAKEN_AT_ONCE = 200_000;

/** Takes entries in their order, and makes the version of them. */
export interface Gathering {
  add(entry: ListEntry): void;
  /** Errors: DISK_FULL, those of the file system. */
  finish(): Promise<VersionCounts>;
  abort(): Promise<void>;
}

export interface GatheringPlan {
  /** Empty; for the version alone. */
  readonly folder: VersionFolder;
  readonly list: ExactList;
  readonly format: ListFormat;
  /** The version that the files are applied to. */
  readonly onto: EntriesFile | null;
}

export const gather = async (plan: GatheringPlan): Promise<Gathering> => {
  const writer = await VersionWriter.open(plan.folder, plan.list);
  if (BY_KEY.has(plan.format)) return new KeyedGathering(plan, writer);
  if (plan.onto === null) return writer;
  if (BY_HASH.has(plan.format)) return new HashedGathering(plan, writer);
  for (const { entries } of plan.onto.batches()) entries.forEach((entry) => writer.add(entry));
  return writer;
};

/** The entries before these and these, in one row of numbers. */
class Waiting {
  readonly #folder: string;
  readonly #writer: EntriesWriter;

  constructor(
    { folder }: GatheringPlan,
    readonly onto: EntriesFile | null,
  ) {
    this.#folder = join(folder.path, 'waiting');
    mkdirSync(this.#folder, { mode: FOLDER_MODE });
    this.#writer = new EntriesWriter(join(this.#folder, 'entries'));
  }

  /** For whatever else waits. */
  folder(name: string): string {
    const folder = join(this.#folder, name);
    mkdirSync(folder, { mode: FOLDER_MODE });
    return folder;
  }

  get count(): number {
    return (this.onto?.count ?? 0) + this.#writer.count;
  }

  /** Answers its number. */
  add(entry: ListEntry): number {
    this.#writer.add(entry);
    return this.count - 1;
  }

  /** Nothing is added any more. */
  end(): void {
    this.#writer.finish();
  }

  *all(): Generator<readonly [ListEntry, number]> {
    const before = this.onto?.count ?? 0;
    if (this.onto !== null) yield* numbered(this.onto, 0);
    const file = new EntriesFile(this.#writer.path);
    try {
      yield* numbered(file, before);
    } finally {
      file.close();
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  close(): void {
    this.#writer.close();
  }
}

function* numbered(file: EntriesFile, from: number): Generator<readonly [ListEntry, number]> {
  for (const { first, entries } of file.batches())
    for (const [index, entry] of entries.entries()) yield [entry, from + first + index];
}

/** Of each key the entry that came last, unless that takes it back. */
class KeyedGathering implements Gathering {
  readonly #waiting: Waiting;
  readonly #keys: EntrySorter;
  readonly #standing = new Bits();

  constructor(
    plan: GatheringPlan,
    readonly writer: VersionWriter,
  ) {
    this.#waiting = new Waiting(plan, plan.onto);
    this.#keys = new EntrySorter(this.#waiting.folder('keys'), 'sha256');
    if (plan.onto !== null) for (const [entry, number] of numbered(plan.onto, 0)) this.#note(entry, number);
  }

  add(entry: ListEntry): void {
    this.#note(entry, entry.isWithdrawn ? 0 : this.#waiting.add(entry));
  }

  #note({ key, isWithdrawn }: ListEntry, number: number): void {
    if (key === null) {
      if (!isWithdrawn) this.#standing.set(number, true);
      return;
    }
    this.#keys.add(createHash('sha256').update(key).digest(), 0, tagOf(0, isWithdrawn), number);
  }

  async finish(): Promise<VersionCounts> {
    this.#waiting.end();
    this.#keys.drain((_, __, tag, number) => {
      if (!isTombstone(tag)) this.#standing.set(number, true);
    });
    for (const [entry, number] of this.#waiting.all()) if (this.#standing.has(number)) this.writer.add(entry);
    this.#waiting.remove();
    return this.writer.finish();
  }

  async abort(): Promise<void> {
    this.#keys.abort();
    this.#waiting.close();
    await this.writer.abort();
  }
}

/** What came before and was not taken back by a hash since. */
class HashedGathering implements Gathering {
  readonly #waiting: Waiting;
  /** What takes back; the key of each is how many entries came before it. */
  readonly #taking: EntriesWriter;

  constructor(
    plan: GatheringPlan,
    readonly writer: VersionWriter,
  ) {
    this.#waiting = new Waiting(plan, plan.onto);
    this.#taking = new EntriesWriter(join(this.#waiting.folder('taken'), 'entries'));
  }

  add(entry: ListEntry): void {
    if (entry.isWithdrawn) this.#taking.add({ ...entry, key: String(this.#waiting.count) });
    else this.#waiting.add(entry);
  }

  async finish(): Promise<VersionCounts> {
    this.#waiting.end();
    this.#taking.finish();
    const gone = new Bits();
    let taken = new TakenBack();
    const file = new EntriesFile(this.#taking.path);
    try {
      for (const { entries } of file.batches()) {
        if (taken.size >= TAKEN_AT_ONCE) {
          for (const [entry, number] of this.#waiting.all()) if (taken.has(entry, number)) gone.set(number, true);
          taken = new TakenBack();
        }
        for (const entry of entries) taken.add(entry, Number(entry.key));
      }
    } finally {
      file.close();
    }
    for (const [entry, number] of this.#waiting.all())
      if (!gone.has(number) && !taken.has(entry, number)) this.writer.add(entry);
    this.#waiting.remove();
    return this.writer.finish();
  }

  async abort(): Promise<void> {
    this.#waiting.close();
    this.#taking.close();
    await this.writer.abort();
  }
}
