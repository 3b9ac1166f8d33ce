// Gives a vote, of one media or of its whole stack, and takes one back. Whether somebody looked is what the record says.
import { randomUUID } from 'node:crypto';
import type { MediaVerdicts, Verdict, VerdictVote, VotesCast } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { codeToVote } from '@redthread/core/schemes';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { oneMedia, stackOf } from '../media/index.js';
import { schemesHere } from '../schemes/index.js';
import { requireCompetence } from './competence/tests.js';
import {
  insertVotes,
  lockVoter,
  ownVotes,
  retractVote,
  revealedOf,
  statesOn,
  votesById,
  votesOn,
  type NewVote,
} from './queries.js';

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

interface Plan {
  readonly votes: readonly NewVote[];
  readonly kept: readonly string[];
}

/**
 * The vote of the media itself takes the place of what the person said of it before; in the rest of the stack only what they said of
 * a whole stack is replaced, and what they said of one media stays.
 */
const plan = async (trx: Trx, mediaId: string, members: readonly string[], scheme: string): Promise<Plan> => {
  const before = new Map((await ownVotes(trx, members, scheme)).map((vote) => [vote.mediaId, vote]));
  const revealed = new Set(await revealedOf(trx, members));
  const kept = members.filter((id) => id !== mediaId && before.get(id)?.ofStack === false);
  const votes = members
    .filter((id) => !kept.includes(id))
    .map((id): NewVote => {
      const rest = revealed.size > 0 && members.length > 1 ? 'by-stack' : 'not-looked';
      return {
        id: randomUUID(),
        mediaId: id,
        seen: revealed.has(id) ? 'looked' : rest,
        replaces: before.get(id)?.id ?? null,
      };
    });
  return { votes, kept };
};

/**
 * Of a media that the voter sees, in a version of a scheme that is in use.
 * Errors: FORBIDDEN, NOT_FOUND, LEGAL_BASIS_REQUIRED, COMPETENCE_REQUIRED, CODE_BARE, CODE_UNKNOWN, SCHEME_UNKNOWN, SCHEME_RETIRED.
 */
export const castVotes = (
  store: Store,
  ctx: Context,
  mediaId: string,
  { code, note, facts, stack }: VerdictVote,
): Promise<VotesCast> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    const { parts } = codeToVote(await schemesHere(trx), code);
    const media = await oneMedia(trx, mediaId);
    if (media.state === 'closed') throw fail('LEGAL_BASIS_REQUIRED', 'this media is closed');
    await requireCompetence(trx, parts.scheme);
    await lockVoter(trx, ctx.actor.userId);
    const members = stack ? await stackOf(trx, mediaId) : [mediaId];
    const { votes, kept } = await plan(trx, mediaId, members, parts.scheme);
    await insertVotes(
      trx,
      {
        agencyId: media.agency.id,
        voter: ctx.actor,
        ...parts,
        note,
        facts: facts ?? null,
        stackVote: members.length > 1 ? randomUUID() : null,
      },
      votes,
    );
    const cast = await votesById(
      trx,
      votes.map(({ id }) => id),
    );
    for (const vote of cast)
      await audit(trx, ctx, {
        type: 'verdict-vote',
        object: { kind: 'media', id: vote.mediaId },
        detail: { verdict: vote.id, code: vote.code, seen: vote.seen, ofStack: vote.ofStack },
      });
    const states = await statesOn(trx, mediaId);
    const [own, others] = [
      cast.filter((vote) => vote.mediaId === mediaId),
      cast.filter((vote) => vote.mediaId !== mediaId),
    ];
    return {
      votes: [...own, ...others],
      kept: [...kept],
      state: states.find(({ scheme }) => scheme === parts.scheme) ?? null,
    };
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
