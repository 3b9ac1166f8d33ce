// What is held of two ends while connections are followed: of every grade the best pair of media, and how that is told.
import { GRADES } from '../domain/grade.js';
import type { Evidence } from './connections.js';

/** The best pair of media of one grade between two ends, and how many there are. */
export interface EvidenceOfPair extends Evidence {
  readonly a: string;
  readonly b: string;
  readonly pairs: number;
  /** Null for the same bytes and for a device: no match need say so. */
  readonly matchId: string | null;
  /** The number of the device that both name; then `pairs` are devices. */
  readonly device: string | null;
  /** What chats of both name (domain/chat-names); then `pairs` are such names. */
  readonly name?: string;
}

/** What media are followed by besides their content. */
export type Traits = 'devices' | 'names';

export interface End {
  readonly id: string;
  readonly media: Set<Held>;
  readonly pairs: Map<End, Pair>;
}

export interface Held {
  readonly id: string;
  readonly sha256: string;
  readonly stack: string;
  readonly ends: readonly End[];
  readonly devices: readonly string[];
  readonly names: readonly string[];
  /** Matches in which it takes part. */
  links: Link[];
}

export interface Link {
  /** Of the match. */
  readonly id: string;
  readonly rank: number;
  readonly bits: number;
  readonly a: Held;
  readonly b: Held;
}

/** A pair of media that speaks for two ends, and how much. */
export interface Candidate {
  readonly weight: number;
  readonly mediaA: Held;
  readonly mediaB: Held;
  readonly link: Link | null;
  readonly bits: number;
  readonly holders: number;
}

/** Of one grade between two ends. */
export interface Best {
  /** Of media, whether or not they are kept here. */
  pairs: number;
  /** The heaviest few, the best first: where the best goes the next one is known, and not looked for among all media of an end. */
  readonly kept: Candidate[];
  /** None of those that are not kept is better than this; null while all are. */
  bound: Candidate | null;
}

export interface Pair {
  /** The one with the smaller id. */
  readonly a: End;
  readonly b: End;
  readonly grades: (Best | undefined)[];
  /** Devices that both ends hold pictures of, with the first two that are no copies. */
  devices?: Map<string, { readonly mediaA: Held; readonly mediaB: Held }>;
  /** Names in chats of both. */
  names?: Map<string, { readonly mediaA: Held; readonly mediaB: Held }>;
  /** When it was last touched, and what was told of it then. */
  round: number;
  told: readonly EvidenceOfPair[];
}

/** The best of the devices, or of the names, of both ends. */
export interface TraitOfPair {
  readonly trait: string;
  readonly mediaA: Held;
  readonly mediaB: Held;
  readonly bits: number;
  readonly holders: number;
  /** Traits of one end times those of the other. */
  readonly comparisons: number;
  /** Traits that both have. */
  readonly pairs: number;
}

const MOST_KEPT = 4;

/** The heavier one is better; of two that weigh the same, the one with the smaller ids. */
const isBetter = (weight: number, mediaA: Held, mediaB: Held, than: Candidate): boolean =>
  weight !== than.weight
    ? weight > than.weight
    : mediaA.id !== than.mediaA.id
      ? mediaA.id < than.mediaA.id
      : mediaB.id < than.mediaB.id;

/** Keeps it, if it is one of the best. Plain arguments: it is called millions of times. */
export const offer = (
  best: Best,
  weight: number,
  mediaA: Held,
  mediaB: Held,
  link: Link | null,
  bits: number,
  holders: number,
): void => {
  const { kept, bound } = best;
  if (bound !== null && !isBetter(weight, mediaA, mediaB, bound)) return;
  let place = kept.length;
  while (place > 0 && isBetter(weight, mediaA, mediaB, kept[place - 1]!)) place -= 1;
  kept.splice(place, 0, { weight, mediaA, mediaB, link, bits, holders });
  if (kept.length > MOST_KEPT) best.bound = kept.pop() ?? bound;
};

/** It speaks no longer, or with another weight. */
export const withdraw = ({ kept }: Best, mediaA: Held, mediaB: Held): void => {
  const place = kept.findIndex((one) => one.mediaA === mediaA && one.mediaB === mediaB);
  if (place >= 0) kept.splice(place, 1);
};

/** Whether nothing of it is to be told anew. */
export const isTold = (before: readonly EvidenceOfPair[], now: readonly EvidenceOfPair[]): boolean =>
  before.length === now.length &&
  now.every((row, i) => {
    const old = before[i];
    return (
      old !== undefined &&
      old.grade === row.grade &&
      old.pairs === row.pairs &&
      old.bits === row.bits &&
      old.holders === row.holders &&
      old.comparisons === row.comparisons &&
      old.mediaA === row.mediaA &&
      old.mediaB === row.mediaB &&
      old.matchId === row.matchId &&
      old.device === row.device &&
      old.name === row.name
    );
  });

const traitRow = ({ a, b }: Pair, { mediaA, mediaB, ...best }: TraitOfPair, of: Traits): EvidenceOfPair => ({
  a: a.id,
  b: b.id,
  grade: 'same source',
  mediaA: mediaA.id,
  mediaB: mediaB.id,
  matchId: null,
  device: of === 'devices' ? best.trait : null,
  ...(of === 'names' && { name: best.trait, cause: 'account' }),
  bits: best.bits,
  holders: best.holders,
  comparisons: best.comparisons,
  pairs: best.pairs,
});

/** By grade; a device that both name, and what chats of both name, come last, beside matches of that grade. */
export const evidenceOf = (pair: Pair, device: TraitOfPair | null, name: TraitOfPair | null): EvidenceOfPair[] => {
  const { a, b, grades } = pair;
  const rows = grades.flatMap((best, rank): EvidenceOfPair[] => {
    const [grade, first] = [GRADES[rank], best?.kept[0]];
    if (best === undefined || first === undefined || grade === undefined) return [];
    const { pairs } = best;
    const { mediaA, mediaB, link, holders, bits } = first;
    return [
      {
        a: a.id,
        b: b.id,
        grade,
        pairs,
        holders,
        comparisons: a.media.size * b.media.size,
        bits: Math.round(bits * 100) / 100,
        mediaA: mediaA.id,
        mediaB: mediaB.id,
        matchId: link?.id ?? null,
        device: null,
      },
    ];
  });
  return [
    ...rows,
    ...(device === null ? [] : [traitRow(pair, device, 'devices')]),
    ...(name === null ? [] : [traitRow(pair, name, 'names')]),
  ];
};
