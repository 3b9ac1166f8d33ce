// A vote on a stretch of a review: one act, of every stack in it, that leaves what somebody judged alone, and says what it left.
import type { StretchCast, StretchVote, Verdict } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { castBallot, castBefore, claimsOfOthers, closedAmong, decisionOf, requireVoter } from '../verdicts/index.js';
import { idsOf } from './queries.js';
import { requireReview } from './service.js';

const tally = (votes: readonly Verdict[], kept: number, closed: number, claimed: number): StretchCast => ({
  votes: votes.length,
  looked: votes.filter(({ seen }) => seen === 'looked').length,
  byStack: votes.filter(({ seen }) => seen === 'by-stack').length,
  notLooked: votes.filter(({ seen }) => seen === 'not-looked').length,
  kept,
  closed,
  claimed,
});

/** Errors: FORBIDDEN, NOT_FOUND, DECISION_TAKEN; those of `requireVoter`. */
export const voteOnStretch = (
  store: Store,
  ctx: Context,
  id: string,
  { code, note, stack, decision, from, to }: StretchVote,
): Promise<StretchCast> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    await requireReview(trx, id);
    const parts = await requireVoter(trx, ctx, code);
    const asked = { review: id, from, to, code: `${parts.scheme}:${parts.code}`, note, stack };
    const act = decision === undefined ? null : decisionOf(decision, asked);
    const before = await castBefore(trx, act);
    if (before.length > 0) return tally(before, 0, 0, 0);
    const ids = (await idsOf(trx, id, { from, to })).map((one) => one.id);
    const closed = await closedAmong(trx, ids);
    const claimed = new Set((await claimsOfOthers(trx, ids)).map(({ mediaId }) => mediaId));
    const { votes, kept } = await castBallot(
      trx,
      ctx,
      ids.filter((one) => !closed.has(one) && !claimed.has(one)),
      { parts, note, facts: null, decision: act, stack, alone: null },
    );
    return tally(votes, kept.length, closed.size, claimed.size);
  });
};
