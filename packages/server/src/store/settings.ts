// Facts about this store that every process must agree on: written by the owner, read by all.
import type { Kysely } from 'kysely';
import type { KeyRotation } from './keys/rotation.js';
import type { Database } from './tables.js';

export interface StoreSettings {
  /** Name of the last migration that ran. */
  schema: string;
  /** Id of the master key that seals this store. */
  'master-key-id': string;
  /** A change of the master key that is under way. */
  'key-rotation': KeyRotation;
  /** Roles whose generated password was set from this program's credentials folder. */
  credentials: readonly string[];
  /** A demonstration instance is marked here and cannot be turned into a real one. */
  instance: {
    readonly kind: 'demo' | 'real';
    readonly createdAt: string;
    /** Of a demonstration: what was drawn. */ readonly world?: string;
  };
}

export const readSetting = async <K extends keyof StoreSettings>(
  db: Kysely<Database>,
  key: K,
): Promise<StoreSettings[K] | null> => {
  const row = await db.selectFrom('store_settings').select('value').where('key', '=', key).executeTakeFirst();
  return row === undefined ? null : (row.value as StoreSettings[K]);
};

/** For the owner only. */
export const writeSetting = async <K extends keyof StoreSettings>(
  db: Kysely<Database>,
  key: K,
  value: StoreSettings[K],
): Promise<void> => {
  const json = JSON.stringify(value);
  await db
    .insertInto('store_settings')
    .values({ key, value: json })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: json }))
    .execute();
};

/** For the owner only. */
export const removeSetting = async (db: Kysely<Database>, key: keyof StoreSettings): Promise<void> => {
  await db.deleteFrom('store_settings').where('key', '=', key).execute();
};
