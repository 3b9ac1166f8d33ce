// Anchors of the record, for whoever reads the record of their agency.
import { sql } from 'kysely';
import type { RecordState } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { instantText, withContext, type Anchor, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { sealingOf } from '../status/index.js';

export interface ListedAnchor extends Pick<Anchor, 'number' | 'kind' | 'place' | 'at'> {
  /** Events of the reader's log that it covers. */
  readonly size: number;
}

/** Newest first. Errors: FORBIDDEN. */
export const listAnchors = async (
  store: Store<'app' | 'sealer'>,
  ctx: Context,
  limit: number,
): Promise<{ readonly anchors: ListedAnchor[]; readonly places: RecordState['places'] }> => {
  requireRight(ctx, "read the agency's audit record");
  const { rows } = await sql<ListedAnchor>`
    select a.number, a.kind, a.place, ${instantText('a.at')} as at, coalesce((select h.size from audit_heads h
      where h.agency_id = ${ctx.actor.agencyId} and h.round <= a.round order by h.round desc limit 1), 0) as size
    from audit_anchors a order by a.number desc limit ${limit}`.execute(store.sealer);
  const { places } = await withContext(store.app, ctx, (trx) => sealingOf(store, trx));
  return { anchors: rows, places };
};
