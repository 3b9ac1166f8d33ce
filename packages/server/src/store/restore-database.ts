// The database of a folder that a backup is being restored into.
import { sql, type Kysely } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Config } from '../app/config.js';
import { clientConfig, openPool } from './connection.js';
import { joinEmbedded } from './embedded/index.js';
import { MIGRATIONS } from './migrations/index.js';
import { prepareDatabase } from './prepare.js';
import type { Database } from './tables.js';

/** A database of exactly this schema, for its owner; `anew`: whatever a restore that was interrupted has left in it goes. Errors: DB_NEWER. */
export const openForRestore = async (
  config: Config,
  { anew, schema }: { readonly schema: string; readonly anew: boolean },
): Promise<{ readonly owner: Kysely<Database>; close(): Promise<void> }> => {
  if (!Object.hasOwn(MIGRATIONS, schema))
    throw fail('DB_NEWER', `the backup is of ${schema}, which this program does not know`);
  const embedded =
    config.database.kind === 'embedded' ? await joinEmbedded(config.dataFolder, config.database.osUser) : null;
  const address = embedded?.address ?? null;
  try {
    if (anew) {
      await prepareDatabase(config, address, { schema: null });
      const pool = openPool(await clientConfig(config, address, 'owner'), 'owner');
      await sql`drop schema public cascade`.execute(pool);
      await sql`create schema public`.execute(pool);
      await sql`grant usage on schema public to public`.execute(pool);
      await pool.destroy();
    }
    await prepareDatabase(config, address, { schema });
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
