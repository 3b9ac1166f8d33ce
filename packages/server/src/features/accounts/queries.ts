// Reads and writes sessions, keys and users. What happens before somebody is signed in goes through four functions of
// the database, each for one exact value: a digest, a login, an account of the system.
import { sql, type Kysely } from 'kysely';
import type { Agency, User } from '@redthread/core/contract';
import type { SessionStage } from '../../app/http/authenticated.js';
import type { Database, Trx } from '../../store/index.js';

export interface FoundUser {
  readonly id: string;
  readonly agency_id: string;
  readonly login: string;
  readonly display_name: string;
  readonly roles: string[];
  readonly is_operator: boolean;
}

const first = async <Row>(rows: Promise<{ readonly rows: readonly Row[] }>): Promise<Row | null> =>
  (await rows).rows[0] ?? null;

export const userByLogin = (trx: Trx, login: string): Promise<(FoundUser & { password_hash: string | null }) | null> =>
  first(sql<FoundUser & { password_hash: string | null }>`select * from auth_user(${login})`.execute(trx));

export const userByOsAccount = (trx: Trx, account: string): Promise<FoundUser | null> =>
  first(sql<FoundUser>`select * from auth_os_account(${account})`.execute(trx));

export interface SessionUser extends FoundUser {
  readonly purpose: string | null;
  readonly session_id: string;
  readonly stage: SessionStage;
  readonly proven_at: Date;
  readonly seen_at: Date;
}

/** Null for a session that is over, or was not used for `idleSeconds`. */
export const userBySession = (trx: Trx, tokenHash: Buffer, idleSeconds: number): Promise<SessionUser | null> =>
  first(sql<SessionUser>`select * from auth_session(${tokenHash}, ${idleSeconds})`.execute(trx));

export const userByKey = (
  trx: Trx,
  keyHash: Buffer,
): Promise<(FoundUser & { key_id: string; scopes: string[] }) | null> =>
  first(sql<FoundUser & { key_id: string; scopes: string[] }>`select * from auth_api_key(${keyHash})`.execute(trx));

export const insertSession = async (
  trx: Trx,
  row: {
    readonly token_hash: Buffer;
    readonly agency_id: string;
    readonly user_id: string;
    readonly expires_at: Date;
    readonly stage: SessionStage;
    readonly provider_id: string | null;
    readonly address: string | null;
    readonly agent: string | null;
  },
): Promise<{ readonly id: string; readonly proven_at: Date }> => {
  await trx.deleteFrom('sessions').where('expires_at', '<', new Date()).execute();
  return trx
    .insertInto('sessions')
    .values({ ...row, purpose: null })
    .returning(['id', 'proven_at'])
    .executeTakeFirstOrThrow();
};

export const markProven = async (trx: Trx, id: string): Promise<void> => {
  await sql`update sessions set proven_at = now() where id = ${id}::uuid`.execute(trx);
};

export const touchSession = async (trx: Trx, id: string): Promise<void> => {
  await sql`update sessions set seen_at = now() where id = ${id}::uuid`.execute(trx);
};

/** Those that are whole, and not over; `idleSeconds`: after so long without use they are. */
export const sessionsOf = async (trx: Trx, userId: string, idleSeconds: number) =>
  trx
    .selectFrom('sessions')
    .leftJoin('sign_in_providers as p', 'p.id', 'sessions.provider_id')
    .select(['sessions.id', 'created_at', 'seen_at', 'expires_at', 'address', 'agent', 'p.name as provider'])
    .where('user_id', '=', userId)
    .where('stage', '=', 'full')
    .where('expires_at', '>', sql<Date>`now()`)
    .where('seen_at', '>', sql<Date>`now() - make_interval(secs => ${idleSeconds})`)
    .orderBy('seen_at', 'desc')
    .execute();

/** Ends one, or all but `except`; answers how many. */
export const endSessions = async (
  trx: Trx,
  userId: string,
  which: { readonly id: string } | { readonly except: string | null },
): Promise<number> => {
  const base = trx.deleteFrom('sessions').where('user_id', '=', userId);
  const chosen =
    'id' in which
      ? base.where('id', '=', which.id)
      : which.except === null
        ? base
        : base.where('id', '<>', which.except);
  return Number((await chosen.executeTakeFirst()).numDeletedRows);
};

/** False when it was gone already. */
export const deleteSession = async (trx: Trx, tokenHash: Buffer): Promise<boolean> => {
  const { numDeletedRows } = await trx.deleteFrom('sessions').where('token_hash', '=', tokenHash).executeTakeFirst();
  return numDeletedRows > 0n;
};

/**
 * Ends every other sign-in of this person that still has to set up a second factor, now that there is one: whoever else has the password would go
 * on to add theirs. False: the own session was ended so.
 */
export const endEnrolling = async (trx: Trx, userId: string, ownId: string): Promise<boolean> => {
  const own = await trx.selectFrom('sessions').select('id').where('id', '=', ownId).executeTakeFirst();
  await trx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('stage', '=', 'enrol')
    .where('id', '<>', ownId)
    .execute();
  return own !== undefined;
};

export const setSessionPurpose = async (trx: Trx, tokenHash: Buffer, purpose: string): Promise<void> => {
  await trx.updateTable('sessions').set({ purpose }).where('token_hash', '=', tokenHash).execute();
};

export const ownAgency = (trx: Trx, agencyId: string) =>
  trx.selectFrom('agencies').select(['id', 'name', 'country']).where('id', '=', agencyId).executeTakeFirstOrThrow();

export const ownReachableAt = async (trx: Trx, userId: string): Promise<string | null> =>
  (await trx.selectFrom('users').select('reachable_at').where('id', '=', userId).executeTakeFirst())?.reachable_at ??
  null;

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

