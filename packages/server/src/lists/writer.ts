// Writes the exact lists of a folder: each addition is a run of its own, whole or not there; runs are merged so that few remain.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fail } from '@redthread/core/errors';
import {
  DIGEST_BYTES,
  encodeLists,
  mergeRuns,
  runsToMerge,
  RunWriter,
  tagOf,
  unionOfLists,
  type DigestKind,
  type ExactList,
  type RunPlan,
} from '@redthread/core/index/exact';
import { FOLDER_MODE, writeWhole } from '../disk/whole-file.js';
import { EntrySorter } from './entry-sorter.js';
import { EMPTY_MANIFEST, listsManifest, type Manifest, type RunRecord } from './manifest.js';
import { inputOf, openRun, type OpenRun } from './open-runs.js';
import { takeWriterLock } from './writer-lock.js';

const BUILDING = 'building-';
const LARGEST_PAYLOAD = 0xffff_ffff;

/** Takes the entries of an addition, in any order; of several with the same digest and list the last counts. */
export interface EntryCollector {
  /** `list`: its place in the lists of the addition. `payload`: 0..2^32-1. Errors: HASH_INVALID, ARGUMENT_INVALID, DISK_FULL. */
  readonly add: (digest: Uint8Array, list?: number, payload?: number, at?: number) => void;
  /** Takes the digest off the list again, whichever earlier addition put it there. Errors: as `add`. */
  readonly remove: (digest: Uint8Array, list?: number, at?: number) => void;
}

export interface WriterOptions {
  /** What is sorted at once, in bytes. */
  readonly memoryBytes?: number;
}

export class ExactListWriter {
  #manifest: Manifest;
  /** Folders of additions that are being collected. */
  readonly #building = new Set<string>();

  private constructor(
    readonly folder: string,
    readonly options: WriterOptions,
    readonly close: () => void,
  ) {
    const found = listsManifest.read(folder);
    this.#manifest = found ?? EMPTY_MANIFEST;
    this.#sweep();
    if (found === null) this.#save(EMPTY_MANIFEST);
  }

  /**
   * Makes the folder if there is none. `close` lets another write.
   * Errors: INDEX_BUSY; of the manifest INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH.
   */
  static open(folder: string, options: WriterOptions = {}): ExactListWriter {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    const letGo = takeWriterLock(folder);
    try {
      return new ExactListWriter(folder, options, letGo);
    } catch (error) {
      letGo();
      throw error;
    }
  }

  get runs(): readonly RunRecord[] {
    return this.#manifest.runs;
  }

  /**
   * Adds what `fill` collects, as a whole or not at all; null where it was nothing. Merging is another call.
   * Errors: those of the collector; ARGUMENT_INVALID for a list that is known with another owner or polarity.
   */
  async addRun(
    kind: DigestKind,
    lists: readonly ExactList[],
    fill: (collect: EntryCollector) => void | Promise<void>,
  ): Promise<RunRecord | null> {
    encodeLists(lists);
    this.#checkLists(lists);
    const building = mkdtempSync(join(this.folder, BUILDING));
    this.#building.add(basename(building));
    const sorter = new EntrySorter(building, kind, this.options.memoryBytes);
    try {
      await fill(collectorOf(sorter, kind, lists.length));
      if (sorter.count === 0) return null;
      // From here on nothing else of this writer comes between; another addition may have brought the lists meanwhile.
      this.#checkLists(lists);
      const number = this.#manifest.next;
      const record = this.#writeRun({ kind, lists, mostEntries: sorter.count }, number, (writer) =>
        sorter.drain((digest, at, tag, payload) => writer.push(digest, at, tag, payload)),
      );
      const known = new Set(this.#manifest.lists.map(({ id }) => id));
      this.#save({
        ...this.#manifest,
        next: number + 1,
        runs: [...this.#manifest.runs, record],
        lists: [...this.#manifest.lists, ...lists.filter(({ id }) => !known.has(id))],
      });
      return record;
    } finally {
      sorter.abort();
      this.#building.delete(basename(building));
      rmSync(building, { recursive: true, force: true });
    }
  }

  /** Takes a list away at once; its entries leave the disk as their runs are merged. Errors: ARGUMENT_INVALID for one that is not known. */
  dropList(id: string): void {
    if (!this.#manifest.lists.some((known) => known.id === id))
      throw fail('ARGUMENT_INVALID', `no list ${id} was ever added`);
    const before = this.#manifest.next;
    this.#save({
      ...this.#manifest,
      next: before + 1,
      dropped: [...this.#manifest.dropped.filter((one) => one.id !== id), { id, before }],
    });
  }

