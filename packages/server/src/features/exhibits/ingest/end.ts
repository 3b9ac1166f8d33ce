// Where an ingest puts what it finds: the database and vault of this machine, or a server. Walk, hashing and batches are
// the same for both ends; what differs is how a content is held until it is stored.
import type { DiskImage } from '@redthread/core/contract';
import type { Entry, RandomAccess } from '../../../media/walk/index.js';
import type { ContainerFailure } from './containers.js';
import type { Digests } from './digests.js';
import type { SeenEntry } from './earlier-run.js';
import type { ReadFile, UnreadEntry } from './found-file.js';
import type { HashOutcome, HashedFile } from './hash-messages.js';
import type { HashedBatch, HashPool } from './hash-pool.js';

/** Files of one transaction. `held`: the contents of `files`, in their order; null when there are none. */
export interface EndBatch<Held> {
  readonly files: readonly ReadFile[];
  readonly unread: readonly UnreadEntry[];
  readonly held: Held | null;
}

export interface StoredBatch {
  /** Media of each file, in the order of `files`. */
  readonly mediaIds: readonly string[];
}

/** A large content that was read by itself. */
export interface TakenFile<Held> {
  readonly outcome: HashOutcome;
  readonly digests: Digests;
  readonly held: Held;
}

export interface TakenStream<Held> {
  readonly hashed: HashedFile;
  readonly digests: Digests;
  readonly held: Held;
}

/** An archive whose entries come next. */
export interface StoredArchive {
  readonly mediaId: string;
  readonly sha256: Buffer;
  readonly mime: string;
}

export interface IngestEnd<Held> {
  /** What an earlier run left, by path. */
  findSeen(paths: readonly string[]): Promise<ReadonlyMap<string, SeenEntry>>;
  /** The files behind these occurrences are others now: what was stored stays, and the occurrences say so. */
  markChanged(seen: readonly SeenEntry[]): Promise<void>;
  /** Absolute path of a source whose content stays there; null when it is copied. */
  inPlacePath(path: string | Uint8Array): string | null;
  /** `places`: where each file lies in the hashed batch. */
  holdBatch(hashed: HashedBatch, places: readonly number[]): Held;
  takeFile(pool: HashPool, path: string | Buffer, sizeBytes: number): Promise<TakenFile<Held>>;
  /** Errors: what the stream fails with; DISK_FULL. */
  takeStream(stream: AsyncIterable<Uint8Array>): Promise<TakenStream<Held>>;
  /** Lets a content go that is not stored after all. */
  discard(held: Held): Promise<void>;
  /** Errors: those of the end; then nothing of the batch is stored. FILE_CHANGED where a source is another one by now. */
  store(batch: EndBatch<Held>): Promise<StoredBatch>;
  /** Bad news about an archive whose own row is stored. */
  noteContainer(failure: ContainerFailure): Promise<void>;
  /** What a disk image is and says of itself. */
  noteImage(image: DiskImage): Promise<void>;
  /** The bytes of an archive that is stored, as they were hashed. */
  openArchive(archive: StoredArchive, entry: Entry): Promise<RandomAccess>;
  /** Called with the number of files that are stored so far. */
  after(files: number): void;
  /** Waits for what goes on beside the batches. */
  idle(): Promise<void>;
}
