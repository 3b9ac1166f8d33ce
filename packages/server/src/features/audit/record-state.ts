// How the sealed record of the viewer's agency stands: how long it is, what waits, its head, its anchors, when it was verified.
import { sql } from 'kysely';
import type { RecordState } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { readSigningKeys, withContext, type Store, type Trx } from '../../store/index.js';
import { sealingOf } from '../status/index.js';

const ANCHORS_SHOWN = 5;

interface HeadRow {
  readonly size: number;
  readonly root: string;
  readonly at: Date;
  readonly key: string;
}

export const readRecordState = (store: Store, ctx: Context): Promise<RecordState> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const head = await lastHead(trx);
      const { count, oldest } = await waitingOf(trx);
      const keys = await readSigningKeys(trx);
      return {
        log: ctx.actor.agencyId,
        size: head?.size ?? 0,
        waiting: count,
        oldestWaitingAt: oldest?.toISOString() ?? null,
        head: head === null ? null : { ...head, at: head.at.toISOString() },
        ...(await sealingOf(store, trx)),
        anchors: await anchorsOf(trx),
        verified: await lastVerify(trx),
        keys: keys.map(({ at, key, previous, publicKey }) => ({
          key,
          publicKey: publicKey.toString('hex'),
          previous,
          at: new Date(at).toISOString(),
        })),
      };
    },
    { access: 'read only' },
  );

const lastHead = async (trx: Trx): Promise<HeadRow | null> => {
  const { rows } = await sql<HeadRow>`select size, encode(root, 'hex') as root, at, key from audit_heads
    where agency_id = app_agency() order by size desc limit 1`.execute(trx);
  return rows[0] ?? null;
};

const waitingOf = async (trx: Trx): Promise<{ count: number; oldest: Date | null }> => {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`select count(*) as count, min(e.at) as oldest
    from audit_waiting w join audit_events e on e.uid = w.uid where w.agency_id = app_agency()`.execute(trx);
  return rows[0] ?? { count: 0, oldest: null };
};

const anchorsOf = async (trx: Trx): Promise<RecordState['anchors']> => {
  const { rows } = await sql<{ kind: 'file' | 'tsa'; at: Date; size: number }>`
    select kind, at, size from own_anchors(${ANCHORS_SHOWN})`.execute(trx);
  return rows.map(({ at, kind, size }) => ({ kind, at: at.toISOString(), size }));
};

const lastVerify = async (trx: Trx): Promise<RecordState['verified']> => {
  const { rows } = await sql<{ at: Date; failed: number }>`select at, (detail ->> 'failed')::integer as failed
    from audit_events where agency_id = app_agency() and type = 'verify' order by at desc limit 1`.execute(trx);
  return rows[0] === undefined ? null : { at: rows[0].at.toISOString(), failed: rows[0].failed };
};