const USER = sql`select id, login, display_name as "displayName", roles, is_operator as operator, reachable_at as "reachableAt",
  os_account as "osAccount", disabled_at, created_at from users`;

interface UserRow extends Omit<User, 'disabledAt' | 'createdAt'> {
  readonly disabled_at: Date | null;
  readonly created_at: Date;
}

/** All users of the viewer's agency, or the one with this login. */
export const usersOfAgency = async (trx: Trx, login: string | null): Promise<User[]> => {
  const { rows } = await sql<UserRow>`${USER}
    where agency_id = app_agency() and ${login === null ? sql`true` : sql`login = ${login}`} order by login`.execute(
    trx,
  );
  return rows.map(({ disabled_at, created_at, ...row }) => ({
    ...row,
    disabledAt: disabled_at?.toISOString() ?? null,
    createdAt: created_at.toISOString(),
  }));
};

const idOf = async (result: Promise<{ readonly rows: readonly { readonly id: string | null }[] }>) =>
  (await first(result))?.id ?? null;

export interface UserRowToAdd {
  readonly login: string;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly osAccount?: string | null | undefined;
  readonly roles: readonly string[];
}

/** The id of the new user; null when the login or the system account is taken. */
export const insertUser = (trx: Trx, user: UserRowToAdd): Promise<string | null> =>
  idOf(
    sql<{ id: string | null }>`select add_user(${user.login}, ${user.displayName}, ${user.passwordHash},
      ${user.osAccount ?? null}, ${[...user.roles]}::text[]) as id`.execute(trx),
  );

/** These two answer the id of the user, or null when the agency has none of this login (in the state that is left). */
export const setUserRoles = (trx: Trx, login: string, roles: readonly string[]): Promise<string | null> =>
  idOf(sql<{ id: string | null }>`select set_user_roles(${login}, ${[...roles]}::text[]) as id`.execute(trx));

export const setUserDisabled = (trx: Trx, login: string, isDisabled: boolean): Promise<string | null> =>
  idOf(sql<{ id: string | null }>`select set_user_disabled(${login}, ${isDisabled}) as id`.execute(trx));

/** The user, and how many API keys ended; null when the agency has none of this login. */
export const setUserPassword = (
  trx: Trx,
  login: string,
  { passwordHash, keepKeys }: { readonly passwordHash: string; readonly keepKeys: boolean },
): Promise<{ readonly id: string; readonly keys: number } | null> =>
  first(
    sql<{ id: string; keys: number }>`select * from set_user_password(${login}, ${passwordHash}, ${keepKeys})`.execute(
      trx,
    ),
  );

export const setReachableAt = async (trx: Trx, reachableAt: string | null): Promise<void> => {
  await sql`select set_reachable_at(${reachableAt})`.execute(trx);
};

export interface FoundAgency {
  readonly agencyId: string;
  readonly userId: string;
}

export interface AgencyRowToAdd extends UserRowToAdd {
  readonly name: string;
  readonly country: string;
}

const FOUND = sql`agency_id as "agencyId", user_id as "userId"`;

/** Null when a name, a login or a system account is taken. As an operator. */
export const foundAgencyRows = (trx: Trx, row: AgencyRowToAdd): Promise<FoundAgency | null> =>
  first(
    sql<FoundAgency>`select ${FOUND} from found_agency(${row.name}, ${row.country}, ${row.login}, ${row.displayName},
      ${row.passwordHash}, ${row.osAccount ?? null})`.execute(trx),
  );

/** The same as the owner. */
export const newAgencyRows = (
  owner: Kysely<Database>,
  row: AgencyRowToAdd & { readonly operates: boolean },
): Promise<FoundAgency | null> =>
  first(
    sql<FoundAgency>`select ${FOUND} from new_agency(${row.name}, ${row.country}, ${row.login}, ${row.displayName},
      ${row.passwordHash}, ${row.osAccount ?? null}, ${[...row.roles]}::text[], ${row.operates})`.execute(owner),
  );

/** Until the end of the transaction nobody else founds this instance. */
export const lockFounding = async (owner: Kysely<Database>): Promise<void> => {
  await sql`select lock_founding()`.execute(owner);
};

export const allAgencies = async (trx: Trx): Promise<Agency[]> =>
  (await sql<Agency>`select * from all_agencies()`.execute(trx)).rows;

export const agencyNamed = (trx: Trx, name: string): Promise<string | null> =>
  idOf(sql<{ id: string | null }>`select agency_named(${name}) as id`.execute(trx));

export const isEmpty = async (trx: Trx): Promise<boolean> =>
  (await first(sql<{ yes: boolean }>`select is_empty_instance() as yes`.execute(trx)))?.yes === true;

export const openSetup = async (trx: Trx, tokenHash: Buffer, seconds: number): Promise<boolean> =>
  (await first(sql<{ yes: boolean }>`select open_setup(${tokenHash}, ${seconds}) as yes`.execute(trx)))?.yes === true;

/** Null for a token that is wrong, used, or too old, and where somebody has an account. */
export const setUpRows = (
  trx: Trx,
  row: {
    readonly tokenHash: Buffer;
    readonly agency: string;
    readonly country: string;
    readonly login: string;
    readonly displayName: string;
    readonly passwordHash: string;
  },
): Promise<FoundAgency | null> =>
  first(
    sql<FoundAgency>`select ${FOUND} from set_up(${row.tokenHash}, ${row.agency}, ${row.country}, ${row.login},
      ${row.displayName}, ${row.passwordHash})`.execute(trx),
  );
