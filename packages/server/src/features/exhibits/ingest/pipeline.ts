// The way of files through an ingest: collected into batches, hashed in threads, stored in one transaction a batch, with
// a few batches under way at once so that disk, threads and database all have something to do.
import { fail, isRedthreadError, type RedthreadError } from '@redthread/core/errors';
import { throughRestarts } from '../../../app/through-restarts.js';
import { findSeen, judge, markChanged } from './earlier-run.js';
import { readFile } from './found-entry.js';
import type { FoundFile, ReadFile, UnreadEntry } from './found-file.js';
import type { HashOutcome, HashSource } from './hash-messages.js';
import type { HashPool } from './hash-pool.js';
import { sealedOnTheWay, sealStream, type LargeContent } from './large-content.js';
import { createLimiter, type Limiter } from './limiter.js';
import { createStatistics, type Statistics } from './statistics.js';
import { storeBatch } from './store-batch.js';
import type { IngestStore, IngestTarget } from './target.js';
import { newKey } from '../../../store/index.js';

/** A file above this is streamed; below, it is read whole. */
export const LARGE_BYTES = 16 * 1024 * 1024;
const BATCH_FILES = 256;
const BATCH_BYTES = 32 * 1024 * 1024;
/** Batches under way beyond one a hash thread: being looked up, or being committed. */
const BATCHES_AHEAD = 1;

export interface StoredFile {
  readonly mediaId: string;
  readonly file: ReadFile;
}

export interface PipelineCounts {
  files: number;
  bytes: number;
  unread: number;
  /** Found as an earlier run had left them. */
  unchanged: number;
  changed: number;
}

interface Waiting {
  readonly found: FoundFile;
  readonly source: HashSource | null;
  readonly failure: { readonly code: string; readonly detail: string } | null;
}

export class Pipeline {
  readonly counts: PipelineCounts = { files: 0, bytes: 0, unread: 0, unchanged: 0, changed: 0 };
  readonly #store: IngestStore;
  readonly #target: IngestTarget;
  readonly #pool: HashPool;
  readonly #isResumed: boolean;
  readonly #limiter: Limiter;
  readonly #statistics: Statistics;
  #batch: Waiting[] = [];
  #batchBytes = 0;

  constructor(store: IngestStore, target: IngestTarget, pool: HashPool, threads: number, isResumed: boolean) {
    this.#store = store;
    this.#target = target;
    this.#pool = pool;
    this.#isResumed = isResumed;
    this.#limiter = createLimiter(threads + BATCHES_AHEAD);
    this.#statistics = createStatistics(store.db);
  }

