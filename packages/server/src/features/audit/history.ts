// The history of one item, for everybody who may see the item: what people of the viewer's own agency did with it. Sharing a case
// shares what is in it, not who looked at it: nobody of another agency appears here.
import { sql, type RawBuilder } from 'kysely';
import type { AuditEvent } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireCase } from '../cases/index.js';
import { requireMedia } from '../media/index.js';
import { readAudit } from './queries.js';

export type HistoryOf = { readonly media: string } | { readonly case: string };

interface PageInput {
  readonly type?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Of a case with its exhibits. */
const aboutCase = (id: string): RawBuilder<unknown> => sql`(e.object_kind in ('case', 'exhibit') and e.object_id = any(
  array(select x.id::text from exhibits x where x.case_id = ${id}::uuid union all select ${id})))`;
const aboutMedia = (id: string): RawBuilder<unknown> => sql`(e.object_kind = 'media' and e.object_id = ${id})`;

/** Errors: NOT_FOUND, alike for what is unknown and what is hidden. */
export const requireItem = (trx: Trx, of: HistoryOf): Promise<void> =>
  'media' in of ? requireMedia(trx, of.media) : requireCase(trx, of.case);

export const aboutItem = (of: HistoryOf): RawBuilder<unknown> =>
  'media' in of ? aboutMedia(of.media) : aboutCase(of.case);

/** Newest first. Errors: NOT_FOUND. */
export const itemHistory = (store: Store, ctx: Context, of: HistoryOf, input: PageInput): Promise<Page<AuditEvent>> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await requireItem(trx, of);
      return readAudit(trx, { ...input, userId: null, about: aboutItem(of) });
    },
    { access: 'read only' },
  );
