// Confirms, rejects, snoozes or opens a connection again, for the agency of whoever decides; and shows one with all that was said.
import type { ConnectionDecide, ConnectionEnds, ConnectionFile } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { insertDecision, readHistory, toDecision } from './decisions.js';
import { endsOf, type NamedEnds } from './id.js';
import { oneOfSeries } from './of-series.js';
import { readJudged, told } from './read.js';
import { rankedFor } from './seen.js';

type FileOf = (trx: Trx) => Promise<ConnectionFile>;

const notFound = (): Error => fail('NOT_FOUND', 'no such connection');

/** Of exhibits and cases: from what is kept of the sight, which is asked before the transaction begins. */
const fileOfRanked = async (
  store: Store,
  ctx: Context,
  between: ConnectionEnds,
  pair: NamedEnds['pair'],
): Promise<FileOf> => {
  const ranked = (await rankedFor(store, ctx, between)).filter(({ a, b }) => a === pair[0] && b === pair[1]);
  return async (trx) => {
    const [connection] = await told(trx, between, await readJudged(trx, between, ranked));
    if (connection === undefined) throw notFound();
    return { connection, decisions: (await readHistory(trx, between, pair)).map(toDecision) };
  };
};

const fileOf = async (store: Store, ctx: Context, id: string): Promise<FileOf> => {
  const { between, pair } = endsOf(id);
  if (between === 'exhibits' || between === 'cases') return fileOfRanked(store, ctx, between, pair);
  return async (trx) => {
    const found = await oneOfSeries(trx, between === 'series' ? 'series' : 'cases', pair);
    if (found === null) throw notFound();
    return { connection: found.connection, decisions: found.said.map(toDecision) };
  };
};

/** Errors: NOT_FOUND, alike where nothing connects the two and where the viewer does not see both. */
export const readConnection = async (store: Store, ctx: Context, id: string): Promise<ConnectionFile> =>
  withContext(store.app, ctx, await fileOf(store, ctx, id), { access: 'read only' });

/** Errors: FORBIDDEN, NOT_FOUND, REQUEST_INVALID for a snooze without a time to come, or where nothing was decided that could be opened. */
export const decide = (store: Store, ctx: Context, id: string, asked: ConnectionDecide): Promise<ConnectionFile> => {
  requireRight(ctx, 'judge connections');
  return decideOn(store, ctx, id, asked);
};

const decideOn = async (
  store: Store,
  ctx: Context,
  id: string,
  { state, reason, until = null }: ConnectionDecide,
): Promise<ConnectionFile> => {
  const read = await fileOf(store, ctx, id);
  return withContext(store.app, ctx, async (trx) => {
    const { connection } = await read(trx);
    if ((state === 'snoozed') !== (until !== null && Date.parse(until) > Date.now()))
      throw fail('REQUEST_INVALID', 'a snooze has a time to come at which it ends, and nothing else has one', {
        pointer: '/until',
      });
    if (state === 'reopened' && (connection.decision === null || connection.decision.state === 'reopened'))
      throw fail('REQUEST_INVALID', 'your agency has decided nothing here that could be opened again', {
        pointer: '/state',
      });
    const { between, pair } = endsOf(id);
    const decision = await insertDecision(trx, ctx.actor, {
      ends: between,
      pair,
      state,
      reason,
      until,
      counts: connection.counts,
    });
    await audit(trx, ctx, {
      type: 'connection-decision',
      object: { kind: 'connection', id },
      detail: { decision, state, reason },
    });
    return read(trx);
  });
};
