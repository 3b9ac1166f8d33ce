// Opens the store for the roles a process needs: joins or starts the database, brings it up to date, checks the master
// key, opens the vault. A process holds no password of a role that it did not ask for.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { CATALOGUE, fail, isRedthreadError, type ErrorCode } from '@redthread/core/errors';
import { childEnvironment } from '../app/child-environment.js';
import type { Config } from '../app/config.js';
import { entryPath } from '../app/entry-path.js';
import { clientConfig, openPool, unreachable, type AnyRole } from './connection.js';
import { withNobody, type AppDb } from './context.js';
import { clusterExists, joinEmbedded, type EmbeddedDatabase } from './embedded/index.js';
import { followKeyRotation } from './keys/follow-rotation.js';
import { KeyRing } from './keys/key-ring.js';
import { readMasterKeys } from './keys/master-key.js';
import { readKeyExpectation, type KeyExpectation } from './keys/rotation.js';
import { KnownLists } from './known-lists.js';
import { listen, type StopListening } from './listen.js';
import { LATEST_MIGRATION, MIGRATIONS } from './migrations/index.js';
import { prepareDatabase } from './prepare.js';
import { requireRestored, restoringMark } from './restoring-mark.js';
import { readSetting } from './settings.js';
import type { Database } from './tables.js';
import { Vault } from './vault/index.js';

interface RoleDatabases {
  readonly owner: Kysely<Database>;
  /** Opaque: query through `withContext`. */
  readonly app: AppDb;
  readonly worker: Kysely<Database>;
  readonly matcher: Kysely<Database>;
  readonly sealer: Kysely<Database>;
}

interface StoreBase {
  readonly config: Config;
  readonly keys: KeyRing;
  readonly vault: Vault;
  readonly lists: KnownLists;
  /** Calls back for each NOTIFY on `channel`, and with `null` after a lost connection: look what was missed. */
  listen(channel: string, onNotice: (payload: string | null) => void): Promise<StopListening>;
  /** Process id of the embedded PostgreSQL; null with a database of the owner's. */
  databasePid(): number | null;
  close(): Promise<void>;
}

/** A store with the databases of exactly the roles that were asked for. */
export type Store<R extends AnyRole = 'app'> = StoreBase & Pick<RoleDatabases, R>;

export interface OpenOptions<R extends AnyRole> {
  readonly roles: readonly R[];
  /**
   * Who brings the database up to date when it is not: this process, or (`child`) a short-lived one, so that the process
   * that serves the web never sees the passwords of the owner and the matcher; `no`: nobody, it must be current.
   */
  readonly prepare?: 'here' | 'child' | 'no';
  /** False: what is not there is not made. A folder that was mistyped must not become an empty store with a key of its own. */
  readonly create?: boolean;
  /** By the restore itself, while the folder holds half a store. */
  readonly restoring?: boolean;
}

/** Whether there is anything to open; a database of the owner's is asked when it is opened. */
export const storeExists = (config: Config): boolean =>
  config.database.kind !== 'embedded' || clusterExists(config.dataFolder);

