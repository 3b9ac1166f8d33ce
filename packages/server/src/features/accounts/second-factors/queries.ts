// Reads and writes what proves a person. Row-level security lets everybody at their own alone.
import { sql } from 'kysely';
import type { Trx } from '../../../store/index.js';

const FACTOR = [
  'id',
  'kind',
  'name',
  'created_at',
  'confirmed_at',
  'used_at',
  'master_key_id',
  'wrapped',
  'last_step',
  'failures',
  'failing_since',
  'credential_id',
  'public_key',
  'sign_count',
  'transports',
] as const;

export const factorsOf = (trx: Trx, userId: string) =>
  trx.selectFrom('second_factors').select(FACTOR).where('user_id', '=', userId).orderBy('created_at').execute();

export type FactorRow = Awaited<ReturnType<typeof factorsOf>>[number];

/** One app is begun at a time: an older one that was never confirmed goes. */
export const insertTotp = async (
  trx: Trx,
  row: {
    readonly id: string;
    readonly agency_id: string;
    readonly user_id: string;
    readonly name: string;
    readonly master_key_id: string;
    readonly wrapped: Buffer;
  },
): Promise<void> => {
  await trx.deleteFrom('second_factors').where('user_id', '=', row.user_id).where('confirmed_at', 'is', null).execute();
  await trx
    .insertInto('second_factors')
    .values({ ...row, kind: 'totp' })
    .execute();
};

/** False: another device of this person, or of a colleague, is known by the same id. */
export const insertPasskey = async (
  trx: Trx,
  row: {
    readonly agency_id: string;
    readonly user_id: string;
    readonly name: string;
    readonly credential_id: Buffer;
    readonly public_key: Buffer;
    readonly sign_count: number;
    readonly transports: string[];
  },
): Promise<boolean> => {
  const made = await trx
    .insertInto('second_factors')
    .values({ ...row, kind: 'passkey', confirmed_at: new Date() })
    .onConflict((conflict) => conflict.columns(['agency_id', 'credential_id']).doNothing())
    .executeTakeFirst();
  return Number(made.numInsertedOrUpdatedRows ?? 0) > 0;
};

export const deleteFactor = async (trx: Trx, userId: string, id: string): Promise<void> => {
  await trx.deleteFrom('second_factors').where('user_id', '=', userId).where('id', '=', id).execute();
};

/** Takes the code of a step: neither it nor one of an earlier step counts again. */
export const takeStep = async (trx: Trx, id: string, step: number): Promise<void> => {
  await sql`update second_factors set last_step = ${step}, used_at = now(), confirmed_at = coalesce(confirmed_at, now())
    where id = ${id}::uuid`.execute(trx);
};

/**
 * One more wrong code for every app of this person. Fewer than `most` are forgotten after so many seconds; from then on a right code alone ends
 * the count, and each `most` of them begin a rest.
 */
export const countFailure = async (
  trx: Trx,
  userId: string,
  { most, seconds }: { readonly most: number; readonly seconds: number },
): Promise<void> => {
  const goesOn = sql`(failures >= ${most} or failing_since > now() - make_interval(secs => ${seconds}))`;
  await sql`update second_factors set failures = case when ${goesOn} then failures + 1 else 1 end,
    failing_since = case when ${goesOn} and (failures + 1) % ${most} <> 0 then failing_since else now() end
    where user_id = ${userId}::uuid and kind = 'totp'`.execute(trx);
};

export const forgetFailures = async (trx: Trx, userId: string): Promise<void> => {
  await sql`update second_factors set failures = 0, failing_since = null
    where user_id = ${userId}::uuid and failures > 0`.execute(trx);
};

export const usePasskey = async (trx: Trx, id: string, signCount: number): Promise<void> => {
  await trx
    .updateTable('second_factors')
    .set({ sign_count: signCount, used_at: new Date() })
    .where('id', '=', id)
    .execute();
};

export const replaceRecoveryCodes = async (
  trx: Trx,
  owner: { readonly agency_id: string; readonly user_id: string },
  hashes: readonly Buffer[],
): Promise<void> => {
  await trx.deleteFrom('recovery_codes').where('user_id', '=', owner.user_id).execute();
  if (hashes.length === 0) return;
  await trx
    .insertInto('recovery_codes')
    .values(hashes.map((code_hash) => ({ ...owner, code_hash })))
    .execute();
};

/** Uses a code up; false when there is none like it. */
export const takeRecoveryCode = async (trx: Trx, userId: string, hash: Buffer): Promise<boolean> => {
  const { rows } = await sql`update recovery_codes set used_at = now()
    where user_id = ${userId}::uuid and code_hash = ${hash} and used_at is null returning id`.execute(trx);
  return rows.length > 0;
};

export const recoveryCodesLeft = async (trx: Trx, userId: string): Promise<number> => {
  const { rows } = await sql<{ left: number }>`select count(*)::integer as left from recovery_codes
    where user_id = ${userId}::uuid and used_at is null`.execute(trx);
  return rows[0]?.left ?? 0;
};

/** Takes the challenge that the session was given: it is good once. */
export const takeChallenge = async (trx: Trx, sessionId: string): Promise<Buffer | null> => {
  const { rows } = await sql<{ challenge: Buffer | null }>`with given as (
      select id, challenge from sessions where id = ${sessionId}::uuid for update)
    update sessions s set challenge = null from given where s.id = given.id returning given.challenge`.execute(trx);
  return rows[0]?.challenge ?? null;
};

export const setChallenge = async (trx: Trx, sessionId: string, challenge: Buffer): Promise<void> => {
  await trx.updateTable('sessions').set({ challenge }).where('id', '=', sessionId).execute();
};

export const readRule = async (trx: Trx): Promise<boolean> =>
  (await trx.selectFrom('sign_in_rules').select('second_factor').executeTakeFirst())?.second_factor ?? false;

export const writeRule = async (
  trx: Trx,
  rule: {
    readonly agency_id: string;
    readonly second_factor: boolean;
    readonly set_by: string;
    readonly set_login: string;
  },
): Promise<void> => {
  const { agency_id: _, ...set } = rule;
  await trx
    .insertInto('sign_in_rules')
    .values(rule)
    .onConflict((conflict) => conflict.column('agency_id').doUpdateSet({ ...set, set_at: new Date() }))
    .execute();
};

/** The user, and how many API keys ended; null when the agency has none of this login. */
export const resetFactors = async (
  trx: Trx,
  login: string,
): Promise<{ readonly id: string; readonly keys: number } | null> => {
  const { rows } = await sql<{ id: string; keys: number }>`select * from reset_second_factors(${login})`.execute(trx);
  return rows[0] ?? null;
};
