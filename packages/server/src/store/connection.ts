// One pool a role: how to reach the database as that role, and how its answers become JavaScript values.
import pg from 'pg';
import { Kysely, PostgresDialect } from 'kysely';
import { fail, type RedthreadError } from '@redthread/core/errors';
import type { Config, Role } from '../app/config.js';
import { isFull } from '../disk/disk-error.js';
import type { Secret } from '../app/secret.js';
import { readCredential } from './credentials.js';
import type { Address } from './embedded/index.js';
import { KeepingClient } from './kept-plans.js';
import type { Database } from './tables.js';

export type AnyRole = Role | 'owner';

export const DATABASE_NAME = 'redthread';
export const roleName = (role: AnyRole): string => `redthread_${role}`;

/** Connections a process may hold for a role; the sum over all processes stays below max_connections. */
const POOL_SIZES: Readonly<Record<AnyRole, number>> = { owner: 2, app: 10, worker: 4, matcher: 4, sealer: 2 };

/** A role's own limits; the web must not hang on a statement that went wrong. */
const SESSION_OPTIONS: Readonly<Record<AnyRole, string>> = {
  owner: '-c timezone=UTC',
  app: '-c timezone=UTC -c plan_cache_mode=force_generic_plan -c statement_timeout=120000 -c idle_in_transaction_session_timeout=300000',
  worker: '-c timezone=UTC -c idle_in_transaction_session_timeout=900000',
  matcher: '-c timezone=UTC -c idle_in_transaction_session_timeout=900000',
  sealer: '-c timezone=UTC -c idle_in_transaction_session_timeout=300000',
};

const INT8_OID = 20;
/** bigint as a number: counts, sizes and internal ids stay below 2^53. */
const parsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8_OID && format !== 'binary'
      ? Number
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** How to reach the database as `role`. Errors: DB_UNREACHABLE when there is neither an address nor a password. */
export const clientConfig = async (
  config: Config,
  address: Address | null,
  role: AnyRole,
): Promise<pg.ClientConfig> => {
  const common: pg.ClientConfig = {
    application_name: `redthread ${role}`,
    options: SESSION_OPTIONS[role],
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    types: parsers,
  };
  if (config.database.kind === 'embedded') {
    if (address === null) throw fail('INTERNAL', 'the embedded database was not joined before connecting');
    const password = await readCredential(config.dataFolder, role);
    if (password === null) throw missingCredential(role, config.dataFolder);
    return {
      ...common,
      ...addressOf(address),
      user: roleName(role),
      database: DATABASE_NAME,
      password: password.reveal(),
    };
  }
  if (role === 'owner') {
    if (config.database.ownerUrl === null) throw fail('DB_UNREACHABLE', 'DATABASE_URL (of the owner) is not given');
    return { ...common, connectionString: config.database.ownerUrl.reveal() };
  }
  const url = config.database.urls[role] ?? null;
  if (url !== null) return { ...common, connectionString: url.reveal() };
  const password = await readCredential(config.dataFolder, role);
  if (password === null || config.database.ownerUrl === null) throw missingCredential(role, config.dataFolder);
  return { ...common, connectionString: urlForRole(config.database.ownerUrl, role, password) };
};

export const addressOf = (address: Address): pg.ClientConfig =>
  address.kind === 'socket'
    ? { host: address.folder, port: address.port }
    : { host: address.host, port: address.port, ssl: false };

/** The owner's URL with the role's own name and password. */
export const urlForRole = (ownerUrl: Secret, role: Role, password: Secret): string => {
  if (!URL.canParse(ownerUrl.reveal()))
    throw fail(
      'CONFIG_INVALID',
      'DATABASE_URL: postgresql://name:password@host/database is expected; write a socket folder as host with %2F',
    );
  const url = new URL(ownerUrl.reveal());
  url.username = roleName(role);
  url.password = password.reveal();
  return url.href;
};

const missingCredential = (role: AnyRole, dataFolder: string): RedthreadError =>
  fail(
    'DB_UNREACHABLE',
    `no password for the role ${roleName(role)}: give REDTHREAD_DATABASE_${role.toUpperCase()}_URL_FILE, ` +
      `or copy ${dataFolder}/credentials/${role} from the machine that set it up`,
  );

/** A pool for one role; connections that break while idle are replaced silently, statements on them fail. */
export const openPool = (client: pg.ClientConfig, role: AnyRole): Kysely<Database> => {
  const pool = new pg.Pool({
    ...client,
    Client: KeepingClient,
    max: POOL_SIZES[role],
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: false,
  });
  pool.on('error', () => undefined);
  // Also while somebody holds it between two statements: an event without a listener would end the process.
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
};

/** Turns what the driver throws while connecting into an error of the catalogue that names no secret. */
export const unreachable = (error: unknown, role: AnyRole): RedthreadError => {
  const { code, message } = error as { code?: string; message?: string };
  if (isFull(error)) return fail('DISK_FULL', `the database: ${message}`, { cause: error });
  const what = code === '28P01' || code === '28000' ? 'its password was refused' : (message ?? 'no answer');
  return fail('DB_UNREACHABLE', `as ${roleName(role)}: ${what}${code === undefined ? '' : ` (${code})`}`, {
    cause: error,
  });
};
