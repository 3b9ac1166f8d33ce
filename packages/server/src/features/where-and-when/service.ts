// Where and when the files of a scope say that they were made.
import {
  TIME_LANES,
  type MediaPlaces,
  type MediaTimes,
  type PlacesQuery,
  type TimesQuery,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, withRoom, type Store } from '../../store/index.js';
import { requireScope, scopeOf } from '../funnel/index.js';
import { readPlaces, readTimes } from './queries.js';

/** Errors: NOT_FOUND for a scope that does not exist or is not shared, REQUEST_INVALID for two. */
export const placesOf = (store: Store, ctx: Context, { cellDeg, ...given }: PlacesQuery): Promise<MediaPlaces> => {
  const scope = scopeOf(given);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      await withRoom(trx);
      return readPlaces(trx, scope, cellDeg);
    },
    { access: 'read only' },
  );
};

/** Errors: as above. */
export const timesOf = (store: Store, ctx: Context, { unit, within, ...given }: TimesQuery): Promise<MediaTimes> => {
  const scope = scopeOf(given);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      await withRoom(trx);
      const { periods, ...counts } = await readTimes(trx, scope, { unit, within });
      const lanes = TIME_LANES.map((lane) => ({
        lane,
        periods: periods.filter((one) => one.lane === lane).map(({ at, media, noZone }) => ({ at, media, noZone })),
      }));
      return { lanes, ...counts };
    },
    { access: 'read only' },
  );
};
