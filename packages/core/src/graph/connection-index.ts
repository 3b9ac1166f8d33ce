// What links any two ends (exhibits, cases), followed while media come, go, move, are stacked and are matched: for every pair of ends and
// every grade how many pairs of media there are, and the best of them. What changes costs what it touches; a scan is the reference.
import { chatNameBits } from '../domain/chat-names.js';
import { deviceNumberBits } from '../domain/device-numbers.js';
import { gradeRank, type MatchGrade } from '../domain/grade.js';
import { isEvidence, weightOf } from './evidence.js';
import {
  evidenceOf,
  isTold,
  offer,
  withdraw,
  type Best,
  type End,
  type EvidenceOfPair,
  type Held,
  type Link,
  type Pair,
} from './held-pairs.js';
import { inSteps, lastOf } from './steps.js';
import { TraitPairs } from './trait-pairs.js';

/** A medium with the ends that hold a file of it. */
export interface PlacedMedia {
  readonly id: string;
  readonly sha256: string;
  readonly stack: string;
  /** Each once. */
  readonly ends: readonly string[];
  /** Numbers of the devices that made it, as far as it names them. */
  readonly devices?: readonly string[];
  /** Of a chat export: numbers, accounts, links and groups that it names (domain/chat-names). */
  readonly names?: readonly string[];
}

export interface MatchOfMedia {
  readonly id: string;
  readonly mediaA: string;
  readonly mediaB: string;
  readonly grade: MatchGrade;
  readonly bits: number;
}

export interface IndexChange {
  /** Media of which anything changed: as they are now they are in `media`, or they are held nowhere any more. */
  readonly changed: Iterable<string>;
  readonly media: Iterable<PlacedMedia>;
  /** All matches in which one of those that changed takes part. */
  readonly matches: Iterable<MatchOfMedia>;
}

const IDENTICAL = gradeRank('identical');
/** Most have no match, and most contents and stacks one medium: lists take a fraction of the memory of sets. */
const NO_LINKS: Link[] = [];
const NO_TRAITS: readonly string[] = [];

const added = (map: Map<string, Held[]>, key: string, held: Held): void => {
  const there = map.get(key);
  if (there === undefined) map.set(key, [held]);
  else there.push(held);
};

const removed = (map: Map<string, Held[]>, key: string, held: Held): void => {
  const left = map.get(key)?.filter((one) => one !== held) ?? [];
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
};

export class ConnectionIndex {
  readonly #identicalBits: number;
  readonly #ends = new Map<string, End>();
  readonly #media = new Map<string, Held>();
  readonly #contents = new Map<string, Held[]>();
  readonly #stacks = new Map<string, Held[]>();
  readonly #devices = new TraitPairs('devices', deviceNumberBits);
  readonly #names = new TraitPairs('names', chatNameBits);
  #round = 0;
  #touched: Pair[] = [];

  /** `identicalBits`: what equal bytes weigh. */
  constructor(identicalBits: number) {
    this.#identicalBits = identicalBits;
  }

  /** Media that it holds. */
  get size(): number {
    return this.#media.size;
  }

  /** Takes a change in. Answers the evidence of every pair of ends of which it changed; none, where nothing links them any more. */
  update(change: IndexChange): Map<string, readonly EvidenceOfPair[]> {
    return lastOf(this.updating(change));
  }

