// Who may see what: cases, their access and handling; the policies of every table; search by path.
import { sql, type Kysely } from 'kysely';
import { CASES } from './0007-cases.js';
import { createPolicies } from './0007-policies.js';
import { SEARCH } from './0007-search.js';
import { SIGHT } from './0007-sight.js';

/** Policies of before hang on it until they are replaced; the name is that of something else from here on. */
const RENAMED = 'alter function shared_cases() rename to shared_cases_before';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const part of [RENAMED, CASES, SIGHT]) await sql.raw(part).execute(db);
  await createPolicies(db);
  await sql.raw(SEARCH).execute(db);
};
