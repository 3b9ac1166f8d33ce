// From evidence to connections: scored by the core, put in order, a page of them told in words.
import type { Connection, ConnectionEnds, ConnectionPage, ConnectionReason } from '@redthread/core/contract';
import {
  connectionState,
  exchangedReasons,
  gradeRank,
  type ConnectionState,
  type GradeCount,
  type StateNow,
} from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { scoreConnection, type ConnectionScore } from '@redthread/core/graph';
import { readCursor, toPage } from '../../app/http/paging.js';
import type { Trx } from '../../store/index.js';
import { matchInWords } from '../matches/index.js';
import { readInForce, toDecision, type DecisionRow } from './decisions.js';
import { readEnds, readEvidence, readMatches, type Asked, type EvidenceRow, type MatchOfReason } from './queries.js';

interface Scored extends ConnectionScore<EvidenceRow> {
  readonly a: string;
  readonly b: string;
  readonly pairs: number;
  /** By grade, the strongest grade first. */
  readonly counts: readonly GradeCount[];
  readonly now: StateNow;
  /** In force, of whatever agency. */
  readonly decisions: readonly DecisionRow[];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Key = readonly [strengthBits: number, pairs: number, a: string, b: string];
const keyOf = ({ strengthBits, pairs, a, b }: Scored): Key => [strengthBits, pairs, a, b];

/** Strongest first; where they are equal, more pairs come first. */
const compareKeys = (x: Key, y: Key): number =>
  y[0] - x[0] || y[1] - x[1] || compareText(x[2], y[2]) || compareText(x[3], y[3]);

const countsOf = (rows: readonly EvidenceRow[]): GradeCount[] =>
  rows.map(({ grade, pairs }) => ({ grade, pairs })).sort((x, y) => gradeRank(x.grade) - gradeRank(y.grade));

/** Everything that connects, and everything that is a lead, in order. */
export const readScored = async (trx: Trx, asked: Asked): Promise<Scored[]> => {
  const byPair = new Map<string, EvidenceRow[]>();
  const inForce = await readInForce(trx, asked.between);
  const now = new Date();
  for (const row of await readEvidence(trx, asked)) {
    const key = `${row.a}_${row.b}`;
    const rows = byPair.get(key);
    if (rows === undefined) byPair.set(key, [row]);
    else rows.push(row);
  }
  return [...byPair.values()]
    .flatMap((rows): Scored[] => {
      const [score, first] = [scoreConnection(rows), rows[0]];
      if (score === null || first === undefined) return [];
      const { a, b } = first;
      const counts = countsOf(rows);
      const decisions = inForce.get(`${a}_${b}`) ?? [];
      return [
        {
          ...score,
          a,
          b,
          counts,
          pairs: counts.reduce((sum, { pairs }) => sum + pairs, 0),
          decisions,
          now: connectionState(decisions.find(({ own }) => own) ?? null, counts, now),
        },
      ];
    })
    .sort((x, y) => compareKeys(keyOf(x), keyOf(y)));
};

/** In words: their ends and matches are read for these alone. */
export const told = async (trx: Trx, between: ConnectionEnds, scored: readonly Scored[]): Promise<Connection[]> => {
  const ends = await readEnds(
    trx,
    between,
    scored.flatMap(({ a, b }) => [a, b]),
  );
  const matches = await readMatches(
    trx,
    scored.flatMap(({ reasons }) => reasons.flatMap(({ matchId }) => (matchId === null ? [] : [matchId]))),
  );
  return scored.map((one) => {
    const [a, b] = [ends.get(one.a), ends.get(one.b)];
    const [strongest, ...further] = one.reasons.map((reason) => toReason(reason, matches));
    if (a === undefined || b === undefined || strongest === undefined)
      throw fail('INTERNAL', 'a connection without its ends');
    return {
      id: `${between}_${one.a}_${one.b}`,
      between,
      a,
      b,
      counts: [...one.counts],
      strengthBits: one.strengthBits,
      isLead: one.isLead,
      causes: [...one.causes],
      strongest,
      further,
      ...one.now,
      decision: one.decisions.filter(({ own }) => own).map(toDecision)[0] ?? null,
      opinions: one.decisions.filter(({ own }) => !own).map(toDecision),
    };
  });
};

export interface PageAsked extends Asked {
  readonly leads: boolean;
  readonly state?: ConnectionState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export const readConnections = async (
  trx: Trx,
  { leads, state, cursor, limit, ...asked }: PageAsked,
): Promise<ConnectionPage> => {
  const after = readCursor<[number, number, string, string]>(cursor, ['number', 'number', 'string', 'string']);
  const all = await readScored(trx, asked);
  const shown = all.filter(({ isLead, now }) => isLead === leads && (state === undefined || now.state === state));
  const rest = after === null ? shown : shown.filter((one) => compareKeys(keyOf(one), after) > 0);
  const { items, next, total } = toPage(rest.slice(0, limit + 1), limit, shown.length, keyOf, (one) => one);
  return {
    items: await told(trx, asked.between, items),
    next,
    total,
    leads: all.filter(({ isLead }) => isLead).length,
  };
};

type ScoredReason = ConnectionScore<EvidenceRow>['reasons'][number];

const toReason = (reason: ScoredReason, matches: ReadonlyMap<string, MatchOfReason>): ConnectionReason => {
  const { cause, grade, mediaA, mediaB, bits, holders, comparisons, strengthBits } = reason;
  const match = reason.matchId === null ? undefined : matches.get(reason.matchId);
  return { cause, grade, mediaA, mediaB, bits, holders, comparisons, strengthBits, words: words(reason, match) };
};

/** Many lines say `the same file`: how many files tells them apart. */
const words = ({ grade, pairs, mediaA }: ScoredReason, match: MatchOfReason | undefined): string => {
  if (match === undefined)
    return pairs > 1 ? `${pairs} pairs of files are the same, byte for byte.` : 'The same file, byte for byte.';
  return matchInWords({
    ...match,
    grade,
    reasons: match.mediaA === mediaA ? match.reasons : exchangedReasons(match.reasons),
  });
};
