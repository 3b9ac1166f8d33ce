// Brings the database up to date as its owner: database and owner made on first start, migrations, passwords of the
// roles, id of the master key. All of it under one advisory lock, all of it safe to repeat.
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { ROLES, type Config } from '../app/config.js';
import type { Secret } from '../app/secret.js';
import { addressOf, clientConfig, DATABASE_NAME, roleName, unreachable } from './connection.js';
import { convertStoredLists } from './convert-lists.js';
import { readCredential, readOrCreateCredential } from './credentials.js';
import type { Address } from './embedded/index.js';
import { readOrCreateMasterKey } from './keys/master-key.js';
import { LATEST_MIGRATION, MIGRATIONS } from './migrations/index.js';
import { requireRestored } from './restoring-mark.js';
import { scramVerifier } from './scram.js';
import { readSetting, writeSetting } from './settings.js';
import type { Database } from './tables.js';

/** Any number that no other program uses for its advisory locks: "redthrea" in ASCII. */
const PREPARE_LOCK = '8243107342082893153';

export interface PrepareOptions {
  /** An earlier one that a backup is of; null: the database alone. */
  readonly schema?: string | null;
  /** By the restore itself, while the database holds half a store. */
  readonly restoring?: boolean;
}

/** Errors: DB_UNREACHABLE, DB_MIGRATION_FAILED, DB_NEWER, CONFIG_INVALID, RESTORE_UNFINISHED. */
export const prepareDatabase = async (
  config: Config,
  address: Address | null,
  { schema = LATEST_MIGRATION, restoring = false }: PrepareOptions = {},
): Promise<void> => {
  if (address !== null) await makeDatabase(config, address);
  if (schema === null) return;
  const client = await clientConfig(config, address, 'owner');
  const pool = new pg.Pool({ ...client, max: 2 });
  pool.on('error', () => undefined);
  const owner = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await owner.connection().execute(async (lock) => {
      await sql`select pg_advisory_lock(${PREPARE_LOCK}::bigint)`.execute(lock);
      try {
        if (!restoring) await requireRestored(owner);
        await migrate(owner, schema);
        if (schema === LATEST_MIGRATION) await convertStoredLists(owner, config.vaultFolder);
        // Last: where it was killed before, whoever opens the store next goes on.
        await writeSetting(owner, 'schema', schema);
        await setPasswords(config, owner);
        await recordMasterKey(config, owner);
      } finally {
        await sql`select pg_advisory_unlock(${PREPARE_LOCK}::bigint)`.execute(lock);
      }
    });
  } catch (error) {
    throw isRedthreadError(error) ? error : unreachable(error, 'owner');
  } finally {
    await owner.destroy();
  }
};

/** First start of the embedded database: the owner, who is no superuser, and the database that it owns. */
const makeDatabase = async (config: Config, address: Address): Promise<void> => {
  const superuser = await readCredential(config.dataFolder, 'superuser');
  if (superuser === null)
    throw fail('DB_START_FAILED', `${config.dataFolder}/credentials/superuser is gone: restore it from the backup`);
  const password = await readOrCreateCredential(config.dataFolder, 'owner');
  const client = new pg.Client({
    ...addressOf(address),
    user: 'postgres',
    database: 'postgres',
    password: superuser.reveal(),
  });
  const owner = roleName('owner');
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1::bigint)', [PREPARE_LOCK]);
    const role = await client.query('select from pg_roles where rolname = $1', [owner]);
    if (role.rowCount === 0) await client.query(`create role ${owner} login createrole`);
    await client.query(`alter role ${owner} password '${scramVerifier(password.reveal())}'`);
    const database = await client.query('select from pg_database where datname = $1', [DATABASE_NAME]);
    if (database.rowCount === 0) await client.query(`create database ${DATABASE_NAME} owner ${owner}`);
    await client.query(`revoke connect on database ${DATABASE_NAME} from public`);
    await client.query(`grant connect on database ${DATABASE_NAME} to ${owner} with grant option`);
  } catch (error) {
    throw unreachable(error, 'owner');
  } finally {
    await client.end().catch(() => undefined);
  }
};

const migrate = async (owner: Kysely<Database>, schema: string): Promise<void> => {
  const migrator = new Migrator({ db: owner, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  await refuseNewer(owner);
  const { error, results } = await (schema === LATEST_MIGRATION
    ? migrator.migrateToLatest()
    : migrator.migrateTo(schema));
  if (error !== undefined) {
    const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'start';
    const message = error instanceof Error ? error.message : JSON.stringify(error);
    throw fail('DB_MIGRATION_FAILED', `${failed}: ${message}`, { cause: error });
  }
};

const refuseNewer = async (owner: Kysely<Database>): Promise<void> => {
  const table = await sql<{ found: string | null }>`select to_regclass('kysely_migration')::text as found`.execute(
    owner,
  );
  if (table.rows[0]?.found === null) return;
  const ran = await sql<{ name: string }>`select name from kysely_migration`.execute(owner);
  const unknown = ran.rows.map(({ name }) => name).filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length > 0) throw fail('DB_NEWER', `this program does not know ${unknown.sort().join(', ')}`);
};

/** Generated passwords for the roles that have no URL of their own; the database gets the SCRAM verifier only. */
const setPasswords = async (config: Config, owner: Kysely<Database>): Promise<void> => {
  const external = config.database.kind === 'external' ? config.database : null;
  const ours = ROLES.filter((role) => external?.urls[role] === undefined);
  const before = (await readSetting(owner, 'credentials')) ?? [];
  for (const role of ours) {
    // Another machine has set this password: a new one would lock it out.
    if (external !== null && before.includes(role) && (await readCredential(config.dataFolder, role)) === null)
      continue;
    await setPassword(owner, roleName(role), await readOrCreateCredential(config.dataFolder, role));
  }
  await writeSetting(owner, 'credentials', [...new Set([...before, ...ours])].sort());
  const database = sql.id(
    (await sql<{ name: string }>`select current_database() as name`.execute(owner)).rows[0]?.name ?? '',
  );
  for (const role of ROLES)
    await sql`grant connect on database ${database} to ${sql.id(roleName(role))}`.execute(owner);
};

const setPassword = async (owner: Kysely<Database>, role: string, password: Secret): Promise<void> => {
  await sql`alter role ${sql.id(role)} with login password ${sql.lit(scramVerifier(password.reveal()))}`.execute(owner);
};

/** The store remembers by id which key seals it; only a store that has none yet gets one. */
const recordMasterKey = async (config: Config, owner: Kysely<Database>): Promise<void> => {
  if ((await readSetting(owner, 'master-key-id')) !== null) return;
  const key = await readOrCreateMasterKey(config.masterKey);
  if (key !== null) await writeSetting(owner, 'master-key-id', key.id);
};
