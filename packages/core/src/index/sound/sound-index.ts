// Proposes which sounds are worth comparing: an inverted index over halves of words, asked with votes for an offset. What it proposes is compared.
interface Posting {
  readonly id: number;
  readonly at: number;
}

/** Halves of words, heard so often by chance at one offset, are no reason to compare. */
const LEAST_VOTES = 4;
/** Of a half that a sound has oftener, the first are kept: a hum. What others hold says nothing of it: whether a pair is proposed follows from the two alone. */
const MOST_OF_ONE = 200;
/** Words that lie within one step of the same offset vote for one. */
const OFFSETS = 2 ** 23;

export class SoundIndex {
  readonly #postings = new Map<number, Posting[]>();
  readonly #held = new Map<number, Uint32Array>();

  get size(): number {
    return this.#held.size;
  }

  /** Words of silence are 0 and left out. Replaces what was known under `id`. */
  add(id: number, words: Uint32Array): void {
    this.remove(id);
    this.#held.set(id, words);
    forHalves(words, (half, at) => {
      const known = this.#postings.get(half);
      if (known === undefined) this.#postings.set(half, [{ id, at }]);
      else known.push({ id, at });
    });
  }

  remove(id: number): boolean {
    const words = this.#held.get(id);
    if (words === undefined) return false;
    this.#held.delete(id);
    forHalves(words, (half) => {
      const left = (this.#postings.get(half) ?? []).filter((posting) => posting.id !== id);
      if (left.length === 0) this.#postings.delete(half);
      else this.#postings.set(half, left);
    });
    return true;
  }

  /** Ids in rising order. */
  search(words: Uint32Array): number[] {
    const votes = new Map<number, number>();
    const ids = new Set<number>();
    forHalves(words, (half, at) => {
      const known = this.#postings.get(half) ?? [];
      for (const posting of known) {
        const key = posting.id * OFFSETS + (posting.at - at) + OFFSETS / 2;
        const sum = (votes.get(key) ?? 0) + 1;
        votes.set(key, sum);
        if (sum >= LEAST_VOTES) ids.add(posting.id);
      }
    });
    return [...ids].sort((a, b) => a - b);
  }
}

const forHalves = (words: Uint32Array, take: (half: number, at: number) => void): void => {
  let before = 0;
  const counts = new Map<number, number>();
  const takeSome = (half: number, at: number): void => {
    const count = (counts.get(half) ?? 0) + 1;
    counts.set(half, count);
    if (count <= MOST_OF_ONE) take(half, at);
  };
  words.forEach((word, at) => {
    // A held note makes one word after the other: the first is enough.
    if (word !== 0 && word !== before) {
      takeSome(word >>> 16, at);
      takeSome(65_536 + (word & 65_535), at);
    }
    before = word;
  });
};
