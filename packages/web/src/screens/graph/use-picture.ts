// The picture that the address asks for: the neighbourhood that it starts from and those that were expanded.
import type { GraphNeighbours } from '@redthread/core/contract';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { graphQuery } from '../../api/queries.js';
import type { GraphSearch } from '../../app/search-schemas.js';
import { groupsIn, joined, shownOf, type Picture, type Shown } from '../../graph/graph-model.js';
import { startOf } from './names.js';

const FRESH_MS = 60_000;
/** As one picture, which stays the same until another neighbourhood has come. */
const combine = (results: readonly { readonly data: GraphNeighbours | undefined; readonly error: Error | null }[]) => ({
  parts: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  error: results.find(({ error }) => error !== null)?.error ?? null,
});

interface UsedPicture {
  readonly picture: Picture;
  readonly shown: Shown;
  readonly groups: ReturnType<typeof groupsIn>;
  readonly more: readonly string[];
  readonly error: Error | null;
}

export const usePicture = (first: GraphNeighbours, search: GraphSearch): UsedPicture => {
  const { open, grade, since, until } = search;
  const more = useMemo(() => (open === undefined ? [] : open.split(',')), [open]);
  const { parts, error } = useQueries({
    queries: more.map((key) => ({ ...graphQuery(startOf(key)), staleTime: FRESH_MS })),
    combine,
  });
  const picture = useMemo(() => joined([first, ...parts]), [first, parts]);
  const shown = useMemo(() => shownOf(picture, { grade, since, until }), [picture, grade, since, until]);
  const groups = useMemo(() => groupsIn(shown), [shown]);
  return { picture, shown, groups, more, error };
};
