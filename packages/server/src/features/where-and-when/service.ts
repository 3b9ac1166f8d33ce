// Where and when the files of a scope say that they were made.
import {
  TIME_LANES,
  type MediaPlaces,
  type MediaTimes,
  type PlacesQuery,
  type TimesQuery,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, withRoom, type Store, type Trx } from '../../store/index.js';
import { requireScope, scopeOf, type Scope, type ScopeInput } from '../funnel/index.js';
import { readPlaces, readTimes } from './queries.js';

/** Errors: NOT_FOUND for a scope that does not exist or is not shared, REQUEST_INVALID for two. */
const ofScope = <T>(
  store: Store,
  ctx: Context,
  given: ScopeInput,
  read: (trx: Trx, scope: Scope | null) => Promise<T>,
): Promise<T> => {
  const scope = scopeOf(given);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      await withRoom(trx);
      return read(trx, scope);
    },
    { access: 'read only' },
  );
};

/** Errors: as `ofScope`. */
export const placesOf = (store: Store, ctx: Context, { cellDeg, ...given }: PlacesQuery): Promise<MediaPlaces> =>
  ofScope(store, ctx, given, (trx, scope) => readPlaces(trx, scope, cellDeg));

/** Errors: as `ofScope`. */
export const timesOf = (store: Store, ctx: Context, { unit, within, ...given }: TimesQuery): Promise<MediaTimes> =>
  ofScope(store, ctx, given, async (trx, scope) => {
    const { periods, ...counts } = await readTimes(trx, scope, { unit, within });
    const lanes = TIME_LANES.map((lane) => ({
      lane,
      periods: periods.filter((one) => one.lane === lane).map(({ at, media, noZone }) => ({ at, media, noZone })),
    }));
    return { lanes, ...counts };
  });
