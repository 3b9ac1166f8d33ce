// What one case or exhibit connects with, and what that connects with: two hops, for the viewer and their agency.
import type { ConnectionEnds, ConnectionExpansion, ReachedEnd } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { expand, tiesByEnd, type Reached, type TiesByEnd } from '@redthread/core/graph';
import { readCursor, toPage } from '../../app/http/paging.js';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireScope, scopeOf, type ScopeInput } from '../funnel/index.js';
import { readEnds } from './queries.js';
import type { Ranked } from './ranking.js';
import { connectionId } from './id.js';
import { readJudged, readRejected, told } from './read.js';
import { rankedFor } from './seen.js';

export interface ExpandInput extends Omit<ScopeInput, 'operation'> {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type ReachedBy = Reached<Ranked>;

/** Made once of each ranking, which is never changed. */
const ofRankings = new WeakMap<readonly Ranked[], TiesByEnd<Ranked>>();

const tiesOf = (ranked: readonly Ranked[]): TiesByEnd<Ranked> => {
  const ties = ofRankings.get(ranked) ?? tiesByEnd(ranked);
  ofRankings.set(ranked, ties);
  return ties;
};

/** Leads lead nowhere, nor does what the own agency rejected. Errors: REQUEST_INVALID, NOT_FOUND alike for unknown and hidden ends. */
export const expandConnections = async (
  store: Store,
  ctx: Context,
  { cursor, limit, ...input }: ExpandInput,
): Promise<ConnectionExpansion> => {
  const scope = scopeOf(input);
  if (scope === null) throw fail('REQUEST_INVALID', 'name the case or the exhibit to begin with');
  const between = scope.kind === 'exhibit' ? 'exhibits' : 'cases';
  const ranked = await rankedFor(store, ctx, between, (trx) => requireScope(trx, scope));
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const start = (await readEnds(trx, between, [scope.id])).get(scope.id);
      if (start === undefined) throw fail('NOT_FOUND', saying`no such ${scope.kind}`);
      const after = readCursor<[number, number, string]>(cursor, ['number', 'number', 'string']);
      const ties = tiesOf(ranked);
      const rejected = await readRejected(trx, between, (a, b) => ties.get(a)?.find((tie) => tie.b === b));
      const reached = expand(ties, scope.id, (tie) => !tie.isLead && !rejected.has(tie));
      const from = after === null ? 0 : reached.findIndex((one) => compareKeys(keyOf(one), after) > 0);
      const rest = from < 0 ? [] : reached.slice(from, from + limit + 1);
      const page = toPage(rest, limit, reached.length, keyOf, (one) => one);
      return { ...page, items: await inWords(trx, between, page.items), start };
    },
    { access: 'read only' },
  );
};

type Key = readonly [hops: number, strengthBits: number, end: string];
const keyOf = ({ hops, strengthBits, end }: ReachedBy): Key => [hops, strengthBits, end];
const compareKeys = (x: Key, y: Key): number => x[0] - y[0] || y[1] - x[1] || (x[2] < y[2] ? -1 : x[2] > y[2] ? 1 : 0);

/** What has gone since it was ranked is left out. */
const inWords = async (trx: Trx, between: ConnectionEnds, reached: readonly ReachedBy[]): Promise<ReachedEnd[]> => {
  const ways = [...new Set(reached.flatMap(({ path }) => path))];
  const connections = await told(trx, between, await readJudged(trx, between, ways));
  const byId = new Map(connections.map((one) => [one.id, one]));
  return reached.flatMap(({ end: id, path, ...rest }): ReachedEnd[] => {
    const way = path.flatMap(({ a, b }) => byId.get(connectionId(between, a, b)) ?? []);
    const last = way.at(-1);
    if (last === undefined || way.length < path.length) return [];
    const { a, b } = last;
    return [{ ...rest, end: (a.exhibitId ?? a.caseId) === id ? a : b, path: way }];
  });
};
