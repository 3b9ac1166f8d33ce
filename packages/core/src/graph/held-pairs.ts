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
}

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

export interface Best {
  pairs: number;
  weight: number;
  mediaA: Held;
  mediaB: Held;
  link: Link | null;
  bits: number;
  holders: number;
  /** What was the best has changed or gone: it is looked for again. */
  isStale: boolean;
}

export interface Pair {
  /** The one with the smaller id. */
  readonly a: End;
  readonly b: End;
  readonly grades: (Best | undefined)[];
  /** Devices that both ends hold pictures of, with the first two that are no copies. */
  devices?: Map<string, { readonly mediaA: Held; readonly mediaB: Held }>;
  /** When it was last touched, and what was told of it then. */
  round: number;
  told: readonly EvidenceOfPair[];
}

/** The best of the devices of both ends. */
export interface DeviceOfPair {
  readonly device: string;
  readonly mediaA: Held;
  readonly mediaB: Held;
  readonly bits: number;
  readonly holders: number;
  /** Devices of one end times those of the other. */
  readonly comparisons: number;
  /** Devices that both have. */
  readonly pairs: number;
}

/** The heavier one is kept; of two that weigh the same, the one with the smaller ids. Plain arguments: it is called millions of times. */
export const offer = (
  best: Best,
  weight: number,
  mediaA: Held,
  mediaB: Held,
  link: Link | null,
  bits: number,
  holders: number,
): void => {
  if (weight < best.weight) return;
  if (weight === best.weight) {
    if (best.mediaA.id < mediaA.id) return;
    if (best.mediaA.id === mediaA.id && best.mediaB.id < mediaB.id) return;
  }
  best.weight = weight;
  best.mediaA = mediaA;
  best.mediaB = mediaB;
  best.link = link;
  best.bits = bits;
  best.holders = holders;
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
      old.device === row.device
    );
  });

const deviceRow = ({ a, b }: Pair, { mediaA, mediaB, ...best }: DeviceOfPair): EvidenceOfPair => ({
  a: a.id,
  b: b.id,
  grade: 'same source',
  mediaA: mediaA.id,
  mediaB: mediaB.id,
  matchId: null,
  device: best.device,
  bits: best.bits,
  holders: best.holders,
  comparisons: best.comparisons,
  pairs: best.pairs,
});

/** By grade; a device that both name comes last, beside matches of its grade. */
export const evidenceOf = (pair: Pair, device: DeviceOfPair | null): EvidenceOfPair[] => {
  const { a, b, grades } = pair;
  const rows = grades.flatMap((best, rank): EvidenceOfPair[] => {
    const grade = GRADES[rank];
    if (best === undefined || grade === undefined) return [];
    const { pairs, mediaA, mediaB, link, holders, bits } = best;
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
  return device === null ? rows : [...rows, deviceRow(pair, device)];
};
