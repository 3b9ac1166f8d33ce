// One media's whole truth, as far as the viewer may see it.
import type { Media, Occurrence } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireScope, scopeOf, type ScopeInput } from '../funnel/index.js';
import { readOccurrences, type FileStep } from './occurrences.js';
import { mediaIsVisible, readMedia, stackMembers } from './queries.js';

interface PageInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Errors: NOT_FOUND, alike for unknown and hidden media. */
export const oneMedia = async (trx: Trx, id: string): Promise<Media> => {
  const media = (await readMedia(trx, [id])).get(id);
  if (media === undefined) throw fail('NOT_FOUND', 'no such media');
  return media;
};

export const requireMedia = async (trx: Trx, id: string): Promise<void> => {
  if (!(await mediaIsVisible(trx, id))) throw fail('NOT_FOUND', 'no such media');
};

export const showMedia = (store: Store, ctx: Context, id: string): Promise<Media> =>
  withContext(store.app, ctx, (trx) => oneMedia(trx, id));

/** Ids of the visible members of its stack, itself included. */
export const stackOf = (trx: Trx, id: string): Promise<string[]> => stackMembers(trx, id);

/** The stack of a media, itself included, best picture first. Errors: NOT_FOUND. */
export const showStack = (store: Store, ctx: Context, id: string): Promise<Media[]> =>
  withContext(store.app, ctx, async (trx) => {
    await requireMedia(trx, id);
    const ids = await stackMembers(trx, id);
    const members = await readMedia(trx, ids);
    return ids.flatMap((member) => members.get(member) ?? []);
  });

/** Files of one media, or of a scope and a step of its funnel. Errors: NOT_FOUND. */
export const listOccurrences = (
  store: Store,
  ctx: Context,
  input: ScopeInput &
    PageInput & {
      readonly media?: string | undefined;
      readonly agency?: string | undefined;
      readonly step?: FileStep | undefined;
    },
): Promise<Page<Occurrence>> => {
  const scope = scopeOf(input);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      if (input.media !== undefined) await requireMedia(trx, input.media);
      const { media = null, agency, step = 'seized' } = input;
      return readOccurrences(trx, { media, scope, agency, step }, input);
    },
    { access: 'read only' },
  );
};
