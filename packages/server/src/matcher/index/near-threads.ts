// The near indexes as the process of the matcher sees them: one thread that owns them, threads that search, and one for each merge.
// A search asks the owner for what no segment holds yet, and shares the queries out over the others for all the rest.
import { fail } from '@redthread/core/errors';
import type { Signal } from '@redthread/core/signals';
import { entryPath } from '../../app/entry-path.js';
import { collectGarbage } from './collect-garbage.js';
import type {
  ChangeReply,
  FindReply,
  IndexRequest,
  IndexSize,
  IndexThreadData,
  MergePlan,
  MergeReply,
  MergeRequest,
  PackedHits,
  SavePlan,
  SearchRequest,
  SearchThreadData,
  NamedSegment,
  SegmentSet,
  SegmentsReply,
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
  readonly #searchers: readonly Searcher[];
  #merger: Thread<MergeRequest> | null = null;
  /** What ended a thread of a merge, though nobody stopped it. */
  #mergerFailure: Error | null = null;
  #merging: Promise<unknown> = Promise.resolve();
  #contents = 0;
  #epoch = 0;
  #segments: SegmentSet = { whole: [], local: [] };

  constructor({ folder, searchThreads }: NearThreadsOptions) {
    this.#owner = new Thread(entryPath(import.meta.url, './index-thread.js'), { folder } satisfies IndexThreadData);
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

  /**
   * Makes the indexes hold exactly these signals of these contents: none means that it is not found any more. Answers how many hashes were
   * removed of which segments and files hold something still: see `purge`.
   */
  async change(contents: readonly ContentHashes[]): Promise<number> {
    const hashes = packHashes(contents);
    return this.#note(await this.#owner.ask<ChangeReply>({ op: 'change', hashes }, buffersOf(hashes))).removed;
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
    this.#take({ epoch, segments });
    collectHits(hits, found);
    const each = Math.ceil(contents.length / this.#searchers.length);
    const asked = this.#searchers.map(async (searcher, place) => {
      const [from, to] = [place * each, Math.min((place + 1) * each, contents.length)];
      if (from >= to) return;
      const part = slicedQueries(queries, from, to);
      const answer = await this.#askWithNews(searcher, (segments) =>
        searcher.thread.ask<PackedHits>({ op: 'search', queries: part, segments }, buffersOf(part)),
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

  /** What a snapshot of this moment is made of: the memories go on being changed, the marks do not. */
  async beginSave(): Promise<SavePlan> {
    return this.#note(await this.#owner.ask<SavePlan>({ op: 'beginSave' }));
  }

  /**
   * Answers how many removed hashes the files hold. Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH; then these
   * threads are of no use any more.
   */
  async load(files: readonly NamedSegment[]): Promise<number> {
    return this.#note(await this.#owner.ask<ChangeReply>({ op: 'load', files })).removed;
  }

  /** Throws what ended one of the threads, though nobody stopped it. */
  check(): void {
    const failures = [this.#mergerFailure, ...this.#threads().map(({ failure }) => failure)];
    for (const failure of failures) if (failure !== null) throw fail('INTERNAL', failure.message, { cause: failure });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#threads(), this.#merger].map((thread) => thread?.stop()));
  }

  #threads(): readonly Pick<Thread<never>, 'stop' | 'failure'>[] {
    return [this.#owner, ...this.#searchers.map(({ thread }) => thread)];
  }

  /** One merge after the other, whoever asks for it. */
  #mergeNext(isPurge: boolean): Promise<boolean> {
    const merged = this.#merging.then(async () => {
      const isDone = await this.#merge(isPurge);
      // Not within it: what was merged is in its variables.
      if (isDone) collectGarbage();
      return isDone;
    });
    this.#merging = merged.catch(() => undefined);
    return merged;
  }

  async #merge(isPurge: boolean): Promise<boolean> {
    const plan = await this.#owner.ask<MergePlan | null>({ op: 'beginMerge', isPurge });
    if (plan === null) return false;
    const { index, segments } = plan;
    // Its own each time: with the thread goes all that it held of segments that are of no use any more.
    const merger = (this.#merger = new Thread<MergeRequest>(entryPath(import.meta.url, './merge-thread.js'), null));
    try {
      const { memory } = await merger.ask<MergeReply>({ op: 'merge', segments });
      this.#note(await this.#owner.ask<IndexSize>({ op: 'endMerge', index, memory }));
    } catch (error) {
      // It may have died of what it was given: the process ends as for any other thread, and reads everything anew.
      this.#mergerFailure ??= merger.failure;
      await this.#owner.ask<null>({ op: 'cancelMerge', index });
      throw error;
    } finally {
      await merger.stop();
      this.#merger = null;
    }
    await this.#letGo();
    return true;
  }

  /** Nobody holds on to merged segments until somebody searches: on an idle system that would be all memory twice. */
  async #letGo(): Promise<void> {
    this.#take(await this.#owner.ask<SegmentsReply>({ op: 'segments', knownEpoch: this.#epoch }));
    await Promise.all(
      this.#searchers.map((searcher) =>
        this.#askWithNews(searcher, (segments) =>
          segments === null ? Promise.resolve(null) : searcher.thread.ask<null>({ op: 'attach', segments }),
        ),
      ),
    );
  }

  /** Of two answers that overtook each other the younger counts. */
  #take({ epoch, segments }: SegmentsReply): void {
    if (segments !== null && epoch > this.#epoch) [this.#epoch, this.#segments] = [epoch, segments];
  }

  /** Asks with the segments of the present epoch, where the thread was not told of them: null where it was. */
  async #askWithNews<T>(searcher: Searcher, ask: (segments: SegmentSet | null) => Promise<T>): Promise<T> {
    const isNews = searcher.epoch !== this.#epoch;
    searcher.epoch = this.#epoch;
    try {
      return await ask(isNews ? this.#segments : null);
    } catch (error) {
      searcher.epoch = 0;
      throw error;
    }
  }

  #note<Reply extends IndexSize>(reply: Reply): Reply {
    this.#contents = reply.contents;
    return reply;
  }
}