  /**
   * Merges the youngest runs of a kind as far as their sizes make it worth while, or all of them. True if there was anything to do.
   * Errors: INDEX_CHECKSUM_MISMATCH and the like where a run is damaged (nothing changes then), DISK_FULL.
   */
  merge(kind: DigestKind, which: 'worthwhile' | 'all' = 'worthwhile'): boolean {
    const records = this.#manifest.runs.filter((record) => record.kind === kind);
    const count = which === 'all' ? records.length : runsToMerge(records.map(({ entries }) => entries));
    if (count === 0) return false;
    const merged = records.slice(-count);
    const opened: OpenRun[] = [];
    try {
      for (const record of merged) opened.push(openRun(this.folder, record));
      const inputs = opened.map((run) => inputOf(run, this.#manifest));
      const mostEntries = merged.reduce((sum, { entries }) => sum + entries, 0);
      const number = this.#manifest.next;
      const written = this.#writeRun({ kind, lists: unionOfLists(inputs), mostEntries }, number, (writer) =>
        mergeRuns(inputs, writer, count === records.length),
      );
      const runs = this.#manifest.runs.filter((record) => !merged.includes(record));
      if (written.entries > 0) runs.push({ ...written, sequence: merged.at(-1)!.sequence });
      const oldest = Math.min(...runs.map(({ sequence }) => sequence));
      this.#save({
        ...this.#manifest,
        next: number + 1,
        runs,
        dropped: this.#manifest.dropped.filter(({ before }) => oldest < before),
      });
    } finally {
      for (const { source } of opened) source.close();
    }
    this.#sweep();
    return true;
  }

  #writeRun(plan: RunPlan, number: number, fill: (writer: RunWriter) => void): RunRecord {
    const file = `${plan.kind}-${String(number).padStart(8, '0')}.run`;
    return writeWhole(join(this.folder, file), (sink) => {
      const writer = new RunWriter(sink, plan, crc32);
      fill(writer);
      const { header, identity, bytes } = writer.finish();
      return { file, kind: plan.kind, sequence: number, entries: header.entries, bytes, identity };
    });
  }

  #save(manifest: Manifest): void {
    listsManifest.write(this.folder, manifest);
    this.#manifest = manifest;
  }

  /** What no manifest names and nobody builds: left by a kill, or merged. Readers keep what they have open. */
  #sweep(): void {
    const kept = new Set([...this.#manifest.runs.map(({ file }) => file), ...this.#building]);
    for (const name of readdirSync(this.folder))
      if (!kept.has(name) && (name.endsWith('.tmp') || name.startsWith(BUILDING) || name.endsWith('.run')))
        rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  #checkLists(lists: readonly ExactList[]): void {
    for (const { id, agencyId, polarity } of lists) {
      const known = this.#manifest.lists.find((one) => one.id === id);
      if (known !== undefined && (known.agencyId !== agencyId || known.polarity !== polarity))
        throw fail(
          'ARGUMENT_INVALID',
          `list ${id} is ${known.polarity} of agency ${known.agencyId}, not ${polarity} of ${agencyId}`,
        );
    }
  }
}

const collectorOf = (sorter: EntrySorter, kind: DigestKind, lists: number): EntryCollector => {
  const digestBytes = DIGEST_BYTES[kind];
  const collect = (digest: Uint8Array, list: number, at: number, payload: number, isTombstone: boolean): void => {
    if (digest.length - at < digestBytes)
      throw fail('HASH_INVALID', `${digest.length - at} bytes instead of ${digestBytes} for ${kind}`);
    if (!Number.isInteger(list) || list < 0 || list >= lists)
      throw fail('ARGUMENT_INVALID', `list ${list} of ${lists}`);
    if (!Number.isInteger(payload) || payload < 0 || payload > LARGEST_PAYLOAD)
      throw fail('ARGUMENT_INVALID', `the payload ${payload} is not a whole number from 0 to ${LARGEST_PAYLOAD}`);
    sorter.add(digest, at, tagOf(list, isTombstone), payload);
  };
  return {
    add: (digest, list = 0, payload = 0, at = 0) => collect(digest, list, at, payload, false),
    remove: (digest, list = 0, at = 0) => collect(digest, list, at, 0, true),
  };
};
