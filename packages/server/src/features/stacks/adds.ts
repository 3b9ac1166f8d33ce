// What an exhibit adds to everything that was seen before it: the funnel's count of what is new, and each new content with a path.
import { sql } from 'kysely';
import type { StackTile } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type Store } from '../../store/index.js';
import { readFunnel } from '../funnel/index.js';
import { listStacks } from './service.js';

export interface Added extends Pick<StackTile, 'mediaId' | 'mime' | 'width' | 'height' | 'occurrences'> {
  /** Of its files in the exhibit, the first. */
  readonly path: string;
}

export interface Adds {
  /** As the funnel calls it. */
  readonly exhibit: string;
  readonly seized: number;
  readonly unique: number;
  readonly added: number;
  readonly items: readonly Added[];
}

/** Errors: NOT_FOUND for an exhibit that does not exist or is not shared with the viewer. */
export const whatExhibitAdds = async (
  store: Store,
  ctx: Context,
  { exhibit, limit }: { readonly exhibit: string; readonly limit: number },
): Promise<Adds> => {
  const { scope, steps } = await readFunnel(store, ctx, { kind: 'exhibit', id: exhibit });
  const files = new Map(steps.map((one) => [one.step, one.files]));
  const tiles = await listStacks(store, ctx, { exhibit, step: 'new', sort: 'copies', collapse: 'media', limit });
  const paths = await firstPaths(
    store,
    ctx,
    exhibit,
    tiles.items.map(({ mediaId }) => mediaId),
  );
  return {
    exhibit: scope.label,
    seized: files.get('seized') ?? 0,
    unique: files.get('unique') ?? 0,
    added: tiles.total,
    items: tiles.items.map(({ mediaId, mime, width, height, occurrences }) => ({
      mediaId,
      path: paths.get(mediaId) ?? '',
      mime,
      width,
      height,
      occurrences,
    })),
  };
};

const firstPaths = (
  store: Store,
  ctx: Context,
  exhibit: string,
  media: readonly string[],
): Promise<Map<string, string>> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const { rows } = await sql<{ id: string; path: string }>`select distinct on (media_id) media_id as id, path
        from occurrences where media_id = any(${[...media]}::uuid[]) and exhibit_id = ${exhibit}::uuid order by media_id, path`.execute(
        trx,
      );
      return new Map(rows.map(({ id, path }) => [id, path]));
    },
    { access: 'read only' },
  );
