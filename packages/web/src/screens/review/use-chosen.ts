// Which tile is chosen, and from where on: held here, so that a key is answered in the same frame; the address follows once the keys rest.
import type { Review, ReviewTile } from '@redthread/core/contract';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { callVoid } from '../../api/client.js';
import type { ReviewSearch } from '../../app/search-schemas.js';
import type { Stretch } from './use-tiles.js';

/** Browsers take so many changes of an address in so many seconds, and no more. */
const REST_MS = 120;
const NOTED_MS = 2000;

export interface Chosen {
  /** From 0; -1: none. */
  readonly place: number;
  /** From where the chosen stretch was begun to where it is; null: one tile. */
  readonly range: Stretch | null;
  readonly select: (place: number, extend?: boolean) => void;
}

const placeIn = (review: Review, { n, at }: ReviewSearch): number => {
  if (n !== undefined) return Math.min(n, review.total) - 1;
  return review.place > 0 || at !== undefined ? review.place : -1;
};

export const useChosen = (review: Review, search: ReviewSearch): Chosen => {
  const [{ place, anchor }, set] = useState({ place: placeIn(review, search), anchor: -1 });
  const select = useCallback(
    (to: number, extend = false): void =>
      set((now) => ({ place: to, anchor: extend ? (now.anchor === -1 ? now.place : now.anchor) : -1 })),
    [],
  );
  const range = useMemo(
    () => (anchor === -1 || anchor === place ? null : { from: Math.min(anchor, place), to: Math.max(anchor, place) }),
    [anchor, place],
  );
  return { place, range, select };
};

/** Writes the place into the address, and into a review that is kept. */
export const useNotedPlace = (
  review: Review,
  place: number,
  tile: ReviewTile | undefined,
  change: (part: Partial<ReviewSearch>) => void,
): void => {
  const at = tile?.mediaId;
  useEffect(() => {
    if (place < 0 || at === undefined) return undefined;
    const timer = setTimeout(() => change({ n: place + 1, at }), REST_MS);
    return () => clearTimeout(timer);
  }, [place, at, change]);
  const keptId = review.name === null ? null : review.id;
  useEffect(() => {
    if (keptId === null || place < 0) return undefined;
    const note = (): void =>
      void callVoid(`/reviews/${keptId}`, { method: 'PUT', body: { place } }).catch(() => undefined);
    const timer = setTimeout(note, NOTED_MS);
    return () => clearTimeout(timer);
  }, [keptId, place]);
};
