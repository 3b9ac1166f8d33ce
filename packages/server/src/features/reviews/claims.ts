// Claims: a stretch of a review is one person's for a while, so that two colleagues do not look at the same. They end by themselves, with a
// vote, or when they are let go.
import { sql } from 'kysely';
import type { ClaimAsk, Claimed } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { lockName, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { claimsOfOthers } from '../verdicts/index.js';
import { idsOf } from './queries.js';
import { requireReview } from './service.js';

/** Longer than a pause between two keys, shorter than one for coffee. */
const CLAIM_MS = 10 * 60_000;

const claim = async (trx: Trx, { actor }: Context, ids: readonly string[], until: Date): Promise<number> => {
  await sql`delete from review_claims where agency_id = app_agency() and media_id = any(${[...ids]}::uuid[]) and until <= now()`.execute(
    trx,
  );
  const { rows } = await sql`
    insert into review_claims (agency_id, media_id, user_id, login, until)
    select ${actor.agencyId}::uuid, x.id, ${actor.userId}::uuid, ${actor.login}, ${until} from unnest(${[...ids]}::uuid[]) as x (id)
    where exists (select from occurrences o where o.media_id = x.id) order by x.id
    on conflict (agency_id, media_id) do update set until = excluded.until
      where review_claims.user_id = excluded.user_id
    returning media_id`.execute(trx);
  return rows.length;
};

/** Claims what nobody is at, and renews what is one's own. Errors: FORBIDDEN, NOT_FOUND. */
export const claimStretch = (store: Store, ctx: Context, id: string, stretch: ClaimAsk): Promise<Claimed> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    await requireReview(trx, id);
    const ids = (await idsOf(trx, id, stretch)).map((one) => one.id);
    // Two claims of an agency at once: the second waits for the first, and is told of it.
    await lockName(trx, `claims ${ctx.actor.agencyId}`);
    const others = new Set((await claimsOfOthers(trx, ids)).map(({ mediaId }) => mediaId));
    const until = new Date(Date.now() + CLAIM_MS);
    const free = ids.filter((one) => !others.has(one));
    return { own: await claim(trx, ctx, free, until), others: others.size, until: until.toISOString() };
  });
};

/** Lets go of all that one claimed, in whatever review. */
export const releaseClaims = (store: Store, ctx: Context): Promise<{ readonly released: number }> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    const { rows } =
      await sql`delete from review_claims where agency_id = app_agency() and user_id = app_user() returning media_id`.execute(
        trx,
      );
    return { released: rows.length };
  });
};
