// From what is ranked to what is told: with what was decided, a page of it, in words.
import type { Connection, ConnectionEnds, ConnectionPage, ConnectionReason } from '@redthread/core/contract';
import {
  chatNameInWords,
  connectionState,
  deviceInWords,
  exchangedReasons,
  type ConnectionState,
  type StateNow,
} from '@redthread/core/domain';
import { toPage, readCursor } from '../../app/http/paging.js';
import type { Trx } from '../../store/index.js';
import { placesOfNames, type NamePlace } from '../chats/index.js';
import type { Scope } from '../funnel/index.js';
import { matchInWords } from '../matches/index.js';
import { readInForce, toDecision, type DecisionRow } from './decisions.js';
import { connectionId } from './id.js';
import { readEnds, readEndsAtRisk, readEndsIn, readMatches, type MatchOfReason } from './queries.js';
import { compareRanked, type Ranked, type RankedKey } from './ranking.js';

/** With what was decided on it. */
export interface Judged {
  readonly ranked: Ranked;
  readonly now: StateNow;
  /** In force, of whatever agency. */
  readonly decisions: readonly DecisionRow[];
}

/** In the order in which they come. */
export const readJudged = async (trx: Trx, between: ConnectionEnds, ranked: readonly Ranked[]): Promise<Judged[]> =>
  judge(await readInForce(trx, between), ranked);

const judge = (inForce: ReadonlyMap<string, readonly DecisionRow[]>, ranked: readonly Ranked[]): Judged[] => {
  const now = new Date();
  return ranked.map((one) => {
    const decisions = inForce.get(`${one.a}_${one.b}`) ?? NONE;
    return { ranked: one, decisions, now: connectionState(decisions.find(({ own }) => own) ?? null, one.counts, now) };
  });
};

const NONE: readonly DecisionRow[] = [];

/** In words: their ends and matches are read for these alone. What has gone since they were ranked is left out. */
export const told = async (trx: Trx, between: ConnectionEnds, judged: readonly Judged[]): Promise<Connection[]> => {
  const ranked = judged.map((one) => one.ranked);
  const ends = await readEnds(
    trx,
    between,
    ranked.flatMap(({ a, b }) => [a, b]),
  );
  const matches = await readMatches(
    trx,
    ranked.flatMap(({ reasons }) => reasons.flatMap(({ matchId }) => (matchId === null ? [] : [matchId]))),
  );
  const places = await placesOf(trx, ranked);
  return judged.flatMap(({ ranked: one, now, decisions }): Connection[] => {
    const [a, b] = [ends.get(one.a), ends.get(one.b)];
    const [strongest, ...further] = one.reasons.flatMap((reason) => toReason(reason, matches, places) ?? []);
    if (a === undefined || b === undefined || strongest === undefined) return [];
    return [
      {
        id: connectionId(between, one.a, one.b),
        between,
        a,
        b,
        counts: [...one.counts],
        strengthBits: one.strengthBits,
        isLead: one.isLead,
        causes: [...one.causes],
        strongest,
        further,
        ...now,
        decision: decisions.filter(({ own }) => own).map(toDecision)[0] ?? null,
        opinions: decisions.filter(({ own }) => !own).map(toDecision),
      },
    ];
  });
};

