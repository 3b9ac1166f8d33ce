// Reads and writes sessions, keys and users. What happens before somebody is signed in goes through four functions of
// the database, each for one exact value: a digest, a login, an account of the system.
import { sql } from 'kysely';
import type { Trx } from '../../store/index.js';

export interface FoundUser {
  readonly id: string;
  readonly agency_id: string;
  readonly login: string;
  readonly display_name: string;
  readonly roles: string[];
}

const first = async <Row>(rows: Promise<{ readonly rows: readonly Row[] }>): Promise<Row | null> =>
  (await rows).rows[0] ?? null;

export const userByLogin = (trx: Trx, login: string): Promise<(FoundUser & { password_hash: string | null }) | null> =>
  first(sql<FoundUser & { password_hash: string | null }>`select * from auth_user(${login})`.execute(trx));

export const userByOsAccount = (trx: Trx, account: string): Promise<FoundUser | null> =>
  first(sql<FoundUser>`select * from auth_os_account(${account})`.execute(trx));

export const userBySession = (trx: Trx, tokenHash: Buffer): Promise<(FoundUser & { purpose: string | null }) | null> =>
  first(sql<FoundUser & { purpose: string | null }>`select * from auth_session(${tokenHash})`.execute(trx));

export const userByKey = (
  trx: Trx,
  keyHash: Buffer,
): Promise<(FoundUser & { key_id: string; scopes: string[] }) | null> =>
  first(sql<FoundUser & { key_id: string; scopes: string[] }>`select * from auth_api_key(${keyHash})`.execute(trx));

export const insertSession = async (
  trx: Trx,
  row: { readonly token_hash: Buffer; readonly agency_id: string; readonly user_id: string; readonly expires_at: Date },
): Promise<void> => {
  await trx.deleteFrom('sessions').where('expires_at', '<', new Date()).execute();
  await trx
    .insertInto('sessions')
    .values({ ...row, purpose: null })
    .execute();
};

export const deleteSession = async (trx: Trx, tokenHash: Buffer): Promise<void> => {
  await trx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
};

export const setSessionPurpose = async (trx: Trx, tokenHash: Buffer, purpose: string): Promise<void> => {
  await trx.updateTable('sessions').set({ purpose }).where('token_hash', '=', tokenHash).execute();
};

export const ownAgency = (trx: Trx, agencyId: string) =>
  trx.selectFrom('agencies').select(['id', 'name', 'country']).where('id', '=', agencyId).executeTakeFirstOrThrow();

const KEY_COLUMNS = ['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'] as const;

export const keysOf = (trx: Trx, userId: string) =>
  trx.selectFrom('api_keys').select(KEY_COLUMNS).where('user_id', '=', userId).orderBy('created_at', 'desc').execute();

export const insertKey = (
  trx: Trx,
  row: {
    readonly agency_id: string;
    readonly user_id: string;
    readonly name: string;
    readonly key_hash: Buffer;
    readonly scopes: string[];
    readonly expires_at: Date;
  },
) => trx.insertInto('api_keys').values(row).returning(KEY_COLUMNS).executeTakeFirstOrThrow();

/** The name of the key, or null when the user has no such key in force. */
export const revokeKey = async (trx: Trx, userId: string, id: string): Promise<string | null> => {
  const row = await trx
    .updateTable('api_keys')
    .set({ revoked_at: new Date() })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return row?.name ?? null;
};

/** Noted at most once a minute, so that a busy program does not write with every read. */
export const touchKey = async (trx: Trx, keyId: string): Promise<void> => {
  await sql`update api_keys set last_used_at = now()
    where id = ${keyId}::uuid and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(trx);
};

export const usersOfAgency = (trx: Trx) =>
  trx
    .selectFrom('users as u')
    .innerJoin('agencies as a', 'a.id', 'u.agency_id')
    .select(['u.login', 'u.display_name', 'u.roles', 'u.os_account', 'u.disabled_at', 'a.name as agency'])
    .where('u.agency_id', '=', sql<string>`app_agency()`)
    .orderBy('u.login')
    .execute();

/** Ends the sessions of the user as well: who signed in with the old password is out. */
export const setPasswordHash = async (trx: Trx, login: string, passwordHash: string): Promise<string | null> => {
  const row = await trx
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('login', '=', login)
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return null;
  await endSessions(trx, row.id);
  return row.id;
};

export const disableUserRow = async (trx: Trx, login: string): Promise<string | null> => {
  const row = await trx
    .updateTable('users')
    .set({ disabled_at: new Date() })
    .where('login', '=', login)
    .where('disabled_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return null;
  await endSessions(trx, row.id);
  return row.id;
};

const endSessions = async (trx: Trx, userId: string): Promise<void> => {
  await trx.deleteFrom('sessions').where('user_id', '=', userId).execute();
};
