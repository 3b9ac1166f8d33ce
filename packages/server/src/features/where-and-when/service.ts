// Where and when the files of a scope say that they were made.
import {
  TIME_LANES,
  type MediaPlaces,
  type MediaTimes,
  type PlacesQuery,
  type TimesQuery,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Store } from '../../store/index.js';
import { readInScope } from '../funnel/index.js';
import { readPlaces, readTimes } from './queries.js';

/** Errors: as `readInScope`. */
export const placesOf = (store: Store, ctx: Context, { cellDeg, ...given }: PlacesQuery): Promise<MediaPlaces> =>
  readInScope(store, ctx, given, (trx, scope) => readPlaces(trx, scope, cellDeg));

/** Errors: as `readInScope`. */
export const timesOf = (store: Store, ctx: Context, { unit, within, ...given }: TimesQuery): Promise<MediaTimes> =>
  readInScope(store, ctx, given, async (trx, scope) => {
    const { periods, ...counts } = await readTimes(trx, scope, { unit, within });
    const lanes = TIME_LANES.map((lane) => ({
      lane,
      periods: periods.filter((one) => one.lane === lane).map(({ at, media, noZone }) => ({ at, media, noZone })),
    }));
    return { lanes, ...counts };
  });
