// Gives a vote, of one media or of its whole stack, and takes one back. Whether somebody looked is what the record says.
import type { DecisionUndone, MediaVerdicts, Verdict, VerdictVote, VotesCast } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { codeToVote, type CodeParts } from '@redthread/core/schemes';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { oneMedia } from '../media/index.js';
import { schemesHere } from '../schemes/index.js';
import { castBallot, recordVotes } from './ballot.js';
import { requireUnclaimed } from './claims.js';
import { castBefore, decisionOf } from './decision.js';
import { requireCompetence } from './competence/tests.js';
import {
  givenSince,
  lockVoter,
  restoreReplaced,
  retractDecision,
  retractVote,
  statesOn,
  votesById,
  votesOfDecision,
  votesOn,
} from './queries.js';

/** Why a vote is gone that its voter undid. */
const UNDONE = 'undone';

/** Votes, what they come to, and apart from them what lists say. Errors: NOT_FOUND. */
export const readVerdicts = (store: Store, ctx: Context, mediaId: string): Promise<MediaVerdicts> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const { listHits } = await oneMedia(trx, mediaId);
      return { votes: await votesOn(trx, mediaId), states: await statesOn(trx, mediaId), listHits };
    },
    { access: 'read only' },
  );

/** Errors: CODE_BARE, CODE_UNKNOWN, SCHEME_UNKNOWN, SCHEME_RETIRED, COMPETENCE_REQUIRED. */
export const requireVoter = async (trx: Trx, ctx: Context, code: string): Promise<CodeParts> => {
  const { parts } = codeToVote(await schemesHere(trx), code);
  await requireCompetence(trx, parts.scheme);
  await lockVoter(trx, ctx.actor.userId);
  return parts;
};

/**
 * Of a media that the voter sees, in a version of a scheme that is in use. What comes again by the id of its decision is answered and
 * not cast again.
 * Errors: FORBIDDEN, NOT_FOUND, LEGAL_BASIS_REQUIRED, CLAIMED, DECISION_TAKEN; those of `requireVoter`.
 */
export const castVotes = (
  store: Store,
  ctx: Context,
  mediaId: string,
  { code, note, facts, stack, decision }: VerdictVote,
): Promise<VotesCast> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    const media = await oneMedia(trx, mediaId);
    if (media.state === 'closed') throw fail('LEGAL_BASIS_REQUIRED', 'this media is closed');
    const parts = await requireVoter(trx, ctx, code);
    const asked = { media: mediaId, code: `${parts.scheme}:${parts.code}`, note, facts: facts ?? null, stack };
    const act = decision === undefined ? null : decisionOf(decision, asked);
    const before = await castBefore(trx, act);
    if (before.length === 0) await requireUnclaimed(trx, mediaId);
    const { votes, kept } =
      before.length > 0
        ? { votes: before, kept: [] }
        : await castBallot(trx, ctx, [mediaId], {
            parts,
            note,
            facts: facts ?? null,
            decision: act,
            stack,
            alone: mediaId,
          });
    const states = await statesOn(trx, mediaId);
    return {
      votes: [...votes].sort((a, b) => Number(b.mediaId === mediaId) - Number(a.mediaId === mediaId)),
      kept: [...kept],
      state: states.find(({ scheme }) => scheme === parts.scheme) ?? null,
    };
  });
};

/** Takes back all that one act of one's own cast; what it took the place of holds again. Errors: FORBIDDEN, NOT_FOUND, VOTE_RETRACTED. */
export const undoDecision = (store: Store, ctx: Context, decision: string): Promise<DecisionUndone> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    await lockVoter(trx, ctx.actor.userId);
    const votes = await votesOfDecision(trx, decision);
    if (votes.length === 0) throw fail('NOT_FOUND', 'no such decision of yours');
    const retracted = new Set(await retractDecision(trx, decision, UNDONE));
    if (retracted.size === 0) throw fail('VOTE_RETRACTED', decision);
    const undone = votes.filter(({ id }) => retracted.has(id));
    for (const { id, mediaId, code } of undone)
      await audit(trx, ctx, {
        type: 'verdict-retract',
        object: { kind: 'media', id: mediaId },
        detail: { verdict: id, code, reason: UNDONE },
      });
    // Where a later act was undone before, the vote in force was given again: what gave way did so to the first of this act.
    const media = new Set(undone.map(({ mediaId }) => mediaId));
    const restored = await restoreReplaced(
      trx,
      votes.filter(({ mediaId }) => media.has(mediaId)).map(({ id }) => id),
    );
    await recordVotes(trx, ctx, await votesById(trx, restored));
    return { retracted: retracted.size, restored: restored.length, given: await givenSince(trx, [...retracted]) };
  });
};

/** Takes an own vote back; it stays, with the reason. Errors: FORBIDDEN for somebody else's, NOT_FOUND, VOTE_RETRACTED. */
export const retract = (store: Store, ctx: Context, id: string, reason: string): Promise<Verdict> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    const [vote] = await votesById(trx, [id]);
    if (vote === undefined) throw fail('NOT_FOUND', 'no such vote');
    if (!vote.own) throw fail('FORBIDDEN', 'a vote is taken back by whoever gave it; vote yourself');
    const taken = await retractVote(trx, id, reason);
    if (taken === null) throw fail('VOTE_RETRACTED', id);
    await audit(trx, ctx, {
      type: 'verdict-retract',
      object: { kind: 'media', id: taken.mediaId },
      detail: { verdict: id, code: taken.code, reason },
    });
    const [now] = await votesById(trx, [id]);
    if (now === undefined) throw fail('INTERNAL', 'a vote that cannot be read');
    return now;
  });
};
