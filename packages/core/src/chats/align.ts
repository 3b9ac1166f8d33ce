// Two exports of one group: which messages are the same, how the phones' clocks stood to each other, and who calls whom what. Keys that stand once in each export are
// anchors; those that most name one clock, and go forward in both, hold; what lies between is paired block by block. Near-linear in messages.
import { clockOf, fineOffsets, offsetsAt, type Anchor, type Clock, type Precision } from './align/clock.js';
import { isSystem, keysOf, type AlignConversation, type AlignMessage } from './align/message.js';
import { fitOf, pairBlock, type Pairing, type Side } from './align/between.js';
import { longestRising } from './align/order.js';
import { Aliases, type Alias } from './align/people.js';
import { EXPORTER } from './conversation.js';
import { comparableText } from './text-key.js';

export { wallSeconds, type AlignAttachment, type AlignConversation, type AlignMessage } from './align/message.js';
export { couldBeOne, LEAST_SHARE, LEAST_SHARED, rareKeys } from './align/could-be-one.js';
export type { Alias } from './align/people.js';

export const ALIGN_METHOD = 'text-clock';
export const ALIGN_VERSION = 1;

/** Positions of the same message. */
export interface AlignedPair {
  readonly a: number;
  readonly b: number;
}
/** From position `fromA` of a on, b's clock was so many seconds ahead. */
export interface ClockStretch {
  readonly fromA: number;
  readonly offsetS: number;
  readonly aligned: number;
}
export interface ChatAlignment {
  /** In the order of a. */
  readonly pairs: readonly AlignedPair[];
  /** Messages of people in the stretch that both tell of, in the export that has fewer of them. */
  readonly overlap: number;
  /** Of the stretch with the most messages; null where times are not known. */
  readonly offsetS: number | null;
  /** Nine in ten messages are no further from their stretch's offset; minutes alone make up to 60 of it. */
  readonly spreadS: number | null;
  readonly stretches: readonly ClockStretch[];
  readonly aliases: readonly Alias[];
}

/** Other conversations share what is sent on: they have their own messages between, in both exports; one group has not. */
const LEAST_AGREEMENT = 0.6;
const LEAST_NAMES = 0.75;
/** Messages of one export alone between two that are the same, in most places at most: an announcement that stands in two groups is followed by many. */
const NEAR = 3;
const LEAST_NEAR = 0.55;
/** Anchors that hold: with a name of the group in common, and without. */
const LEAST_ANCHORS = { named: 2, unnamed: 8 };

/** Null where they are not one conversation, or nothing shows that they are. */
export const alignChats = (first: AlignConversation, second: AlignConversation): ChatAlignment | null => {
  const [a, b] = [sideOf(first), sideOf(second)];
  const anchors = anchorsOf(a, b);
  const precision = { early: minutesOf(b.messages), late: minutesOf(a.messages) };
  const timed = anchors.some(({ aheadS }) => aheadS !== null);
  const { clock, kept } = timed ? clockOf(anchors, precision) : { clock: null, kept: anchors };
  const holding = longestRising(kept);
  const named = shareName(first, second) || holding.some(({ a: i }) => a.keys[i]!.some(namesGroup));
  if (holding.length < (named ? LEAST_ANCHORS.named : LEAST_ANCHORS.unnamed)) return null;
  const aliases = aliasesOf(
    a,
    b,
    holding.map(({ a: i, b: j }) => [i, j] as const),
  );
  if (holding.length >= LEAST_ANCHORS.unnamed && aliases.agreement() < LEAST_NAMES) return null;
  const pairs = withOutOfOrder({ a, b, clock, aliases }, allPairs({ a, b, clock, aliases }, holding));
  if (!isOneGroup(a, b, pairs, named)) return null;
  return {
    pairs: pairs.map(([i, j]) => ({ a: a.messages[i]!.position, b: b.messages[j]!.position })),
    overlap: overlapOf(a, b, pairs),
    aliases: aliasesOf(a, b, pairs).list(),
    ...clockSaid(a, b, pairs, clock, precision),
  };
};

const sideOf = ({ messages }: AlignConversation): Side => ({ messages, keys: messages.map(keysOf) });

