// One act of voting, on one media or on many, each with its stack or without: what is replaced, what is kept, whether somebody looked.
import { randomUUID } from 'node:crypto';
import type { Facts, Verdict } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { CodeParts } from '@redthread/core/schemes';
import { audit, type Trx } from '../../store/index.js';
import { claimsOfOthers, endOwnClaims } from './claims.js';
import {
  closedAmong,
  insertVotes,
  ownVotes,
  revealedOf,
  stacksOf,
  votesById,
  type Decision,
  type NewVote,
  type StackMember,
} from './queries.js';

export interface Ballot {
  readonly parts: CodeParts;
  readonly note: string;
  readonly facts: Facts | null;
  readonly decision: Decision | null;
  /** Also on the other members of their stacks. */
  readonly stack: boolean;
  /** A media that is judged by itself: what its voter said of it before gives way. */
  readonly alone: string | null;
}

interface Cast {
  readonly votes: readonly Verdict[];
  /** Left as their voter had judged them alone. */
  readonly kept: readonly string[];
}

const plan = async (
  trx: Trx,
  members: readonly StackMember[],
  { parts, alone }: Ballot,
): Promise<{ readonly votes: readonly (NewVote & { readonly agencyId: string })[]; readonly kept: string[] }> => {
  const ids = members.map(({ id }) => id);
  const before = new Map((await ownVotes(trx, ids, parts.scheme)).map((vote) => [vote.mediaId, vote]));
  const revealed = new Set(await revealedOf(trx, ids));
  const lookedAt = new Set(members.flatMap(({ id, of }) => (revealed.has(id) ? [of] : [])));
  const isKept = (id: string): boolean => id !== alone && before.get(id)?.ofStack === false;
  const votes = members
    .filter(({ id }) => !isKept(id))
    .map(({ id, of, agencyId }) => ({
      id: randomUUID(),
      mediaId: id,
      agencyId,
      seen: revealed.has(id) ? ('looked' as const) : lookedAt.has(of) ? ('by-stack' as const) : ('not-looked' as const),
      replaces: before.get(id)?.id ?? null,
    }));
  return { votes, kept: ids.filter(isKept) };
};

/** Of whole stacks: who is at the other members, and whether they are closed, nobody has asked before. */
const free = async (trx: Trx, members: readonly StackMember[]): Promise<readonly StackMember[]> => {
  const others = members.filter(({ id, of }) => id !== of).map(({ id }) => id);
  if (others.length === 0) return members;
  const left = await closedAmong(trx, others);
  for (const { mediaId } of await claimsOfOthers(trx, others)) left.add(mediaId);
  return members.filter(({ id }) => !left.has(id));
};

/** Of media that the voter sees, may vote on, and that nobody else is at: all of that was asked before. */
export const castBallot = async (trx: Trx, ctx: Context, media: readonly string[], ballot: Ballot): Promise<Cast> => {
  const members = await free(trx, await stacksOf(trx, media, ballot.stack));
  const { votes, kept } = await plan(trx, members, ballot);
  const stackVote = ballot.alone === null || members.length > 1 ? randomUUID() : null;
  for (const agencyId of new Set(votes.map((vote) => vote.agencyId)))
    await insertVotes(
      trx,
      {
        agencyId,
        voter: ctx.actor,
        ...ballot.parts,
        note: ballot.note,
        facts: ballot.facts,
        stackVote,
        decision: ballot.decision,
      },
      votes.filter((vote) => vote.agencyId === agencyId),
    );
  const cast = await votesById(
    trx,
    votes.map(({ id }) => id),
  );
  await recordVotes(trx, ctx, cast);
  await endOwnClaims(trx, media);
  return { votes: cast, kept };
};

export const recordVotes = async (trx: Trx, ctx: Context, votes: readonly Verdict[]): Promise<void> => {
  for (const vote of votes)
    await audit(trx, ctx, {
      type: 'verdict-vote',
      object: { kind: 'media', id: vote.mediaId },
      detail: { verdict: vote.id, code: vote.code, seen: vote.seen, ofStack: vote.ofStack },
    });
};
