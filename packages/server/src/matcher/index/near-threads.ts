// The near indexes as the process of the matcher sees them: one thread that owns them, one that merges, and threads that search.
// A search asks the owner for what no segment holds yet, and shares the queries out over the others for all the rest.
import type { Signal } from '@redthread/core/signals';
import { entryPath } from '../../app/entry-path.js';
import type {
  FindReply,
  IndexRequest,
  IndexSize,
  IndexThreadData,
  MergePlan,
  MergeReply,
  MergeRequest,
  PackedHits,
  SaveReply,
  SearchRequest,
  SearchThreadData,
  SegmentFile,
  SegmentSet,
} from './messages.js';
import { buffersOf, collectHits, packHashes, packQueries, slicedQueries, type ContentHashes } from './packing.js';
import { Thread } from './thread.js';

/** One search thread, and the epoch whose segments it was told of. */
interface Searcher {
  readonly thread: Thread<SearchRequest>;
  epoch: number;
}

export interface NearThreadsOptions {
  /** Where snapshots lie. */
  readonly folder: string;
  /** 1..7. */
  readonly searchThreads: number;
}

/** Errors of every call: INTERNAL when a thread has died. */
export class NearThreads {
  readonly #owner: Thread<IndexRequest>;
  readonly #merger: Thread<MergeRequest>;
  readonly #searchers: readonly Searcher[];
  #merging: Promise<unknown> = Promise.resolve();
  #contents = 0;
  #epoch = 0;
  #segments: SegmentSet = { whole: [], local: [] };

  constructor({ folder, searchThreads }: NearThreadsOptions) {
    this.#owner = new Thread(entryPath(import.meta.url, './index-thread.js'), { folder } satisfies IndexThreadData);
    this.#merger = new Thread(entryPath(import.meta.url, './merge-thread.js'), null);
    this.#searchers = Array.from({ length: searchThreads }, (_, place) => ({
      thread: new Thread(entryPath(import.meta.url, './search-thread.js'), {
        thread: place + 1,
      } satisfies SearchThreadData),
      epoch: 0,
    }));
  }

  /** Contents that can be found, as of the last answer. */
  get contents(): number {
    return this.#contents;
  }

  /** Makes the indexes hold exactly these signals of these contents: none means that it is not found any more. */
  async change(contents: readonly ContentHashes[]): Promise<void> {
    const hashes = packHashes(contents);
    this.#note(await this.#owner.ask<IndexSize>({ op: 'change', hashes }, buffersOf(hashes)));
  }

  /** A page of contents for an index that is being built, none of which it holds yet. */
  async fill(contents: readonly ContentHashes[]): Promise<void> {
    const hashes = packHashes(contents);
    this.#note(await this.#owner.ask<IndexSize>({ op: 'fill', hashes }, buffersOf(hashes)));
  }

  /** The last page was given. */
  async filled(): Promise<void> {
    this.#note(await this.#owner.ask<IndexSize>({ op: 'filled' }));
  }

  /** For each query, the contents whose hash lies within reach in any orientation, by either index. */
  async find(contents: readonly (readonly Signal[])[]): Promise<readonly ReadonlySet<number>[]> {
    const found = contents.map(() => new Set<number>());
    if (contents.length === 0) return found;
    const queries = packQueries(contents);
    const { hits, epoch, segments } = await this.#owner.ask<FindReply>({
      op: 'find',
      queries,
      knownEpoch: this.#epoch,
    });
    if (segments !== null && epoch > this.#epoch) [this.#epoch, this.#segments] = [epoch, segments];
    collectHits(hits, found);
    const each = Math.ceil(contents.length / this.#searchers.length);
    const asked = this.#searchers.map(async (searcher, place) => {
      const [from, to] = [place * each, Math.min((place + 1) * each, contents.length)];
      if (from >= to) return;
      const part = slicedQueries(queries, from, to);
      const news = searcher.epoch === this.#epoch ? null : this.#segments;
      searcher.epoch = this.#epoch;
      const answer = await searcher.thread.ask<PackedHits>(
        { op: 'search', queries: part, segments: news },
        buffersOf(part),
      );
      collectHits(answer, found, from);
    });
    await Promise.all(asked);
    return found;
  }

  /** One merge, in a thread of its own: searches and changes go on. False when there was nothing to do. */
  upkeep(): Promise<boolean> {
    return this.#mergeNext(false);
  }

  /** Leaves nothing of removed contents in memory, nor in a snapshot that is saved afterwards. */
  async purge(): Promise<void> {
    while (await this.#mergeNext(true));
  }

  /** Writes what changed since the last snapshot, and answers all files that the present one is made of. */
  async save(): Promise<readonly SegmentFile[]> {
    const saved = await this.#owner.ask<SaveReply>({ op: 'save' });
    this.#note(saved);
    return saved.files;
  }

  /** Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH; then these threads are of no use any more. */
  async load(files: readonly SegmentFile[]): Promise<void> {
    this.#note(await this.#owner.ask<IndexSize>({ op: 'load', files }));
  }

  async stop(): Promise<void> {
    await Promise.all([this.#owner.stop(), this.#merger.stop(), ...this.#searchers.map(({ thread }) => thread.stop())]);
  }

  /** One merge after the other, whoever asks for it. */
  #mergeNext(isPurge: boolean): Promise<boolean> {
    const merged = this.#merging.then(() => this.#merge(isPurge));
    this.#merging = merged.catch(() => undefined);
    return merged;
  }

  async #merge(isPurge: boolean): Promise<boolean> {
    const plan = await this.#owner.ask<MergePlan | null>({ op: 'beginMerge', isPurge });
    if (plan === null) return false;
    const { index, segments } = plan;
    const merged = this.#merger.ask<MergeReply>({ op: 'merge', segments });
    const { memory } = await merged.catch(async (error: unknown) => {
      await this.#owner.ask<null>({ op: 'cancelMerge', index });
      throw error;
    });
    this.#note(await this.#owner.ask<IndexSize>({ op: 'endMerge', index, memory }));
    return true;
  }

  #note({ contents }: IndexSize): void {
    this.#contents = contents;
  }
}