/** 60 where times tell minutes only, 0 where they tell seconds. */
const minutesOf = (messages: readonly AlignMessage[]): number =>
  messages.some(({ timeS, precisionS }) => timeS !== null && precisionS > 1) ? 60 : 0;

/** Messages that share a key which stands once in each export, in the order of a; a message is one anchor at most. */
const anchorsOf = (a: Side, b: Side): Anchor[] => {
  const [inA, inB] = [placesOf(a), placesOf(b)];
  const anchors: Anchor[] = [];
  const taken = new Set<number>();
  a.keys.forEach((keys, i) => {
    for (const key of keys) {
      const j = inB.get(key);
      if (inA.get(key) !== i || j === undefined || j === SEVERAL || taken.has(j)) continue;
      taken.add(j);
      anchors.push({ a: i, b: j, aheadS: ahead(a.messages[i]!, b.messages[j]!) });
      break;
    }
  });
  return anchors;
};
/** A key that stands in several messages names none of them. */
const SEVERAL = -1;

const placesOf = ({ keys }: Side): Map<string, number> => {
  const places = new Map<string, number>();
  keys.forEach((of, i) => {
    for (const key of new Set(of)) places.set(key, places.has(key) ? SEVERAL : i);
  });
  return places;
};

const ahead = (a: AlignMessage, b: AlignMessage): number | null =>
  a.timeS === null || b.timeS === null ? null : b.timeS - a.timeS;

const namesGroup = (key: string): boolean => key.startsWith('e:group-created:') || key.startsWith('e:subject-changed:');

const shareName = (first: AlignConversation, second: AlignConversation): boolean => {
  const names = new Set(first.subjects.map(comparableText));
  return second.subjects.some((subject) => names.has(comparableText(subject)));
};

const aliasesOf = (a: Side, b: Side, pairs: Iterable<readonly [number, number]>): Aliases => {
  const aliases = new Aliases();
  for (const [i, j] of pairs) {
    const [one, other] = [a.messages[i]!, b.messages[j]!];
    if (one.author !== null && other.author !== null) aliases.add(one.author, other.author);
    const [inOne, inOther] = [one.event?.targets ?? [], other.event?.targets ?? []];
    if (one.event?.type === other.event?.type && inOne.length === inOther.length)
      inOne.forEach((name, at) => learnTarget(aliases, name, inOther[at]!));
  }
  return aliases;
};
const learnTarget = (aliases: Aliases, one: string, other: string): void => {
  if (one !== EXPORTER && other !== EXPORTER) aliases.add(one, other);
};

/** Anchors, and what is paired before, between and after them. */
const allPairs = (pairing: Pairing, anchors: readonly Anchor[]): [number, number][] => {
  const [lengthA, lengthB] = [pairing.a.messages.length, pairing.b.messages.length];
  const pairs: [number, number][] = [];
  let [fromA, fromB] = [0, 0];
  for (const anchor of [...anchors, { a: lengthA, b: lengthB }]) {
    const { clock } = pairing;
    const start = fromA - 1;
    const offsets = (i: number): number[] => (clock === null ? [] : offsetsAt(clock, i, start, anchor.a));
    for (const pair of pairBlock(pairing, { fromA, toA: anchor.a, fromB, toB: anchor.b }, offsets)) pairs.push(pair);
    if (anchor.a < lengthA) pairs.push([anchor.a, anchor.b]);
    [fromA, fromB] = [anchor.a + 1, anchor.b + 1];
  }
  return pairs;
};

/** Two phones may hold messages of the same moment in another order: what shares a key and a time is the same nevertheless. */
const withOutOfOrder = (pairing: Pairing, pairs: [number, number][]): [number, number][] => {
  const { a, b, clock } = pairing;
  if (clock === null) return pairs;
  const [takenA, takenB] = [new Set(pairs.map(([i]) => i)), new Set(pairs.map(([, j]) => j))];
  const left = new Map<string, number[]>();
  b.keys.forEach((keys, j) => {
    if (!takenB.has(j)) for (const key of keys) left.set(key, [...(left.get(key) ?? []), j].slice(-MOST_LIKE));
  });
  const found: [number, number][] = [];
  a.keys.forEach((keys, i) => {
    if (takenA.has(i)) return;
    let [best, most] = [-1, 0];
    for (const key of keys)
      for (const j of left.get(key) ?? []) {
        const fit = takenB.has(j) ? 0 : fitOf(pairing, i, j, offsetsAt(clock, i, i, i));
        if (fit > most) [best, most] = [j, fit];
      }
    if (best < 0) return;
    takenB.add(best);
    found.push([i, best]);
  });
  return found.length === 0 ? pairs : [...pairs, ...found].sort((x, y) => x[0] - y[0]);
};
/** Of messages with one key that are left over, the last so many are looked at: their cost stays linear. */
const MOST_LIKE = 64;

