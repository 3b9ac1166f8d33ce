// What connects a series with other series, or with cases: by the same rule as exhibits and cases, worked out for the one series whenever it
// is asked for, and decided on like these.
import type { SeriesConnection, SeriesConnections } from '@redthread/core/contract';
import { connectionState, type ConnectionState, type Context } from '@redthread/core/domain';
import { scoreConnection } from '@redthread/core/graph';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { seriesWithMedia, type SeriesMedia } from '../entities/index.js';
import { lastOfEach, readOfSeries, toDecision, type DecisionRow } from './decisions.js';
import { connectionId } from './id.js';
import { readMatches } from './queries.js';
import { countsOf } from './ranking.js';
import { toReason, type RankedReason } from './read.js';
import { evidenceOfSeries, type SeriesEvidence, type WithEnds } from './series-evidence.js';

interface Input {
  readonly id: string;
  readonly with: WithEnds;
  /** Undefined: both. */
  readonly leads: boolean | undefined;
  readonly state?: ConnectionState | undefined;
  readonly limit: number;
}

const KIND = { series: 'series', cases: 'series-cases' } as const;

type Scored = ReturnType<typeof scoredOf>[number];

/** Strongest first. */
const scoredOf = ({ pairs }: SeriesEvidence) =>
  pairs
    .flatMap((rows) => {
      const [score, first] = [scoreConnection(rows), rows[0]];
      return score === null || first === undefined ? [] : [{ ...score, end: first.b, counts: countsOf(rows) }];
    })
    .sort((x, y) => y.strengthBits - x.strengthBits || (x.end < y.end ? -1 : 1));

/** Of a series with everything that is one with it: what was decided of a record that is one with an end was decided of the end. */
const judgeFor = async (trx: Trx, own: SeriesMedia, kind: WithEnds, records: SeriesEvidence['records']) => {
  const said = await readOfSeries(trx, KIND[kind], own.records);
  const now = new Date();
  return ({ end, counts }: Pick<Scored, 'end' | 'counts'>) => {
    const far = new Set(records(end));
    const all = said.filter(({ a, b }) => far.has(a) || far.has(b));
    const inForce = lastOfEach(all);
    return { all, inForce, ...connectionState(inForce.find((one) => one.own) ?? null, counts, now) };
  };
};

type Judge = Awaited<ReturnType<typeof judgeFor>>;

const toldOf = async (
  trx: Trx,
  { own, kind, named, judge }: { own: SeriesMedia; kind: WithEnds; named: SeriesEvidence['named']; judge: Judge },
  shown: readonly Scored[],
): Promise<SeriesConnection[]> => {
  const names = await named(shown.map(({ end }) => end));
  const matches = await readMatches(
    trx,
    shown.flatMap(({ reasons }) => reasons.flatMap(({ matchId }) => matchId ?? [])),
  );
  return shown.flatMap((one): SeriesConnection[] => {
    const { end, reasons, counts, strengthBits, isLead, causes } = one;
    const [strongest, ...further] = reasons.flatMap((reason: RankedReason) => toReason(reason, matches) ?? []);
    const name = names.get(end);
    if (strongest === undefined || name === undefined) return [];
    const { inForce, state, reopened } = judge(one);
    const decisions = (isOwn: boolean) => inForce.filter(({ own: mine }) => mine === isOwn).map(toDecision);
    const { id, name: ownName, agency } = own.series;
    return [
      {
        id: connectionId(KIND[kind], id, end),
        between: KIND[kind],
        own: { id, name: ownName, agency },
        ...name,
        counts,
        strengthBits,
        isLead,
        causes: [...causes],
        strongest,
        further,
        state,
        reopened,
        decision: decisions(true)[0] ?? null,
        opinions: decisions(false),
      },
    ];
  });
};

/** Strongest first. Errors: NOT_FOUND, alike for a series that is not there and one that is not shared. */
export const connectionsOfSeries = (
  store: Store,
  ctx: Context,
  { id, with: kind, leads, state, limit }: Input,
): Promise<SeriesConnections> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const own = await seriesWithMedia(trx, id);
      const evidence = await evidenceOfSeries(trx, own, kind);
      const judge = await judgeFor(trx, own, kind, evidence.records);
      const scored = scoredOf(evidence);
      const listed = scored.filter(
        (one) => (leads === undefined || one.isLead === leads) && (state === undefined || judge(one).state === state),
      );
      return {
        items: await toldOf(trx, { own, kind, named: evidence.named, judge }, listed.slice(0, limit)),
        total: listed.length,
        leads: scored.filter(({ isLead }) => isLead).length,
      };
    },
    { access: 'read only' },
  );

/** One of them with all that was ever decided on it, the last first; null where nothing connects the two. Errors: NOT_FOUND for the series. */
export const oneOfSeries = async (
  trx: Trx,
  kind: WithEnds,
  [id, other]: readonly [string, string],
): Promise<{ readonly connection: SeriesConnection; readonly said: readonly DecisionRow[] } | null> => {
  const own = await seriesWithMedia(trx, id);
  const evidence = await evidenceOfSeries(trx, own, kind);
  const judge = await judgeFor(trx, own, kind, evidence.records);
  const found = scoredOf(evidence).find(({ end }) => evidence.records(end).includes(other));
  if (found === undefined) return null;
  const [connection] = await toldOf(trx, { own, kind, named: evidence.named, judge }, [found]);
  return connection === undefined ? null : { connection, said: judge(found).all };
};
