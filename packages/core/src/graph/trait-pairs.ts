// Which ends hold media with one trait (the number of a device, a name in a chat), followed while media come and go: for every two ends the traits of both, of each the
// first two media that are no copies of one another. What changes costs what it touches.
import { gradeRank } from '../domain/grade.js';
import { isEvidence, weightOf } from './evidence.js';
import type { End, Held, Pair, TraitOfPair, Traits } from './held-pairs.js';

const SAME_SOURCE = gradeRank('same source');

/** How the pairs of ends are reached, and told that they changed. */
export interface PairsOfEnds {
  readonly pair: (one: End, other: End) => Pair;
  readonly note: (pair: Pair) => void;
}

type Holders = Map<End, Set<Held>>;

interface Touched {
  readonly before: ReadonlySet<End>;
  readonly ends: Set<End>;
}

const compareIds = (x: Held, y: Held): number => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0);

export class TraitPairs {
  readonly #of: Traits;
  readonly #bitsOf: (trait: string) => number;

  readonly #holders = new Map<string, Holders>();
  /** Traits of an end. */
  readonly #sizes = new Map<End, number>();
  #touched = new Map<string, Touched>();
  #resized = new Map<End, number>();

  constructor(of: Traits, bitsOf: (trait: string) => number) {
    this.#of = of;
    this.#bitsOf = bitsOf;
  }

  takeOut(held: Held): void {
    for (const trait of held[this.#of]) {
      const holders = this.#touch(trait, held.ends);
      for (const end of held.ends) {
        const media = holders.get(end);
        media?.delete(held);
        if (media?.size !== 0) continue;
        holders.delete(end);
        this.#resize(end, -1);
      }
      if (holders.size === 0) this.#holders.delete(trait);
    }
  }

  putIn(held: Held): void {
    for (const trait of held[this.#of]) {
      const holders = this.#touch(trait, held.ends);
      this.#holders.set(trait, holders);
      for (const end of held.ends) {
        const media = holders.get(end);
        if (media !== undefined) media.add(held);
        else {
          holders.set(end, new Set([held]));
          this.#resize(end, 1);
        }
      }
    }
  }

  #touch(trait: string, ends: readonly End[]): Holders {
    const holders = this.#holders.get(trait) ?? new Map<End, Set<Held>>();
    const touched = this.#touched.get(trait) ?? { before: new Set(holders.keys()), ends: new Set<End>() };
    this.#touched.set(trait, touched);
    for (const end of ends) touched.ends.add(end);
    return holders;
  }

  #resize(end: End, by: 1 | -1): void {
    const size = this.#sizes.get(end) ?? 0;
    if (!this.#resized.has(end)) this.#resized.set(end, size);
    if (size + by === 0) this.#sizes.delete(end);
    else this.#sizes.set(end, size + by);
  }

  /** Takes in what came and went since the last time. */
  *settle({ pair: pairOf, note }: PairsOfEnds): Generator<undefined, void> {
    const sorted = new Map<Set<Held>, readonly Held[]>();
    const inOrder = (media: Set<Held>): readonly Held[] => {
      const known = sorted.get(media) ?? [...media].sort(compareIds);
      sorted.set(media, known);
      return known;
    };
    for (const [trait, { before, ends }] of this.#touched) {
      const holders = this.#holders.get(trait) ?? new Map<End, Set<Held>>();
      for (const one of ends)
        for (const other of new Set([...before, ...holders.keys()])) {
          if (one === other) continue;
          const [mine, theirs] = [holders.get(one), holders.get(other)];
          const pair = one.pairs.get(other) ?? (mine && theirs ? pairOf(one, other) : undefined);
          if (pair === undefined) continue;
          const [a, b] = [holders.get(pair.a), holders.get(pair.b)];
          const first = a && b ? firstPair(inOrder(a), inOrder(b)) : null;
          if (first !== null) (pair[this.#of] ??= new Map()).set(trait, first);
          else pair[this.#of]?.delete(trait);
          note(pair);
          yield;
        }
      if (holders.size !== before.size) for (const end of holders.keys()) this.#noteAll(end, note);
    }
    for (const [end, size] of this.#resized) if ((this.#sizes.get(end) ?? 0) !== size) this.#noteAll(end, note);
    this.#touched = new Map();
    this.#resized = new Map();
  }

  #noteAll(end: End, note: (pair: Pair) => void): void {
    for (const pair of end.pairs.values()) if ((pair[this.#of]?.size ?? 0) > 0) note(pair);
  }

  /** The trait that says most of two ends; of two that say as much that of the media with the smaller ids. */
  bestOf(pair: Pair): TraitOfPair | null {
    const { a, b, [this.#of]: traits } = pair;
    if (traits === undefined || traits.size === 0) return null;
    const comparisons = (this.#sizes.get(a) ?? 0) * (this.#sizes.get(b) ?? 0);
    let best: (TraitOfPair & { readonly weight: number }) | null = null;
    for (const [trait, media] of traits) {
      const [bits, holders] = [this.#bitsOf(trait), this.#holders.get(trait)?.size ?? 0];
      const one = {
        trait,
        ...media,
        bits,
        holders,
        comparisons,
        pairs: traits.size,
        weight: weightOf(bits, holders),
      };
      if (best === null || one.weight > best.weight || (one.weight === best.weight && comesFirst(one, best)))
        best = one;
    }
    return best;
  }
}

const comesFirst = (x: TraitOfPair, y: TraitOfPair): boolean =>
  (compareIds(x.mediaA, y.mediaA) || compareIds(x.mediaB, y.mediaB) || (x.trait < y.trait ? -1 : 1)) < 0;

/** The first two, by their ids, that are no copies of one picture. */
const firstPair = (a: readonly Held[], b: readonly Held[]): { readonly mediaA: Held; readonly mediaB: Held } | null => {
  for (const mediaA of a)
    for (const mediaB of b) if (isEvidence(SAME_SOURCE, mediaA, mediaB)) return { mediaA, mediaB };
  return null;
};