/** Where both exports have messages of people that the other lacks, at the same place, two groups were spoken in. */
const isOneGroup = (a: Side, b: Side, pairs: readonly [number, number][], named: boolean): boolean => {
  const [inA, inB] = [
    aloneBetween(
      a,
      pairs.map(([i]) => i),
    ),
    aloneBetween(
      b,
      pairs.map(([, j]) => j),
    ),
  ];
  const shared = pairs.filter(([i, j]) => a.keys[i]!.some((key) => b.keys[j]!.includes(key))).length;
  let [contrary, near] = [0, 0];
  inA.forEach((alone, at) => {
    contrary += Math.min(alone, inB[at]!);
    if (at > 0 && at < pairs.length && Math.max(alone, inB[at]!) <= NEAR) near += 1;
  });
  if (shared < contrary * (LEAST_AGREEMENT / (1 - LEAST_AGREEMENT))) return false;
  return named || near >= LEAST_NEAR * (pairs.length - 1);
};

/** How many messages of people stand before the first of those that are paired, between each two, and after the last. */
const aloneBetween = ({ messages }: Side, paired: readonly number[]): number[] => {
  const taken = new Set(paired);
  const counts = new Array<number>(paired.length + 1).fill(0);
  let at = 0;
  messages.forEach((message, i) => {
    while (at < paired.length && paired[at]! <= i) at += 1;
    if (!taken.has(i) && !isSystem(message)) counts[at]! += 1;
  });
  return counts;
};

const overlapOf = (a: Side, b: Side, pairs: readonly [number, number][]): number => {
  const said = ({ messages }: Side, paired: readonly number[]): number => {
    const [from, to] = paired.reduce(([low, high], i) => [Math.min(low, i), Math.max(high, i)], [Infinity, -Infinity]);
    return messages.slice(from, to + 1).filter((message) => !isSystem(message)).length;
  };
  return Math.min(
    said(
      a,
      pairs.map(([i]) => i),
    ),
    said(
      b,
      pairs.map(([, j]) => j),
    ),
  );
};

/** The offsets once more, from all that is aligned. */
const clockSaid = (
  a: Side,
  b: Side,
  pairs: readonly [number, number][],
  clock: Clock | null,
  precision: Precision,
): Pick<ChatAlignment, 'offsetS' | 'spreadS' | 'stretches'> => {
  if (clock === null) return { offsetS: null, spreadS: null, stretches: [] };
  const { pieces } = clock;
  const aheads = pieces.map((): number[] => []);
  let at = 0;
  for (const [i, j] of pairs) {
    while (at + 1 < pieces.length && pieces[at + 1]!.fromA <= i) at += 1;
    const seconds = ahead(a.messages[i]!, b.messages[j]!);
    if (seconds !== null && Math.abs(seconds - pieces[at]!.offsetS) <= Math.max(clock.early, clock.late))
      aheads[at]!.push(seconds);
  }
  const offsets = fineOffsets(
    aheads,
    pieces.map(({ offsetS }) => offsetS),
    precision,
  );
  const stretches = pieces.map(({ fromA }, piece) => ({
    fromA: a.messages[fromA]!.position,
    offsetS: tenths(offsets[piece]!),
    aligned: aheads[piece]!.length,
  }));
  const beside = aheads.flatMap((of, piece) => of.map((seconds) => Math.abs(seconds - offsets[piece]!)));
  beside.sort((x, y) => x - y);
  const main = stretches.reduce((most, stretch) => (stretch.aligned > most.aligned ? stretch : most));
  return { offsetS: main.offsetS, spreadS: tenths(beside[Math.floor(beside.length * 0.9)] ?? 0), stretches };
};
const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;
