// Who may do what, and who is told: operators and administrators, setting up, operations by consent, notices.
import { sql, type Kysely } from 'kysely';
import { ACCOUNTS } from './0006-accounts.js';
import { NOTICES } from './0006-notices.js';
import { OPERATIONS } from './0006-operations.js';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const part of [ACCOUNTS, OPERATIONS, NOTICES]) await sql.raw(part).execute(db);
};
