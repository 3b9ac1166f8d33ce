// Votes in a review: on the chosen tile with its stack, or on a stretch; goes on at once where somebody looked; each act can be taken back.
import { STRETCH_LIMIT, type Review, type ReviewTile } from '@redthread/core/contract';
import { useEffect, useRef } from 'react';
import { useVoting, type Done, type Voting, type VoteTarget } from '../../parts/use-voting.js';
import type { Chosen } from './use-chosen.js';
import type { Tiles } from './use-tiles.js';
import { useUndo, type Undo } from './use-undo.js';

interface Options {
  readonly review: Review;
  readonly chosen: Chosen;
  readonly tiles: Tiles;
  /** Whether it was revealed here, which the tile may not know yet. */
  readonly isRevealed: (mediaId: string) => boolean;
  /** Something was voted on: what was done before is not the last any more. */
  readonly onVote: () => void;
}

const isTaken = (tile: ReviewTile | undefined): boolean => tile?.claim?.own === false;

const targetOf = ({ review, chosen: { place, range }, tiles }: Options): VoteTarget => {
  const stack = review.query.collapse === 'stack';
  if (range !== null)
    return range.to - range.from < STRETCH_LIMIT ? { stretch: { review: review.id, ...range }, stack } : null;
  const tile = tiles.at(place);
  if (tile === undefined || tile.state === 'closed') return null;
  return { mediaId: tile.mediaId, stack: stack && tile.members > 1 };
};

export const useReviewVotes = (options: Options): { readonly voting: Voting; readonly undo: Undo } => {
  const { review, chosen, tiles, isRevealed, onVote } = options;
  const { place, range, select } = chosen;
  const undo = useUndo(review.id, select);
  const here = useRef(place);
  useEffect(() => {
    here.current = place;
  }, [place]);
  const nextFrom = (from: number): number => {
    let next = from + 1;
    while (next < review.total && isTaken(tiles.at(next))) next += 1;
    return next < review.total ? next : Math.min(from, review.total - 1);
  };
  const tile = tiles.at(place);
  const looked = tile !== undefined && (tile.looked || isRevealed(tile.mediaId));
  const voting = useVoting(targetOf(options), {
    onGiven: (decision) => {
      undo.add({ decision, place });
      onVote();
      if (range === null && looked) select(nextFrom(place));
    },
    onRefused: undo.forget,
    onCast: ({ votes, stretch }: Done) => {
      if (here.current !== place) return;
      if (stretch !== undefined && range !== null) select(nextFrom(range.to));
      if (votes !== undefined && votes.votes[0]?.seen !== 'not-looked') select(nextFrom(place));
    },
  });
  return { voting, undo };
};
