// What the server asks the searcher: searches by picture, the lists about a digest, and searches that are kept. The searcher holds what is read of lists, and
// the process that serves the web does not.
import type { PictureResult, StandingKeep, StandingPictureKeep, StandingSearch } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type ListAnswer, type Store } from '../../store/index.js';
import { answerPicture, type PictureOrder } from './by-picture.js';
import { keepPicture, keepSearch, lookAgain } from './standing/service.js';

export type SearchOrder =
  | ({ readonly op: 'picture' } & PictureOrder)
  | { readonly op: 'lists'; readonly ctx: Context; readonly digest: Uint8Array }
  | { readonly op: 'keep'; readonly ctx: Context; readonly input: StandingKeep }
  | {
      readonly op: 'keep-picture';
      readonly ctx: Context;
      readonly input: StandingPictureKeep;
      readonly bytes: Uint8Array;
    }
  | { readonly op: 'look'; readonly ctx: Context; readonly id: string };

export interface SearchReplies {
  readonly picture: PictureResult;
  readonly lists: ListAnswer;
  readonly keep: StandingSearch;
  readonly 'keep-picture': StandingSearch;
  readonly look: StandingSearch;
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
  const answer = (order: SearchOrder): Promise<SearchReply> => {
    switch (order.op) {
      case 'picture':
        return byPicture(order);
      case 'lists':
        return askLists(store, order.ctx, order.digest);
      case 'keep':
        return keepSearch(store, order.ctx, order.input);
      case 'keep-picture':
        return keepPicture(store, order.ctx, order.input, order.bytes);
      case 'look':
        return lookAgain(store, order.ctx, order.id);
    }
  };
  return answer as SearchDoor['ask'];
};
