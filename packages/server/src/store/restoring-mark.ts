// The marks of a store that a backup is being restored into: one in the data folder, one in the database, which other machines may
// use as well. While one of them is there, the store is half a store.
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database } from './tables.js';

export const restoringMark = (dataFolder: string): string => join(dataFolder, 'restoring.json');

const MARK = 'redthread restores backup ';
/** Comment on the schema `public`. */
export const databaseMark = (backupId: string): string => `${MARK}${backupId}`;

/** Any role may ask. Errors: RESTORE_UNFINISHED. */
export const requireRestored = async (role: Kysely<Database>): Promise<void> => {
  const { rows } = await sql<{ mark: string | null }>`
    select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = 'public'`.execute(role);
  const mark = rows[0]?.mark ?? '';
  if (mark.startsWith(MARK))
    throw fail('RESTORE_UNFINISHED', `backup ${mark.slice(MARK.length)} is being restored into the database`);
};
