// What the server asks the searcher: searches by picture, and the lists about a digest. The searcher holds what is read of lists, and
// the process that serves the web does not.
import type { PictureResult } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type ListAnswer, type Store } from '../../store/index.js';
import { answerPicture, type PictureOrder } from './by-picture.js';

export type SearchOrder =
  | ({ readonly op: 'picture' } & PictureOrder)
  | { readonly op: 'lists'; readonly ctx: Context; readonly digest: Uint8Array };

export interface SearchReplies {
  readonly picture: PictureResult;
  readonly lists: ListAnswer;
}
export type SearchReply = SearchReplies[SearchOrder['op']];

/** The searcher as the server sees it. Errors: what the order fails with; SEARCH_UNAVAILABLE. */
export interface SearchDoor {
  ask<O extends SearchOrder>(order: O): Promise<SearchReplies[O['op']]>;
}

/** Of the lists that the asker may use. Errors: HASH_INVALID. */
export const askLists = (store: Store, ctx: Context, digest: Uint8Array): Promise<ListAnswer> =>
  withContext(store.app, ctx, (trx) => store.lists.ask(trx, Buffer.from(digest)));

export const answerSearches = (store: Store<'app' | 'matcher'>): SearchDoor['ask'] => {
  const byPicture = answerPicture(store);
  const answer = (order: SearchOrder): Promise<SearchReply> =>
    order.op === 'picture' ? byPicture(order) : askLists(store, order.ctx, order.digest);
  return answer as SearchDoor['ask'];
};
