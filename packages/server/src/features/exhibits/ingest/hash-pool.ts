// The hash threads as the ingest sees them: batches go to the least busy thread and stay there until they are stored.
import { Worker } from 'node:worker_threads';
import { fail, type ErrorCode } from '@redthread/core/errors';
import { entryPath } from '../../../app/entry-path.js';
import type { StagedObject } from '../../../store/index.js';
import { unpackDigests, type Digests, type DigestSet } from './digests.js';
import type {
  DigestReply,
  HashOutcome,
  HashReply,
  HashRequest,
  HashSource,
  HashThreadData,
  LargeReply,
  ReadReply,
  SealOrder,
  SealReply,
  WriteOrder,
} from './hash-messages.js';

export interface HashedBatch {
  readonly outcomes: readonly HashOutcome[];
  digests(index: number): Digests;
  /** Seals contents of this batch under temporary names. Errors: DISK_FULL. */
  seal(orders: readonly SealOrder[]): Promise<readonly StagedObject[]>;
  /** Seals a content of this batch into its place in an upload. Errors: DISK_FULL, UPLOAD_UNKNOWN. */
  write(order: WriteOrder): Promise<void>;
  /** Copies of contents of this batch. */
  read(indexes: readonly number[]): Promise<readonly Uint8Array<ArrayBuffer>[]>;
  /** Lets the bytes go; call it once, whatever happened. */
  drop(): Promise<void>;
}

export interface HashedLarge {
  readonly outcome: HashOutcome;
  readonly digests: Digests;
  readonly staged: StagedObject | null;
}

type Request<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

class HashThread {
  load = 0;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #nextId = 1;

  constructor(data: HashThreadData) {
    this.#worker = new Worker(entryPath(import.meta.url, './hash-thread.js'), { workerData: data });
    this.#worker.on('message', (reply: HashReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#fail(new Error('a hash thread ended')));
  }

  ask<T>(request: Request<HashRequest>, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...request }, transfer);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: HashReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value as never);
    else waiting?.reject(fail(reply.code as ErrorCode, reply.detail));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

export class HashPool {
  readonly #threads: readonly HashThread[];
  #nextBatch = 1;
  #turn = 0;

  constructor(threads: number, data: HashThreadData) {
    this.#threads = Array.from({ length: threads }, () => new HashThread(data));
  }

  /**
   * Reads and hashes a batch; per-file failures are outcomes. Bytes that are given are handed over and gone here, whether
   * each has memory of its own or all are parts of `shared`.
   */
  async digest(
    sources: readonly HashSource[],
    weightBytes: number,
    { set = 'all', shared }: { readonly set?: DigestSet; readonly shared?: Uint8Array } = {},
  ): Promise<HashedBatch> {
    const thread = this.#leastBusy();
    const batch = this.#nextBatch++;
    const weight = weightBytes + sources.length * 4096;
    thread.load += weight;
    const own = sources.flatMap((source) =>
      'bytes' in source && ownsItsBuffer(source.bytes) ? [source.bytes.buffer] : [],
    );
    const transfer = shared === undefined ? own : ownsItsBuffer(shared) ? [shared.buffer] : [];
    const { digests, outcomes } = await thread
      .ask<DigestReply>({ op: 'digest', batch, sources, set }, transfer)
      .finally(() => (thread.load -= weight));
    return {
      outcomes,
      digests: (index) => unpackDigests(digests, index),
      seal: async (orders) => (await thread.ask<SealReply>({ op: 'seal', batch, orders })).staged,
      write: async (order) => void (await thread.ask<null>({ op: 'write', batch, order })),
      read: async (indexes) => (await thread.ask<ReadReply>({ op: 'read', batch, indexes })).contents,
      drop: async () => void (await thread.ask<null>({ op: 'drop', batch })),
    };
  }

  /** Streams one large file; with `dataKey` it is sealed on the way. Errors: DISK_FULL. */
  async digestLarge(
    path: string | Uint8Array,
    dataKey: Uint8Array | null,
    weightBytes: number,
    set: DigestSet = 'all',
  ): Promise<HashedLarge> {
    return this.#askLarge({ op: 'large', path, dataKey, set }, weightBytes);
  }

  /** Digests and type of an upload that lies sealed in the vault. Errors: VAULT_MISSING, VAULT_CORRUPT. */
  async digestUpload(uploadId: string, dataKey: Uint8Array, weightBytes: number): Promise<HashedLarge> {
    return this.#askLarge({ op: 'upload', uploadId, dataKey }, weightBytes);
  }

  async #askLarge(request: Request<HashRequest>, weightBytes: number): Promise<HashedLarge> {
    const thread = this.#leastBusy();
    thread.load += weightBytes;
    const { digests, outcomes, staged } = await thread
      .ask<LargeReply>(request)
      .finally(() => (thread.load -= weightBytes));
    const [outcome] = outcomes;
    if (outcome === undefined) throw fail('INTERNAL', 'a hash thread answered nothing');
    return { outcome, digests: unpackDigests(digests, 0), staged };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  /** In turn, where they are equally busy. */
  #leastBusy(): HashThread {
    this.#turn += 1;
    const inTurn = this.#threads.map((_, place) => this.#threads[(place + this.#turn) % this.#threads.length]);
    const least = inTurn.reduce((a, b) => (a !== undefined && b !== undefined && b.load < a.load ? b : a));
    if (least === undefined) throw new RangeError('no hash threads');
    return least;
  }
}

/** A view of a shared pool must be copied, not transferred: others live in it. */
const ownsItsBuffer = (bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
