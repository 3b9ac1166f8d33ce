// Asks several runs of one kind as one index: the youngest entry of a digest and list decides. What the asker may not see is left out
// inside, before anything is counted: an answer is the same with and without lists of others.
import { fail } from '../../errors/index.js';
import { DIGEST_BYTES, type DigestKind } from './digest-kind.js';
import type { ExactList, Polarity } from './list-table.js';
import { checkSameList, type MergeInput } from './merge.js';
import { isTombstone, listOfTag } from './run-writer.js';
import type { ExactRun } from './run.js';

/** Whose question it is. */
export interface Asker {
  /** Ids of the lists that it may see and that count today, as the database names them under row-level security. No other is used. */
  readonly lists: ReadonlySet<string>;
  /** Only lists that mean this. */
  readonly polarities?: ReadonlySet<Polarity>;
}

export interface ExactHit {
  readonly list: ExactList;
  readonly payload: number;
}

/** Digests that are put in order together: a 32-bit word and this number are exact in a float. */
const MOST_TOGETHER = 2 ** 20;
const NO_HITS: readonly ExactHit[] = [];

interface Opened {
  readonly run: ExactRun;
  /** For each list of the run its number among all; -1 where it was dropped. */
  readonly numbers: Int32Array;
}

/** The runs of one kind at one moment. Answers need no memory of earlier questions; not for several threads at once: each opens its own. */
export class ExactLookup {
  readonly #runs: readonly Opened[];
  readonly #lists: ExactList[] = [];
  /** In which question the entry of a list was decided last. */
  readonly #decided: Uint32Array;
  #question = 0;

  /** Runs oldest first. Errors: INDEX_FILE_INVALID where they are of another kind or differ on a list. */
  constructor(
    readonly kind: DigestKind,
    inputs: readonly MergeInput[],
  ) {
    const numbers = new Map<string, number>();
    const numberOf = (list: ExactList, name: string): number => {
      const known = numbers.get(list.id);
      if (known !== undefined) {
        checkSameList(this.#lists[known]!, list, name);
        return known;
      }
      numbers.set(list.id, this.#lists.length);
      return this.#lists.push(list) - 1;
    };
    const opened = inputs.map(({ run, isDropped }) => {
      if (run.header.kind !== kind)
        throw fail('INDEX_FILE_INVALID', `${run.name}: digests of kind ${run.header.kind} instead of ${kind}`);
      return { run, numbers: Int32Array.from(run.lists, (list) => (isDropped(list) ? -1 : numberOf(list, run.name))) };
    });
    this.#runs = opened.reverse();
    this.#decided = new Uint32Array(this.#lists.length);
  }

  get runs(): readonly ExactRun[] {
    return this.#runs.map(({ run }) => run);
  }

  /** What the asker may use, worked out once for many questions. */
  viewOf(asker: Asker): ExactView {
    return Uint8Array.from(this.#lists, ({ id, polarity }) =>
      asker.lists.has(id) && (asker.polarities?.has(polarity) ?? true) ? 1 : 0,
    ) as ExactView;
  }

  /** Hits of the digest that begins at `at`, youngest run first. Errors: HASH_INVALID, INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  find(digest: Uint8Array, view: ExactView, at = 0): readonly ExactHit[] {
    let hits: ExactHit[] | null = null;
    this.#each(digest, view, at, (list, payload) => {
      (hits ??= []).push({ list: this.#lists[list]!, payload });
      return false;
    });
    return hits ?? NO_HITS;
  }

  /** Whether there is any hit. */
  has(digest: Uint8Array, view: ExactView, at = 0): boolean {
    return this.#each(digest, view, at, () => true);
  }

  /**
   * Hits of many digests, one after the other in `digests`; `visit` is called for those that have any, in the order of the digests' values:
   * the disk is gone through in one direction. Errors: as `find`.
   */
  findMany(digests: Uint8Array, view: ExactView, visit: (index: number, hits: readonly ExactHit[]) => void): void {
    const stride = DIGEST_BYTES[this.kind];
    const count = digests.length / stride;
    if (!Number.isInteger(count))
      throw fail('HASH_INVALID', `${digests.length} bytes are no whole number of ${this.kind} digests`);
    for (let from = 0; from < count; from += MOST_TOGETHER) {
      // Word and place in one number: sorted without a function to compare.
      const keys = new Float64Array(Math.min(MOST_TOGETHER, count - from));
      for (let i = 0; i < keys.length; i++) {
        const at = (from + i) * stride;
        const high = digests[at]! * 2 ** 16 + digests[at + 1]! * 2 ** 8 + digests[at + 2]!;
        keys[i] = (high * 2 ** 8 + digests[at + 3]!) * MOST_TOGETHER + i;
      }
      for (const key of keys.sort()) {
        const index = from + (key % MOST_TOGETHER);
        const hits = this.find(digests, view, index * stride);
        if (hits.length > 0) visit(index, hits);
      }
    }
  }

  /** How many of the digests are on a list that the asker may use. Errors: as `find`. */
  count(digests: Uint8Array, view: ExactView): number {
    let known = 0;
    this.findMany(digests, view, () => (known += 1));
    return known;
  }

  /** True as soon as `visit` says that it has enough. */
  #each(digest: Uint8Array, view: ExactView, at: number, visit: (list: number, payload: number) => boolean): boolean {
    if (digest.length - at < DIGEST_BYTES[this.kind])
      throw fail('HASH_INVALID', `${digest.length - at} bytes instead of ${DIGEST_BYTES[this.kind]} for ${this.kind}`);
    let isStarted = false;
    for (const { run, numbers } of this.#runs) {
      const count = run.find(digest, at);
      if (count === 0) continue;
      if (!isStarted) this.#nextQuestion();
      isStarted = true;
      for (let entry = 0; entry < count; entry++) {
        const tag = run.tags[entry]!;
        const list = numbers[listOfTag(tag)]!;
        if (list < 0 || view[list] !== 1 || this.#decided[list] === this.#question) continue;
        this.#decided[list] = this.#question;
        if (!isTombstone(tag) && visit(list, run.payloads[entry]!)) return true;
      }
    }
    return false;
  }

  #nextQuestion(): void {
    this.#question += 1;
    if (this.#question < 2 ** 32) return;
    this.#decided.fill(0);
    this.#question = 1;
  }
}

/** Made by `viewOf`, for that lookup alone: 1 for each list that may be used. */
export type ExactView = Uint8Array & { readonly __view: unique symbol };
