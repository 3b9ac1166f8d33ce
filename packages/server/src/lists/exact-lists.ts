// The exact lists of a folder, opened for search. Reads are synchronous and short, so this belongs into a thread or a process of its own where
// the disk may be cold.
import {
  DIGEST_KINDS,
  ExactLookup,
  kindOfDigest,
  RunCursor,
  type Asker,
  type DigestKind,
  type ExactHit,
  type ExactView,
} from '@redthread/core/index/exact';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { readManifest, type Manifest, type RunRecord } from './manifest.js';
import { inputOf, openRun, type OpenRun } from './open-runs.js';

type Lookups = Readonly<Record<DigestKind, ExactLookup>>;

/** Digests of one medium; those that are known of it. */
export type MediaDigests = Readonly<Partial<Record<DigestKind, Uint8Array>>>;

export class ExactLists {
  #manifest: Manifest;
  #runs: readonly OpenRun[];
  #lookups: Lookups;

  private constructor(
    readonly folder: string,
    readonly kinds: readonly DigestKind[],
    { manifest, runs, lookups }: Opened,
  ) {
    this.#manifest = manifest;
    this.#runs = runs;
    this.#lookups = lookups;
  }

  /** Errors, naming the file: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
  static open(folder: string, kinds: readonly DigestKind[] = DIGEST_KINDS): ExactLists {
    return new ExactLists(folder, kinds, openAll(folder, kinds, []));
  }

  get lookups(): Lookups {
    return this.#lookups;
  }

  get entries(): number {
    return this.#runs.reduce((sum, { record }) => sum + record.entries, 0);
  }

  /** What tells these files from others. */
  get runs(): Pick<RunRecord, 'file' | 'bytes' | 'identity'>[] {
    return this.#runs.map(({ record: { file, bytes, identity } }) => ({ file, bytes, identity }));
  }

  /** Every digest of a kind in its order, in hex: of a folder that holds one run of it, as a version of a list does. Errors: as `find`. */
  *digests(kind: DigestKind): Generator<string, void, void> {
    const runs = this.#runs.filter(({ record }) => record.kind === kind);
    if (runs.length > 1) throw fail('INTERNAL', `${this.folder}: ${runs.length} runs of ${kind}`);
    for (const { run } of runs) {
      const cursor = new RunCursor(run);
      while (cursor.next()) yield Buffer.from(cursor.digest).toString('hex');
    }
  }

  /** What stays in memory, in bytes. */
  get residentBytes(): number {
    return this.#runs.reduce((sum, { run }) => sum + run.residentBytes, 0);
  }

  /** Takes over what was written since; runs that stayed are not read again. True if there was anything. Errors: as `open`. */
  refresh(): boolean {
    const { manifest, runs, lookups } = openAll(this.folder, this.kinds, this.#runs);
    if (JSON.stringify(manifest) === JSON.stringify(this.#manifest)) return false;
    for (const old of this.#runs) if (!runs.includes(old)) old.source.close();
    this.#manifest = manifest;
    this.#runs = runs;
    this.#lookups = lookups;
    return true;
  }

  /** Reads every byte and checks it; otherwise a page is checked when it is first touched. Errors: INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  verify(): void {
    for (const { run } of this.#runs) run.tails.checkAll();
  }

  /** The lists as this asker may use them. */
  viewFor(asker: Asker): ExactListsView {
    return new ExactListsView(this, asker);
  }

  close(): void {
    for (const { source } of this.#runs) source.close();
    this.#runs = [];
  }
}

/** Answers one asker, through every `refresh` of the lists. */
export class ExactListsView {
  #lookups: Lookups | null = null;
  #views: Readonly<Record<DigestKind, ExactView>> | null = null;

  constructor(
    readonly lists: ExactLists,
    readonly asker: Asker,
  ) {}

  /** Errors: HASH_INVALID for a digest of no kind, INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  find(digest: Uint8Array): readonly ExactHit[] {
    const kind = kindOfDigest(digest);
    return this.lists.lookups[kind].find(digest, this.#viewOf(kind));
  }

  /** Errors: as `find`. */
  has(digest: Uint8Array): boolean {
    const kind = kindOfDigest(digest);
    return this.lists.lookups[kind].has(digest, this.#viewOf(kind));
  }

  /** The lists that hold any of these digests, each list once. Errors: as `find`. */
  findMedia(digests: MediaDigests): readonly ExactHit[] {
    const hits = new Map<string, ExactHit>();
    for (const kind of DIGEST_KINDS) {
      const digest = digests[kind];
      if (digest === undefined) continue;
      for (const hit of this.lists.lookups[kind].find(digest, this.#viewOf(kind)))
        if (!hits.has(hit.list.id)) hits.set(hit.list.id, hit);
    }
    return [...hits.values()];
  }

  /** Many of one kind, one after the other in `digests`; see ExactLookup.findMany. Errors: as `find`. */
  findMany(kind: DigestKind, digests: Uint8Array, visit: (index: number, hits: readonly ExactHit[]) => void): void {
    this.lists.lookups[kind].findMany(digests, this.#viewOf(kind), visit);
  }

  /** How many of them are on a list. Errors: as `find`. */
  count(kind: DigestKind, digests: Uint8Array): number {
    return this.lists.lookups[kind].count(digests, this.#viewOf(kind));
  }

  #viewOf(kind: DigestKind): ExactView {
    if (this.#views === null || this.#lookups !== this.lists.lookups) {
      const { lookups } = this.lists;
      const viewOf = (of: DigestKind): ExactView => lookups[of].viewOf(this.asker);
      this.#views = { md5: viewOf('md5'), sha1: viewOf('sha1'), sha256: viewOf('sha256') };
      this.#lookups = lookups;
    }
    return this.#views[kind];
  }
}

const lookupsOf = (manifest: Manifest, runs: readonly OpenRun[]): Lookups => {
  const lookupOf = (kind: DigestKind): ExactLookup =>
    new ExactLookup(
      kind,
      runs.filter(({ record }) => record.kind === kind).map((run) => inputOf(run, manifest)),
    );
  return { md5: lookupOf('md5'), sha1: lookupOf('sha1'), sha256: lookupOf('sha256') };
};

interface Opened {
  readonly manifest: Manifest;
  readonly runs: readonly OpenRun[];
  readonly lookups: Lookups;
}

/** With the runs of `kept` that still count; where it fails, no other stays open. */
const openAll = (folder: string, kinds: readonly DigestKind[], kept: readonly OpenRun[]): Opened => {
  for (;;) {
    const manifest = readManifest(folder);
    const opened: OpenRun[] = [];
    try {
      const runs = manifest.runs
        .filter(({ kind }) => kinds.includes(kind))
        .map((record) => {
          const known = kept.find((old) => old.record.file === record.file && old.record.identity === record.identity);
          if (known !== undefined) return known;
          const run = openRun(folder, record);
          opened.push(run);
          return run;
        });
      return { manifest, runs, lookups: lookupsOf(manifest, runs) };
    } catch (error) {
      for (const { source } of opened) source.close();
      // A merge may take a run away between the reading of the manifest and the opening: then there is another manifest.
      const isMerged = isRedthreadError(error) && readManifest(folder).next !== manifest.next;
      if (!isMerged) throw error;
    }
  }
};
