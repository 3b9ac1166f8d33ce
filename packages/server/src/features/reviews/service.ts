// A review: the tiles of a query in an order that stays, for one person. Every window is read anew as that person: what they no longer see
// is missing from it, and what has changed is told as it is now.
import {
  isAcross,
  type Review,
  type ReviewBegin,
  type ReviewChange,
  type ReviewShape,
  type ReviewTile,
  type ReviewWindow,
  type TileQuery,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireScope, scopeOf } from '../funnel/index.js';
import { readTiles, requireContentStep } from '../stacks/index.js';
import {
  fillReview,
  forgetOld,
  idsOf,
  keptReviews,
  marksOf,
  mediaAround,
  placeOf,
  ratiosOf,
  requireRoomToKeep,
  reviewById,
} from './queries.js';

/** One's own. Errors: NOT_FOUND, alike for somebody else's. */
export const requireReview = async (trx: Trx, id: string): Promise<Review> => {
  const review = await reviewById(trx, id);
  if (review === null) throw fail('NOT_FOUND', 'no such review of yours');
  return review;
};

/** Errors: NOT_FOUND for a scope that does not exist or is not shared, REQUEST_INVALID for a step of files. */
export const beginReview = (store: Store, ctx: Context, { query, at }: ReviewBegin): Promise<Review> => {
  const scope = scopeOf(query);
  requireContentStep(query.step);
  return withContext(store.app, ctx, async (trx) => {
    if (scope !== null) await requireScope(trx, scope);
    await forgetOld(trx);
    const { id } = await trx
      .insertInto('reviews')
      .values({ agency_id: ctx.actor.agencyId, user_id: ctx.actor.userId, name: null, query: JSON.stringify(query) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await fillReview(trx, id, query);
    const place = at === undefined ? null : await placeOf(trx, id, at);
    if (place !== null) await trx.updateTable('reviews').set({ place }).where('id', '=', id).execute();
    return requireReview(trx, id);
  });
};

/** Kept ones, last used first. */
export const listReviews = (store: Store, ctx: Context): Promise<Review[]> =>
  withContext(store.app, ctx, keptReviews, { access: 'read only' });

export const showReview = (store: Store, ctx: Context, id: string): Promise<Review> =>
  withContext(store.app, ctx, (trx) => requireReview(trx, id), { access: 'read only' });

/** Keeps it under a name, lets it go, or notes where its person is. Errors: NOT_FOUND, REVIEW_NAME_TAKEN, REVIEWS_TOO_MANY. */
export const changeReview = (store: Store, ctx: Context, id: string, { name, place }: ReviewChange): Promise<Review> =>
  withContext(store.app, ctx, async (trx) => {
    const review = await requireReview(trx, id);
    if (name !== undefined && name !== null) {
      if (review.name === null) await requireRoomToKeep(trx, ctx.actor.userId);
      const taken = await trx.selectFrom('reviews').select('id').where('name', '=', name).executeTakeFirst();
      if (taken !== undefined && taken.id !== id)
        throw fail('REVIEW_NAME_TAKEN', saying`you keep another review as ${name}`);
    }
    await trx
      .updateTable('reviews')
      .set({
        used_at: new Date(),
        ...(name === undefined ? {} : { name }),
        ...(place === undefined ? {} : { place }),
      })
      .where('id', '=', id)
      .execute();
    return requireReview(trx, id);
  });

/** Errors: NOT_FOUND. */
export const shapeOf = (store: Store, ctx: Context, id: string): Promise<ReviewShape> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const { total } = await requireReview(trx, id);
      return { total, ratios: (await ratiosOf(trx, id)).toString('base64') };
    },
    { access: 'read only' },
  );

/** A window is of named media: what else the query asked was decided when the review began, and is not asked again. */
const asNamed = ({ operation, case: caseId, exhibit, sort, collapse }: TileQuery, limit: number) => ({
  ...{ operation, case: caseId, exhibit, sort, collapse },
  limit,
});

/** Errors: NOT_FOUND. */
export const readWindow = (
  store: Store,
  ctx: Context,
  id: string,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<ReviewWindow> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const { query } = await requireReview(trx, id);
      const wanted = await idsOf(trx, id, { from, to: from + limit - 1 });
      const ids = wanted.map((one) => one.id);
      if (ids.length === 0) return { from, items: [] };
      const page = await readTiles(trx, scopeOf(query), asNamed(query, ids.length), {
        only: mediaAround(ids),
        first: ids,
      });
      const [tiles, marks] = [new Map(page.items.map((tile) => [tile.mediaId, tile])), await marksOf(trx, ids)];
      const items = wanted.flatMap(({ id: mediaId, place }): ReviewTile[] => {
        const [tile, mark] = [tiles.get(mediaId), marks.get(mediaId)];
        if (tile === undefined || mark === undefined) return [];
        return [{ ...tile, step: stepOf(query), ...mark, place }];
      });
      return { from, items };
    },
    { access: 'read only' },
  );

/** What the query asked for holds for each of its tiles; `unique` holds others, and some lie across them. */
const stepOf = ({ step }: TileQuery): ReviewTile['step'] =>
  step === undefined || step === 'unique' || isAcross(step) ? null : step;
