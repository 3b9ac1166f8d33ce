// Notices: what the program has to tell a person, and which of it they have seen. Each sees their own, nobody anybody else's.
import type { Notice } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store } from '../../store/index.js';
import { markRead, readNotices, type NoticeFilter } from './queries.js';

export const listNotices = (store: Store, ctx: Context, filter: NoticeFilter): Promise<Page<Notice>> =>
  withContext(store.app, ctx, (trx) => readNotices(trx, filter));

/** Errors: NOT_FOUND. */
export const readNotice = (store: Store, ctx: Context, id: string): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    if (!(await markRead(trx, id))) throw fail('NOT_FOUND', 'no such notice');
  });

export const readAllNotices = async (store: Store, ctx: Context): Promise<void> => {
  await withContext(store.app, ctx, (trx) => markRead(trx, null));
};
