// The tiles of a review as far as they are in sight: windows of it by place, read as they come near and let go of when they are far.
import { WINDOW_LIMIT, type ReviewTile, type ReviewWindow } from '@redthread/core/contract';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { windowQuery } from '../../api/queries.js';
import { windowsOf } from '../../layout/windows.js';

/** Half of what a page of the server holds: quick to read, and never across two of its pages. */
const WINDOW_TILES = WINDOW_LIMIT / 2;
/** Beyond the edge of what is in sight, tiles that are read already. */
const AHEAD = 40;

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Tiles {
  /** Undefined while it is read, and for what is no longer seen. */
  readonly at: (place: number) => ReviewTile | undefined;
  /** Whether its window has been read. */
  readonly isRead: (place: number) => boolean;
  readonly error: unknown;
}

const combine = (results: UseQueryResult<ReviewWindow>[]) => ({
  windows: results.map(({ data }) => data),
  error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
});

/** Of the places in sight, and of the one that is chosen. */
export const useTiles = (review: string, total: number, sight: Stretch, place: number): Tiles => {
  const near = ({ from, to }: Stretch): readonly number[] =>
    windowsOf({ from: from - AHEAD, to: to + AHEAD }, total, WINDOW_TILES);
  const numbers = [...new Set([...near(sight), ...(place < 0 ? [] : near({ from: place, to: place }))])];
  const { windows, error } = useQueries({
    queries: numbers.map((number) => windowQuery(review, number * WINDOW_TILES, WINDOW_TILES)),
    combine,
  });
  return useMemo(() => {
    const tiles = new Map(windows.flatMap((window) => window?.items ?? []).map((tile) => [tile.place, tile]));
    const read = new Set(windows.flatMap((window) => (window === undefined ? [] : [window.from / WINDOW_TILES])));
    return {
      at: (wanted) => tiles.get(wanted),
      isRead: (wanted) => read.has(Math.floor(wanted / WINDOW_TILES)),
      error,
    };
  }, [windows, error]);
};
