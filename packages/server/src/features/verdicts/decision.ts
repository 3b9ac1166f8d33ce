// An act of voting has an id that its sender made: sent again it is the same act, and an id that comes with another act is refused.
import type { Verdict } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { sha256, type Trx } from '../../store/index.js';
import { askedByDecision, votesOfDecision, type Decision } from './queries.js';

/** `asked`: all that decides what is cast, with its members in one order. */
export const decisionOf = (id: string, asked: object): Decision => ({
  id,
  asked: Buffer.from(sha256(JSON.stringify(asked))),
});

/** What the act has cast already, taken back or not. Errors: DECISION_TAKEN. */
export const castBefore = async (trx: Trx, act: Decision | null): Promise<readonly Verdict[]> => {
  if (act === null) return [];
  const votes = await votesOfDecision(trx, act.id);
  const asked = votes.length === 0 ? null : await askedByDecision(trx, act.id);
  if (asked !== null && !asked.equals(act.asked)) throw fail('DECISION_TAKEN', act.id, { pointer: '/decision' });
  return votes;
};
