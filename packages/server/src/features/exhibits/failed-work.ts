// What a person does about work that failed: has it tried again, or sets the file aside so that no worker opens it.
import { sql } from 'kysely';
import type { WorkChanged } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { readExhibits } from './queries.js';

/** Errors: NOT_FOUND, also for an exhibit of another agency. */
const requireOwn = async (trx: Trx, ctx: Context, id: string): Promise<void> => {
  const [exhibit] = await readExhibits(trx, { id });
  if (exhibit?.agency.id !== ctx.actor.agencyId) throw fail('NOT_FOUND', 'no such exhibit of your agency');
};

const done = async (trx: Trx, query: ReturnType<typeof sql<WorkChanged>>): Promise<number> =>
  (await query.execute(trx)).rows[0]?.media ?? 0;

/**
 * Of an exhibit everything that failed, or of these media what failed or was set aside: queued as if it were new, compared anew after that.
 * Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, WORK_NOT_FAILED.
 */
export const retryFailedWork = (
  store: Store,
  ctx: Context,
  { exhibit, media }: { readonly exhibit: string; readonly media?: readonly string[] | undefined },
): Promise<WorkChanged> => {
  requireRight(ctx, 'retry failed work');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    await requireOwn(trx, ctx, exhibit);
    const named = media === undefined ? sql`null::uuid[]` : sql`${[...media]}::uuid[]`;
    const count = await done(trx, sql<WorkChanged>`select retry_failed_work(${exhibit}::uuid, ${named}) as media`);
    if (count === 0) throw fail('WORK_NOT_FAILED', nothing(media));
    await audit(trx, ctx, { type: 'work-retry', object: { kind: 'exhibit', id: exhibit }, detail: { media: count } });
    return { media: count };
  });
};

/** Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, WORK_NOT_FAILED. */
export const setFailedWorkAside = (
  store: Store,
  ctx: Context,
  { exhibit, media, reason }: { readonly exhibit: string; readonly media: readonly string[]; readonly reason: string },
): Promise<WorkChanged> => {
  requireRight(ctx, 'retry failed work');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    await requireOwn(trx, ctx, exhibit);
    const why = `${ctx.actor.login}: ${reason}`;
    const count = await done(
      trx,
      sql<WorkChanged>`select set_failed_work_aside(${exhibit}::uuid, ${[...media]}::uuid[], ${why}) as media`,
    );
    if (count === 0) throw fail('WORK_NOT_FAILED', nothing(media));
    await audit(trx, ctx, {
      type: 'work-set-aside',
      object: { kind: 'exhibit', id: exhibit },
      detail: { media: count, reason },
    });
    return { media: count };
  });
};

const nothing = (media: readonly string[] | undefined): string =>
  media === undefined ? 'nothing of this exhibit failed, or all of it was set aside' : `media ${media.join(', ')}`;