  /** The same in steps of some milliseconds, so that who takes in a large store may see to others in between. Until the last one nothing holds. */
  *updating({ changed, media, matches }: IndexChange): Generator<undefined, Map<string, readonly EvidenceOfPair[]>> {
    this.#round += 1;
    this.#touched = [];
    const [now, ids] = [[...media], new Set(changed)];
    const [contents, stacks] = [new Set<string>(), new Set<string>()];
    const touch = ({ sha256, stack }: { sha256: string; stack: string }): void => {
      contents.add(sha256);
      stacks.add(stack);
    };
    for (const id of ids) {
      const held = this.#media.get(id);
      if (held !== undefined) touch(held);
    }
    now.forEach(touch);
    const touched = { ids, contents, stacks };
    yield* this.#count(touched, -1);
    const resized = new Map<End, number>();
    for (const id of ids) this.#takeOut(id, resized);
    yield* inSteps(now, (one) => this.#putIn(one, resized));
    yield* inSteps(matches, (match) => this.#link(match));
    yield* this.#count(touched, 1);
    for (const traits of [this.#devices, this.#names])
      yield* traits.settle({
        pair: (one, other) => this.#pair(one, other),
        note: (pair) => this.#note(pair),
      });
    for (const [end, before] of resized)
      if (end.media.size !== before) for (const pair of end.pairs.values()) this.#note(pair);
    return yield* this.#settled();
  }

  #takeOut(id: string, resized: Map<End, number>): void {
    const held = this.#media.get(id);
    if (held === undefined) return;
    this.#media.delete(id);
    this.#devices.takeOut(held);
    this.#names.takeOut(held);
    removed(this.#contents, held.sha256, held);
    removed(this.#stacks, held.stack, held);
    for (const end of held.ends) {
      if (!resized.has(end)) resized.set(end, end.media.size);
      end.media.delete(held);
    }
    for (const link of held.links) {
      const other = link.a === held ? link.b : link.a;
      other.links = other.links.filter((one) => one !== link);
    }
  }

  #putIn(
    { id, sha256, stack, ends, devices = NO_TRAITS, names = NO_TRAITS }: PlacedMedia,
    resized: Map<End, number>,
  ): void {
    // One text where it stands alone.
    const stackOfOne = stack === id ? id : stack;
    const held: Held = {
      id,
      sha256,
      stack: stackOfOne,
      ends: ends.map((end) => this.#end(end)),
      devices,
      names,
      links: NO_LINKS,
    };
    this.#media.set(id, held);
    this.#devices.putIn(held);
    this.#names.putIn(held);
    added(this.#contents, sha256, held);
    added(this.#stacks, stack, held);
    for (const end of held.ends) {
      if (!resized.has(end)) resized.set(end, end.media.size);
      end.media.add(held);
    }
  }

  #end(id: string): End {
    const end = this.#ends.get(id) ?? { id, media: new Set(), pairs: new Map() };
    this.#ends.set(id, end);
    return end;
  }

  /** A match with a medium that is held nowhere links nothing; it comes again when the medium does. */
  #link(match: MatchOfMedia): void {
    const [a, b] = [this.#media.get(match.mediaA), this.#media.get(match.mediaB)];
    if (a === undefined || b === undefined || match.grade === 'identical') return;
    const link = { id: match.id, rank: gradeRank(match.grade), bits: match.bits, a, b };
    for (const held of [a, b])
      if (held.links === NO_LINKS) held.links = [link];
      else held.links.push(link);
  }

  /** Everything that the touched contents and stacks bring as evidence is taken away (before a change) or added (after it). */
  *#count(
    touched: { ids: Set<string>; contents: Set<string>; stacks: Set<string> },
    sign: 1 | -1,
  ): Generator<undefined, void> {
    yield* inSteps(touched.contents, (sha256) => this.#countContent(this.#contents.get(sha256) ?? [], sign));
    const links = new Set<Link>();
    for (const stack of touched.stacks)
      for (const { links: those } of this.#stacks.get(stack) ?? []) for (const link of those) links.add(link);
    for (const id of touched.ids) for (const link of this.#media.get(id)?.links ?? []) links.add(link);
    const sizes = new Map<string, number>();
    yield* inSteps(links, (link) => this.#countLink(link, this.#holdersOf(link, sizes), sign));
  }

  #countContent(media: readonly Held[], sign: 1 | -1): void {
    const places = media.flatMap((held) => held.ends.map((end) => ({ end, held })));
    const [holders, bits] = [places.length, this.#identicalBits];
    const weight = weightOf(bits, holders);
    for (const [i, one] of places.entries())
      for (let j = i + 1; j < places.length; j += 1) {
        const other = places[j] as (typeof places)[number];
        if (one.end !== other.end)
          this.#countOne(one.end, one.held, other.end, other.held, null, bits, holders, weight, sign);
      }
  }

  #countLink(link: Link, holders: number, sign: 1 | -1): void {
    if (!isEvidence(link.rank, link.a, link.b)) return;
    const { a, b, bits } = link;
    const weight = weightOf(bits, holders);
    for (const one of a.ends)
      for (const other of b.ends)
        if (one !== other) this.#countOne(one, a, other, b, link, bits, holders, weight, sign);
  }

  #countOne(
    one: End,
    mediaOfOne: Held,
    other: End,
    mediaOfOther: Held,
    link: Link | null,
    bits: number,
    holders: number,
    weight: number,
    sign: 1 | -1,
  ): void {
    const pair = one.pairs.get(other) ?? this.#pair(one, other);
    this.#note(pair);
    const mediaA = pair.a === one ? mediaOfOne : mediaOfOther;
    const mediaB = pair.a === one ? mediaOfOther : mediaOfOne;
    const rank = link === null ? IDENTICAL : link.rank;
    const best = (pair.grades[rank] ??= { pairs: 0, kept: [], bound: null });
    best.pairs += sign;
    if (sign === -1) withdraw(best, mediaA, mediaB);
    else offer(best, weight, mediaA, mediaB, link, bits, holders);
  }

  #pair(one: End, other: End): Pair {
    const [a, b] = one.id < other.id ? [one, other] : [other, one];
    const pair: Pair = { a, b, grades: [], round: 0, told: [] };
    a.pairs.set(b, pair);
    b.pairs.set(a, pair);
    return pair;
  }

  #note(pair: Pair): void {
    if (pair.round === this.#round) return;
    pair.round = this.#round;
    this.#touched.push(pair);
  }

  /** Ends that hold a stack, and of a match those that hold either side. */
  #holdersOf({ a, b }: Link, sizes: Map<string, number>): number {
    const holders = (stack: string): number => {
      const known = sizes.get(stack);
      if (known !== undefined) return known;
      const ends = new Set<End>();
      for (const held of this.#stacks.get(stack) ?? []) for (const end of held.ends) ends.add(end);
      sizes.set(stack, ends.size);
      return ends.size;
    };
    return Math.max(2, a.stack === b.stack ? holders(a.stack) : holders(a.stack) + holders(b.stack));
  }

  /** Looks for the best again where none of those kept is left, and tells what is there now. */
  *#settled(): Generator<undefined, Map<string, readonly EvidenceOfPair[]>> {
    const sizes = new Map<string, number>();
    const told = new Map<string, readonly EvidenceOfPair[]>();
    yield* inSteps(this.#touched, (pair) => {
      for (const [rank, best] of pair.grades.entries()) {
        if (best === undefined) continue;
        if (best.pairs === 0) pair.grades[rank] = undefined;
        else if (best.kept.length === 0) this.#lookAgain(pair, rank, best, sizes);
      }
      const rows = evidenceOf(pair, this.#devices.bestOf(pair), this.#names.bestOf(pair));
      if (rows.length === 0) {
        pair.a.pairs.delete(pair.b);
        pair.b.pairs.delete(pair.a);
        for (const { id, media, pairs } of [pair.a, pair.b])
          if (media.size === 0 && pairs.size === 0) this.#ends.delete(id);
      }
      if (!isTold(pair.told, rows)) told.set(`${pair.a.id}_${pair.b.id}`, rows);
      pair.told = rows;
    });
    return told;
  }

  #lookAgain({ a, b }: Pair, rank: number, best: Best, sizes: Map<string, number>): void {
    best.bound = null;
    const [few, many] = a.media.size <= b.media.size ? [a, b] : [b, a];
    const consider = (mine: Held, theirs: Held, link: Link | null, bits: number, holders: number): void => {
      const [mediaA, mediaB] = few === a ? [mine, theirs] : [theirs, mine];
      offer(best, weightOf(bits, holders), mediaA, mediaB, link, bits, holders);
    };
    for (const mine of few.media)
      if (rank === IDENTICAL) {
        const copies = this.#contents.get(mine.sha256) ?? [];
        for (const theirs of copies)
          if (many.media.has(theirs)) {
            let holders = 0;
            for (const { ends } of copies) holders += ends.length;
            consider(mine, theirs, null, this.#identicalBits, holders);
          }
      } else
        for (const link of mine.links) {
          const theirs = link.a === mine ? link.b : link.a;
          if (link.rank === rank && many.media.has(theirs) && isEvidence(link.rank, link.a, link.b))
            consider(mine, theirs, link, link.bits, this.#holdersOf(link, sizes));
        }
  }
}
