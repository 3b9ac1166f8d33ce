// Who of an agency is at which media, as far as votes need it: a colleague who is at one is not voted over, and a vote ends one's own claim.
import { sql } from 'kysely';
import { fail, saying } from '@redthread/core/errors';
import type { Trx } from '../../store/index.js';

interface Claim {
  readonly mediaId: string;
  readonly login: string;
  readonly until: Date;
}

/** Those of the media that a colleague is at now. */
export const claimsOfOthers = async (trx: Trx, media: readonly string[]): Promise<readonly Claim[]> => {
  const { rows } = await sql<Claim>`select media_id as "mediaId", login, until from review_claims
    where agency_id = app_agency() and media_id = any(${[...media]}::uuid[]) and user_id <> app_user() and until > now()`.execute(
    trx,
  );
  return rows;
};

/** Errors: CLAIMED. */
export const requireUnclaimed = async (trx: Trx, mediaId: string): Promise<void> => {
  const [claim] = await claimsOfOthers(trx, [mediaId]);
  if (claim !== undefined) throw fail('CLAIMED', saying`${claim.login} is at it until ${claim.until.toISOString()}`);
};

export const endOwnClaims = async (trx: Trx, media: readonly string[]): Promise<void> => {
  await sql`delete from review_claims where agency_id = app_agency() and media_id = any(${[...media]}::uuid[])
    and user_id = app_user()`.execute(trx);
};
