// The way of files through an ingest: collected into batches, hashed in threads, stored in one transaction a batch, with
// a few batches under way at once so that disk, threads and the end where they are stored all have something to do.
import { fail, isRedthreadError, type RedthreadError } from '@redthread/core/errors';
import { createLimiter, judge, type Limiter } from '@redthread/core/sending';
import type { SeenEntry } from './earlier-run.js';
import type { IngestEnd, TakenStream } from './end.js';
import { readFile } from './found-entry.js';
import { foundOf, type FoundFile, type ReadFile, type UnreadEntry } from './found-file.js';
import type { HashOutcome, HashSource } from './hash-messages.js';
import type { HashPool } from './hash-pool.js';

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

export const noCounts = (): PipelineCounts => ({ files: 0, bytes: 0, unread: 0, unchanged: 0, changed: 0 });

interface Waiting {
  readonly found: FoundFile;
  readonly source: HashSource | null;
  readonly failure: { readonly code: string; readonly detail: string } | null;
}

export class Pipeline<Held> {
  readonly counts: PipelineCounts = noCounts();
  readonly #end: IngestEnd<Held>;
  readonly #pool: HashPool;
  readonly #isResumed: boolean;
  readonly #limiter: Limiter;
  #batch: Waiting[] = [];
  #batchBytes = 0;

  constructor(end: IngestEnd<Held>, pool: HashPool, threads: number, isResumed: boolean) {
    this.#end = end;
    this.#pool = pool;
    this.#isResumed = isResumed;
    this.#limiter = createLimiter(threads + BATCHES_AHEAD);
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
    await this.#end.idle();
  }

  /**
   * Stores one plain file by itself, and answers its media; null when it could not be read, or nothing had to be done
   * because an earlier run did it and the caller did not ask for more.
   */
  async storeNow(found: FoundFile, path: string | Buffer): Promise<StoredFile | null> {
    if (await this.#isDone(found)) return null;
    const { outcome, digests, held } = await this.#end.takeFile(this.#pool, path, found.sizeBytes ?? 0);
    const changed = staleness(found, outcome);
    if (!outcome.ok || changed !== null) {
      await this.#end.discard(held);
      await this.#storeUnread(found, outcome.ok ? (changed ?? unchangedFailure) : outcome);
      return null;
    }
    return this.#storeOne(readFile(found, outcome, digests, this.#end.inPlacePath(path)), held);
  }

  /** Stores one content that streams by; null when the stream failed. */
  async storeStream(found: FoundFile, stream: AsyncIterable<Uint8Array>): Promise<StoredFile | null> {
    let taken: TakenStream<Held>;
    try {
      taken = await this.#end.takeStream(stream);
    } catch (error) {
      await this.#storeUnread(found, itemFailure(error));
      return null;
    }
    return this.#storeOne(readFile(found, taken.hashed, taken.digests), taken.held);
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
            readFile(
              found,
              outcome,
              hashed.digests(index),
              'path' in source ? this.#end.inPlacePath(source.path) : null,
            ),
          );
          places.push(index);
        }
      }
      await this.#end.store({ files, unread, held: this.#end.holdBatch(hashed, places) });
      this.#count(files, unread.length);
    } finally {
      await hashed.drop();
    }
  }

  /** Leaves out what an earlier run has stored. */
  async #withoutSeen(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const seen = await this.#end.findSeen(batch.map(({ found }) => found.path));
    const changed: SeenEntry[] = [];
    const todo = batch.filter(({ found, failure }) => {
      const earlier = seen.get(found.path);
      if (failure !== null) return earlier === undefined;
      const verdict = judge(earlier, found.stateKey);
      if (verdict === 'changed' && earlier !== undefined) changed.push(earlier);
      return verdict === 'new';
    });
    await this.#end.markChanged(changed);
    this.counts.unchanged += batch.length - todo.length - changed.length;
    this.counts.changed += changed.length;
    return todo;
  }

  async #isDone(found: FoundFile): Promise<boolean> {
    if (!this.#isResumed) return false;
    return (await this.#withoutSeen([{ found, source: null, failure: null }])).length === 0;
  }

  /** Null when the source turned out to be another one by now. */
  async #storeOne(file: ReadFile, held: Held): Promise<StoredFile | null> {
    let mediaIds: readonly string[];
    try {
      ({ mediaIds } = await this.#end.store({ files: [file], unread: [], held }));
    } catch (error) {
      if (!isRedthreadError(error) || error.code !== 'FILE_CHANGED') throw error;
      await this.#storeUnread(file, error);
      return null;
    }
    this.#count([file], 0);
    const [mediaId] = mediaIds;
    if (mediaId === undefined) throw fail('INTERNAL', `${file.path} was stored without a media`);
    return { mediaId, file };
  }

  async #storeUnread(
    found: FoundFile,
    { code, detail }: { readonly code: string; readonly detail: string },
  ): Promise<void> {
    await this.#end.store({ files: [], unread: [{ ...foundOf(found), code, detail }], held: null });
    this.#count([], 1);
  }

  #count(files: readonly ReadFile[], unread: number): void {
    this.counts.files += files.length + unread;
    this.#end.after(this.counts.files);
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
