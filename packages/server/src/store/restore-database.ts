// The database of a folder that a backup is being restored into. One of the owner's carries a mark of its own: by it a restore that
// goes on knows what an earlier one has left from a store that somebody works with, which nothing here may touch.
import { sql, type Kysely } from 'kysely';
import { fail, isRedthreadError } from '@redthread/core/errors';
import type { Config } from '../app/config.js';
import { clientConfig, openPool, unreachable } from './connection.js';
import { joinEmbedded, type Address } from './embedded/index.js';
import { MIGRATIONS } from './migrations/index.js';
import { prepareDatabase } from './prepare.js';
import { databaseMark } from './restoring-mark.js';
import type { Database } from './tables.js';

/** Errors: DB_NEWER. */
export const requireKnownSchema = (schema: string): void => {
  if (!Object.hasOwn(MIGRATIONS, schema))
    throw fail('DB_NEWER', `the backup is of ${schema}, which this program does not know`);
};

type Owner = Kysely<Database>;

const withOwner = async <T>(
  config: Config,
  address: Address | null,
  work: (owner: Owner) => Promise<T>,
): Promise<T> => {
  const owner = openPool(await clientConfig(config, address, 'owner'), 'owner');
  try {
    return await work(owner);
  } catch (error) {
    throw isRedthreadError(error) ? error : unreachable(error, 'owner');
  } finally {
    await owner.destroy();
  }
};

const setMark = (owner: Owner, text: string | null): Promise<unknown> =>
  sql`comment on schema public is ${sql.lit(text)}`.execute(owner);

/** What lies in a database of the owner's. It is looked at alone. Errors: DB_UNREACHABLE. */
export const lookIntoDatabase = (
  config: Config,
  backupId: string,
): Promise<'nothing' | 'this restore' | 'another store'> =>
  withOwner(config, null, async (owner) => {
    const { rows } = await sql<{ mark: string | null; holds: boolean }>`
      select obj_description('public'::regnamespace, 'pg_namespace') as mark,
        exists (select from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) as holds
      where to_regnamespace('public') is not null`.execute(owner);
    const [found] = rows;
    if (found?.mark === databaseMark(backupId)) return 'this restore';
    return found?.holds === true ? 'another store' : 'nothing';
  });

export interface RestoreTarget {
  readonly backupId: string;
  readonly schema: string;
  /** Whatever a restore that was interrupted has left goes. */
  readonly anew: boolean;
}

/** A database of exactly this schema, for its owner. Errors: DB_UNREACHABLE, DB_START_FAILED, DB_MIGRATION_FAILED. */
export const openForRestore = async (
  config: Config,
  { anew, backupId, schema }: RestoreTarget,
): Promise<{ readonly owner: Owner; close(): Promise<void> }> => {
  const embedded =
    config.database.kind === 'embedded' ? await joinEmbedded(config.dataFolder, config.database.osUser) : null;
  const address = embedded?.address ?? null;
  try {
    if (embedded !== null) await prepareDatabase(config, address, { schema: null, restoring: true });
    await withOwner(config, address, async (owner) => {
      if (anew) {
        await sql`drop schema if exists public cascade`.execute(owner);
        await sql`create schema public`.execute(owner);
        await sql`grant usage on schema public to public`.execute(owner);
      }
      await setMark(owner, databaseMark(backupId));
    });
    await prepareDatabase(config, address, { schema, restoring: true });
    const owner = openPool(await clientConfig(config, address, 'owner'), 'owner');
    return {
      owner,
      close: async () => {
        await owner.destroy();
        await embedded?.leave();
      },
    };
  } catch (error) {
    await embedded?.leave();
    throw error;
  }
};

/** From now on it is a store as any other. */
export const endRestore = (owner: Owner): Promise<unknown> => setMark(owner, null);
