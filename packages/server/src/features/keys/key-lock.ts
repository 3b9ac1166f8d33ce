// One change of a key at a time. The lock ends with its connection, so a process that was killed leaves none.
import { sql, type Kysely } from 'kysely';
import { fail, saying } from '@redthread/core/errors';
import type { Database } from '../../store/index.js';

/** Errors: KEY_BUSY. */
export const withKeyLock = <T>(owner: Kysely<Database>, name: string, fn: () => Promise<T>): Promise<T> =>
  owner.connection().execute(async (session) => {
    const lock = sql`hashtextextended(${`redthread key ${name}`}, 0)`;
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${lock}) as locked`.execute(session);
    if (rows[0]?.locked !== true) throw fail('KEY_BUSY', name === 'master' ? 'the master key' : saying`case ${name}`);
    try {
      return await fn();
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(session).catch(() => undefined);
    }
  });
