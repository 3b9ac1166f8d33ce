// The review of an address: the one that it names while that is of the same query, else a new one, which the address names from then on.
import { Review, ReviewQuery } from '@redthread/core/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { callJson } from '../../api/client.js';
import { isProblem } from '../../api/problem.js';
import { reviewQuery } from '../../api/queries.js';
import type { ReviewSearch } from '../../app/search-schemas.js';

/** The part of the address that decides which tiles there are. */
export const askedBy = (search: ReviewSearch): ReviewQuery => ReviewQuery.parse(search);

const isSame = (a: ReviewQuery, b: ReviewQuery): boolean =>
  (Object.keys(ReviewQuery.shape) as (keyof ReviewQuery)[]).every((key) => a[key] === b[key]);

export interface FoundReview {
  readonly review: Review | null;
  readonly error: unknown;
  readonly retry: () => void;
}

export const useReview = (search: ReviewSearch, change: (part: Partial<ReviewSearch>) => void): FoundReview => {
  const client = useQueryClient();
  const asked = askedBy(search);
  const named = useQuery({ ...reviewQuery(search.review ?? ''), enabled: search.review !== undefined });
  const fits = named.data !== undefined && isSame(named.data.query, asked);
  const isGone = isProblem(named.error, 'NOT_FOUND') || (named.data !== undefined && !fits);
  const needed = search.review === undefined || isGone;
  const begin = useMutation({
    mutationFn: (query: ReviewQuery) =>
      callJson('/reviews', Review, { method: 'POST', body: { query, at: search.at } }),
    onSuccess: (review) => {
      client.setQueryData(reviewQuery(review.id).queryKey, review);
      change({ review: review.id, n: review.place > 0 ? review.place + 1 : undefined });
    },
  });
  const { mutate, reset } = begin;
  const key = needed ? JSON.stringify(asked) : null;
  useEffect(() => {
    if (key !== null) mutate(ReviewQuery.parse(JSON.parse(key)));
    return reset;
  }, [key, mutate, reset]);
  return {
    review: fits && !needed ? (named.data ?? null) : null,
    error: begin.error ?? (isGone ? null : named.error),
    retry: () => (needed ? mutate(asked) : void named.refetch()),
  };
};
