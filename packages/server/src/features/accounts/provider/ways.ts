// What a session can be proven with, by where its person came in.
import type { ProofWay } from '@redthread/core/contract';
import type { Trx } from '../../../store/index.js';
import { waysOf } from '../second-factors/prove.js';
import { providerOfSession } from './queries.js';

/** At the provider where that let it in, in place of the password, and beside a second factor where it gives one. */
export const waysHere = async (trx: Trx, userId: string, sessionId: string): Promise<ProofWay[]> => {
  const ways = await waysOf(trx, userId);
  const provider = await providerOfSession(trx, sessionId);
  if (provider === null) return ways;
  if (ways.includes('password')) return ['provider'];
  return provider.factor_acr.length + provider.factor_amr.length > 0 ? [...ways, 'provider'] : ways;
};