export interface PageAsked {
  readonly between: ConnectionEnds;
  /** One end at least lies in here. */
  readonly scope: Scope | null;
  /** These alone, as `a_b`. */
  readonly pairs: ReadonlySet<string> | null;
  readonly leads: boolean;
  readonly state?: ConnectionState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Place of the first that is so, in an order in which all after it are so as well; the length where none is. */
const firstWhere = <T>(inOrder: readonly T[], isSo: (one: T) => boolean): number => {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(inOrder[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** What the own agency rejected and nothing new opened again. `find`: of two ends, what links them. */
export const readRejected = async (
  trx: Trx,
  between: ConnectionEnds,
  find: (a: string, b: string) => Ranked | undefined,
): Promise<ReadonlySet<Ranked>> => {
  const inForce = await readInForce(trx, between);
  const decided = [...inForce.keys()].flatMap((pair) => {
    const [a = '', b = ''] = pair.split('_');
    return find(a, b) ?? [];
  });
  return new Set(judge(inForce, decided).flatMap(({ ranked, now }) => (now.state === 'rejected' ? [ranked] : [])));
};

type Cursor = readonly [place: number, strengthBits: number, pairs: number, a: string, b: string];
interface Key extends RankedKey {
  /** 0 where a child is at risk now at one of its ends, else 1. */
  readonly place: number;
}
const keyIn = (cursor: string | undefined): Key | null => {
  const types = ['number', 'number', 'number', 'string', 'string'] as const;
  const read = readCursor<[number, number, number, string, string]>(cursor, types);
  if (read === null) return null;
  const [place, strengthBits, pairs, a, b] = read;
  return { place, strengthBits, pairs, a, b };
};

/** Those first at whose ends a child is at risk now, each part in the order that it came in. */
const riskFirst = (listed: readonly Ranked[], atRisk: ReadonlySet<string>) => {
  const place = ({ a, b }: RankedKey): number => (atRisk.has(a) || atRisk.has(b) ? 0 : 1);
  if (atRisk.size === 0) return { inOrder: listed, place };
  return { inOrder: [0, 1].flatMap((wanted) => listed.filter((one) => place(one) === wanted)), place };
};

export const readConnections = async (
  trx: Trx,
  ranked: readonly Ranked[],
  { between, scope, pairs, leads, state, cursor, limit }: PageAsked,
): Promise<ConnectionPage> => {
  const after = keyIn(cursor);
  const ends = scope === null ? null : await readEndsIn(trx, between, scope);
  const all =
    ends === null && pairs === null
      ? ranked
      : ranked.filter(
          ({ a, b }) => (ends === null || ends.has(a) || ends.has(b)) && (pairs === null || pairs.has(`${a}_${b}`)),
        );
  // Those below chance come last.
  const firstLead = firstWhere(all, ({ isLead }) => isLead);
  const listed = leads ? all.slice(firstLead) : all.slice(0, firstLead);
  const shown =
    state === undefined
      ? listed
      : (await readJudged(trx, between, listed)).flatMap((one) => (one.now.state === state ? [one.ranked] : []));
  const { inOrder, place } = riskFirst(shown, await readEndsAtRisk(trx));
  const isAfter = (one: Ranked, key: Key): boolean => (place(one) - key.place || compareRanked(one, key)) > 0;
  const from = after === null ? 0 : firstWhere(inOrder, (one) => isAfter(one, after));
  const cursorOf = (one: Ranked): Cursor => [place(one), one.strengthBits, one.pairs, one.a, one.b];
  const page = toPage(inOrder.slice(from, from + limit + 1), limit, inOrder.length, cursorOf, (one) => one);
  return {
    ...page,
    items: await told(trx, between, await readJudged(trx, between, page.items)),
    leads: all.length - firstLead,
  };
};

export type RankedReason = Ranked['reasons'][number];

/** Of each medium and what it names, by both. */
type NamePlaces = ReadonlyMap<string, NamePlace>;

/** Where chats name what is common to them. */
const placesOf = async (trx: Trx, ranked: readonly Ranked[]): Promise<NamePlaces> => {
  const asked = ranked.flatMap(({ reasons }) =>
    reasons.flatMap(({ mediaA, mediaB, name }) =>
      name === undefined ? [] : [mediaA, mediaB].map((mediaId) => ({ mediaId, key: name })),
    ),
  );
  const places = await placesOfNames(trx, asked);
  return new Map(places.map((place) => [`${place.mediaId} ${place.key}`, place]));
};

/** Null where the match has gone. */
export const toReason = (
  reason: RankedReason,
  matches: ReadonlyMap<string, MatchOfReason>,
  places: NamePlaces = new Map(),
): ConnectionReason | null => {
  const { cause, grade, mediaA, mediaB, bits, holders, comparisons, strengthBits } = reason;
  const match = reason.matchId === null ? undefined : matches.get(reason.matchId);
  if (reason.matchId !== null && match === undefined) return null;
  const counted = match?.reasons.find(({ method }) => method === match.method)?.counted ?? null;
  return {
    cause,
    grade,
    mediaA,
    mediaB,
    bits,
    counted,
    holders,
    comparisons,
    strengthBits,
    words: words(reason, match, places),
  };
};

/** Many lines say `the same file`: how many files tells them apart. */
const words = (
  { device, grade, mediaA, mediaB, name, pairs }: RankedReason,
  match: MatchOfReason | undefined,
  places: NamePlaces,
): string => {
  if (name !== undefined) {
    const [a, b] = [mediaA, mediaB].map((media) => placeInWords(places.get(`${media} ${name}`)));
    const what = name.startsWith('group') ? 'Both are exports of one group' : `Both name the ${chatNameInWords(name)}`;
    return `${what}: ${a}; ${b}${pairs > 1 ? `; ${pairs} names in all` : ''}.`;
  }
  if (device !== null) return `Both name the ${deviceInWords(device)}${pairs > 1 ? `; ${pairs} devices in all` : ''}.`;
  if (match === undefined)
    return pairs > 1 ? `${pairs} pairs of files are the same, byte for byte.` : 'The same file, byte for byte.';
  return matchInWords({
    ...match,
    grade,
    reasons: match.mediaA === mediaA ? match.reasons : exchangedReasons(match.reasons),
  });
};

/** `a member of "Stamps"`, `message 12 of "Stamps"`. */
const placeInWords = (place: NamePlace | undefined): string => {
  if (place === undefined) return 'a chat';
  const chat = place.subject === null ? 'a chat' : `"${place.subject}"`;
  if (place.position !== null) return `message ${place.position} of ${chat}`;
  return place.key.startsWith('group') ? chat : `a member of ${chat}`;
};
