// Confirms, rejects, snoozes or opens a connection again, for the agency of whoever decides; and shows one with all that was said.
import type { ConnectionDecide, ConnectionEnds, ConnectionFile } from '@redthread/core/contract';
import { ConnectionId } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { insertDecision, readHistory, toDecision } from './decisions.js';
import type { Ranked } from './ranking.js';
import { readJudged, told } from './read.js';
import { rankedFor } from './seen.js';

interface Ends {
  readonly between: ConnectionEnds;
  readonly pair: readonly [string, string];
}

const endsOf = (id: string): Ends => {
  const [between, a, b] = ConnectionId.safeParse(id).data?.split('_') ?? [];
  if (a === undefined || b === undefined) throw fail('NOT_FOUND', 'no such connection');
  return { between: between === 'cases' ? 'cases' : 'exhibits', pair: [a, b] };
};

const rankedOf = async (store: Store, ctx: Context, id: string): Promise<Ranked[]> => {
  const { between, pair } = endsOf(id);
  return (await rankedFor(store, ctx, between)).filter(({ a, b }) => a === pair[0] && b === pair[1]);
};

const fileOf = async (trx: Trx, id: string, ranked: readonly Ranked[]): Promise<ConnectionFile> => {
  const { between, pair } = endsOf(id);
  const [connection] = await told(trx, between, await readJudged(trx, between, ranked));
  if (connection === undefined) throw fail('NOT_FOUND', 'no such connection');
  return { connection, decisions: (await readHistory(trx, between, pair)).map(toDecision) };
};

/** Errors: NOT_FOUND, alike where nothing connects the two and where the viewer does not see both. */
export const readConnection = async (store: Store, ctx: Context, id: string): Promise<ConnectionFile> => {
  const ranked = await rankedOf(store, ctx, id);
  return withContext(store.app, ctx, (trx) => fileOf(trx, id, ranked), { access: 'read only' });
};

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
  const ranked = await rankedOf(store, ctx, id);
  return withContext(store.app, ctx, async (trx) => {
    const { connection } = await fileOf(trx, id, ranked);
    if ((state === 'snoozed') !== (until !== null && Date.parse(until) > Date.now()))
      throw fail('REQUEST_INVALID', 'a snooze has a time to come at which it ends, and nothing else has one', {
        pointer: '/until',
      });
    if (state === 'reopened' && (connection.decision === null || connection.decision.state === 'reopened'))
      throw fail('REQUEST_INVALID', 'your agency has decided nothing here that could be opened again', {
        pointer: '/state',
      });
    const decision = await insertDecision(trx, ctx.actor, {
      ends: connection.between,
      pair: endsOf(id).pair,
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
    return fileOf(trx, id, ranked);
  });
};