  /** Takes an entry whose content is a small file or in memory; waits when too much is under way. */
  async add(found: FoundFile, source: HashSource): Promise<void> {
    const bytes = 'bytes' in source ? source.bytes.length : (found.sizeBytes ?? 0);
    if (this.#batchBytes + bytes > BATCH_BYTES) await this.flush();
    this.#batchBytes += bytes;
    await this.#push({ found, source, failure: null });
  }

  /** Takes an entry that has no content for us. */
  addUnread(found: FoundFile, failure: { readonly code: string; readonly detail: string }): Promise<void> {
    return this.#push({ found, source: null, failure });
  }

  /** Takes a large plain file; it is a batch of its own. */
  addLarge(found: FoundFile, path: string | Buffer): Promise<void> {
    return this.#limiter.run(async () => void (await this.storeNow(found, path)));
  }

  async flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const [batch, bytes] = [this.#batch, this.#batchBytes];
    this.#batch = [];
    this.#batchBytes = 0;
    await this.#limiter.run(() => this.#process(batch, bytes));
  }

  /** Waits until all that was taken is stored. */
  async finish(): Promise<void> {
    await this.flush();
    await this.#limiter.idle();
    await this.#statistics.idle();
  }

  /**
   * Stores one plain file by itself, and answers its media; null when it could not be read, or nothing had to be done
   * because an earlier run did it and the caller did not ask for more.
   */
  async storeNow(found: FoundFile, path: string | Buffer): Promise<StoredFile | null> {
    if (await this.#isDone(found)) return null;
    const inPlacePath = this.#inPlacePath(path);
    const sealedWith = inPlacePath === null ? newKey() : null;
    const { outcome, digests, staged } = await this.#pool.digestLarge(path, sealedWith, found.sizeBytes ?? 0);
    const changed = staleness(found, outcome);
    if (!outcome.ok || changed !== null) {
      if (staged !== null) await this.#store.vault.discard([staged]);
      await this.#storeUnread(found, outcome.ok ? (changed ?? unchangedFailure) : outcome);
      return null;
    }
    const file = readFile(found, outcome, digests, inPlacePath);
    const seal =
      staged === null || sealedWith === null ? async () => [] : sealedOnTheWay(this.#store.vault, staged, sealedWith);
    return this.#storeOne(file, seal, sealedWith);
  }

  /** Stores one content that streams by; null when the stream failed. */
  async storeStream(found: FoundFile, stream: AsyncIterable<Uint8Array>): Promise<StoredFile | null> {
    let large: LargeContent;
    try {
      large = await sealStream(this.#store.vault, stream);
    } catch (error) {
      await this.#storeUnread(found, itemFailure(error));
      return null;
    }
    const file = readFile(found, large.hashed, large.digests);
    return this.#storeOne(file, sealedOnTheWay(this.#store.vault, large.staged, large.sealedWith), large.sealedWith);
  }

  async #push(waiting: Waiting): Promise<void> {
    this.#batch.push(waiting);
    if (this.#batch.length >= BATCH_FILES) await this.flush();
  }

  async #process(batch: readonly Waiting[], bytes: number): Promise<void> {
    const todo = this.#isResumed ? await this.#withoutSeen(batch) : batch;
    const readable = todo.filter((waiting): waiting is Waiting & { source: HashSource } => waiting.source !== null);
    const hashed = await this.#pool.digest(
      readable.map(({ source }) => source),
      bytes,
    );
    try {
      const files: ReadFile[] = [];
      const places: number[] = [];
      const unread: UnreadEntry[] = todo.flatMap(({ found, failure }) =>
        failure === null ? [] : [{ ...found, ...failure }],
      );
      for (const [index, { found, source }] of readable.entries()) {
        const outcome = hashed.outcomes[index] ?? unchangedFailure;
        const changed = staleness(found, outcome);
        if (!outcome.ok) unread.push({ ...found, code: outcome.code, detail: outcome.detail });
        else if (changed !== null) unread.push({ ...found, ...changed });
        else {
          files.push(
            readFile(found, outcome, hashed.digests(index), 'path' in source ? this.#inPlacePath(source.path) : null),
          );
          places.push(index);
        }
      }
      await storeBatch(this.#store, this.#target, {
        files,
        unread,
        sealedWith: null,
        seal: (wishes) =>
          wishes.length === 0
            ? Promise.resolve([])
            : hashed.seal(wishes.map(({ index, name, dataKey }) => ({ index: places[index] ?? -1, name, dataKey }))),
      });
      this.#count(files, unread.length);
    } finally {
      await hashed.drop();
    }
  }

  /** Leaves out what an earlier run has stored. */
  async #withoutSeen(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const paths = batch.map(({ found }) => found.path);
    const seen = await throughRestarts(() => findSeen(this.#store.db, this.#target.exhibitId, paths));
    const changed: string[] = [];
    const todo = batch.filter(({ found, failure }) => {
      const earlier = seen.get(found.path);
      if (failure !== null) return earlier === undefined;
      const verdict = judge(earlier, found.stateKey);
      if (verdict === 'changed' && earlier !== undefined) changed.push(earlier.occurrenceId);
      return verdict === 'new';
    });
    await throughRestarts(() => markChanged(this.#store.db, changed));
    this.counts.unchanged += batch.length - todo.length - changed.length;
    this.counts.changed += changed.length;
    return todo;
  }

  async #isDone(found: FoundFile): Promise<boolean> {
    if (!this.#isResumed) return false;
    return (await this.#withoutSeen([{ found, source: null, failure: null }])).length === 0;
  }

  async #storeOne(
    file: ReadFile,
    seal: Parameters<typeof storeBatch>[2]['seal'],
    sealedWith: Buffer | null,
  ): Promise<StoredFile> {
    const { mediaIds } = await storeBatch(this.#store, this.#target, { files: [file], unread: [], sealedWith, seal });
    this.#count([file], 0);
    const [mediaId] = mediaIds;
    if (mediaId === undefined) throw fail('INTERNAL', `${file.path} was stored without a media`);
    return { mediaId, file };
  }

  async #storeUnread(
    found: FoundFile,
    { code, detail }: { readonly code: string; readonly detail: string },
  ): Promise<void> {
    const unread = [{ ...found, code, detail }];
    await storeBatch(this.#store, this.#target, { files: [], unread, sealedWith: null, seal: async () => [] });
    this.#count([], 1);
  }

  /** A name that is no text cannot be written down as a path: such a file is copied into the vault. */
  #inPlacePath(path: string | Uint8Array): string | null {
    return this.#target.inPlace && typeof path === 'string' ? path : null;
  }

  #count(files: readonly ReadFile[], unread: number): void {
    this.counts.files += files.length + unread;
    this.#statistics.after(this.counts.files);
    this.counts.bytes += files.reduce((sum, { readBytes }) => sum + readBytes, 0);
    this.counts.unread += unread;
  }
}

const unchangedFailure = { ok: false, code: 'FILE_UNREADABLE', detail: 'nothing was read' } as const;

/** What the walk saw and what was read must be the same state of the file. */
const staleness = (found: FoundFile, outcome: HashOutcome): { code: string; detail: string } | null =>
  outcome.ok && outcome.statKey !== null && found.stateKey !== null && outcome.statKey !== found.stateKey
    ? { code: 'FILE_CHANGED', detail: 'the source changed between being listed and being read' }
    : null;

const itemFailure = (error: unknown): RedthreadError => {
  if (isRedthreadError(error) && error.code !== 'DISK_FULL') return error;
  if (isRedthreadError(error)) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  return fail('FILE_UNREADABLE', code ?? message);
};