/** Errors: STORE_MISSING, RESTORE_UNFINISHED, DB_PATH_UNREACHABLE, DB_START_FAILED, DB_UNREACHABLE, DB_MIGRATION_FAILED, DB_NEWER, CONFIG_INVALID. */
export const openStore = async <R extends AnyRole = 'app'>(
  config: Config,
  { roles, prepare = 'here', create = prepare !== 'no', restoring = false }: OpenOptions<R>,
): Promise<Store<R>> => {
  if (!restoring && existsSync(restoringMark(config.dataFolder)))
    throw fail('RESTORE_UNFINISHED', `a backup is being restored into ${config.dataFolder}`);
  if (!create && !storeExists(config)) throw fail('STORE_MISSING', `no store at ${config.dataFolder}`);
  if (config.database.kind === 'embedded' && prepare === 'child' && !clusterExists(config.dataFolder))
    await prepareInChild(config);
  const embedded =
    config.database.kind === 'embedded' ? await joinEmbedded(config.dataFolder, config.database.osUser) : null;
  const address = embedded?.address ?? null;
  const pools = new Map<AnyRole, Kysely<Database>>();
  const poolFor = async (role: AnyRole): Promise<Kysely<Database>> => {
    const pool = pools.get(role) ?? openPool(await clientConfig(config, address, role), role);
    pools.set(role, pool);
    return pool;
  };
  const stops = new Set<StopListening>();
  let stopFollowing = async (): Promise<void> => undefined;
  const lists = new KnownLists(config.vaultFolder);
  const close = async (): Promise<void> => {
    lists.close();
    await stopFollowing();
    await Promise.all([...stops].map((stop) => stop()));
    await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    pools.clear();
    await embedded?.leave();
  };
  try {
    const given = await readMasterKeys(config);
    const isGiven = given.some((key) => key !== null);
    const look = (): Promise<Facts> => lookAt(roles, poolFor, restoring);
    let facts = await look().catch((error: unknown) => absentFacts(error));
    if (facts.schema !== LATEST_MIGRATION || (facts.key.keyId === null && isGiven)) {
      await bringUpToDate(config, address, facts, { prepare, restoring });
      facts = await look();
    }
    const keys = new KeyRing(isGiven ? given : await readMasterKeys(config), facts.key);
    const asks = roles.find((role) => role === 'app' || role === 'worker' || role === 'sealer');
    if (asks !== undefined && keys.ready) stopFollowing = followKeyRotation(await runnerFor(asks, poolFor), keys);
    const base: StoreBase = {
      config,
      keys,
      vault: await Vault.open(config.vaultFolder),
      lists,
      listen: async (channel, onNotice) => {
        const role = roles.find((candidate) => candidate !== 'owner') ?? 'owner';
        const stop = await listen(await clientConfig(config, address, role), channel, onNotice);
        stops.add(stop);
        return async () => {
          stops.delete(stop);
          await stop();
        };
      },
      databasePid: () => embedded?.pid() ?? null,
      close,
    };
    return Object.assign(base, Object.fromEntries(pools)) as unknown as Store<R>;
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
};

/** The role `app` has no queries outside a transaction of ours; others use their pool. */
const runnerFor = async (
  role: AnyRole,
  poolFor: (role: AnyRole) => Promise<Kysely<Database>>,
): Promise<<T>(fn: (db: Kysely<Database>) => Promise<T>) => Promise<T>> => {
  const pool = await poolFor(role);
  return role === 'app' ? (fn) => withNobody(pool as unknown as AppDb, fn) : (fn) => fn(pool);
};

/** What the store says of itself; null: not set up yet. */
interface Facts {
  readonly schema: string | null;
  readonly key: KeyExpectation;
}

const NOTHING: Facts = { schema: null, key: { keyId: null, rotation: null } };

/** Asks as each of the roles, so that the usual start proves them all and needs no password of the owner. */
const lookAt = async (
  roles: readonly AnyRole[],
  poolFor: (role: AnyRole) => Promise<Kysely<Database>>,
  restoring: boolean,
): Promise<Facts> => {
  const each = roles.map(async (role): Promise<Facts> => {
    const pool = await poolFor(role);
    try {
      if (!restoring) await requireRestored(pool);
      const schema = await readSetting(pool, 'schema');
      return { schema, key: await readKeyExpectation(pool) };
    } catch (error) {
      throw isRedthreadError(error) ? error : unreachable(error, role);
    }
  });
  return (await Promise.all(each))[0] ?? NOTHING;
};

/** No password file, database, role, table or right yet (PostgreSQL's appendix A): preparing cures each of these. */
const absentFacts = (error: unknown): Facts => {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  const curable =
    (isRedthreadError(error) && error.detail.startsWith('no password')) ||
    ['3D000', '28P01', '28000', '42P01', '42501'].includes(code ?? '');
  if (!curable) throw error;
  return NOTHING;
};

const bringUpToDate = async (
  config: Config,
  address: EmbeddedDatabase['address'] | null,
  { schema }: Facts,
  { prepare, restoring }: Required<Pick<OpenOptions<AnyRole>, 'prepare' | 'restoring'>>,
): Promise<void> => {
  if (schema !== null && !Object.hasOwn(MIGRATIONS, schema) && schema > LATEST_MIGRATION)
    throw fail('DB_NEWER', `the store is at ${schema}, this program at ${LATEST_MIGRATION}`);
  const mayPrepare = config.database.kind === 'embedded' || config.database.ownerUrl !== null;
  if (prepare === 'no' || !mayPrepare)
    throw fail(
      'DB_UNREACHABLE',
      `the database is not set up for this version (${LATEST_MIGRATION}), or its passwords are not here: start the server first`,
    );
  if (prepare === 'child') await prepareInChild(config);
  else await prepareDatabase(config, address, { restoring });
};

const prepareInChild = (config: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entryPath(import.meta.url, './prepare-child.js')], {
      env: childEnvironment(config, ['owner']),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const [, errorCode = '', detail = ''] = /^([A-Z_]+): ([\s\S]*)$/.exec(output.trim()) ?? [];
      const known = Object.hasOwn(CATALOGUE, errorCode);
      reject(known ? fail(errorCode as ErrorCode, detail) : fail('DB_MIGRATION_FAILED', output.trim()));
    });
  });
