// What the review screen asks for: the query of an address, the tiles as one list, the funnel beside them.
import type { StackTile } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { stacksQuery } from '../../api/queries.js';
import type { ReviewSearch } from '../../app/search-schemas.js';

const QUERY_KEYS = [
  'operation',
  'case',
  'exhibit',
  'step',
  'grade',
  'kind',
  'list',
  'state',
  'sort',
  'collapse',
] as const;

/** The part of the address that decides which tiles there are. */
export const stackQueryOf = (search: ReviewSearch): Record<string, string | undefined> =>
  Object.fromEntries(QUERY_KEYS.map((key) => [key, search[key]]));

export interface Tiles {
  readonly tiles: readonly StackTile[];
  readonly total: number;
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly more: () => void;
}

export const useTiles = (search: ReviewSearch): Tiles => {
  const query = useInfiniteQuery(stacksQuery(stackQueryOf(search)));
  const tiles = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = query;
  return {
    tiles,
    total: query.data?.pages[0]?.total ?? 0,
    pending: query.isPending,
    error: query.data === undefined ? query.error : null,
    retry: () => void refetch(),
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
};
