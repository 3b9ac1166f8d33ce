// The tree of a log as the database keeps it: its leaves are the hashes of the sealed events, the kept levels rows of their own.
import { sql, type Kysely } from 'kysely';
import type { TreeSource } from '@redthread/core/audit';
import { fail } from '@redthread/core/errors';
import type { Database } from '../tables.js';

/** Errors of its hashes: RECORD_BROKEN when one is not there. */
export const storedTree = (db: Kysely<Database>, log: string): TreeSource => ({
  hashes: async (level, from, count) => {
    const read =
      level === 0
        ? sql<{ hash: Buffer }>`select leaf as hash from audit_sealed
            where agency_id = ${log} and number > ${from} and number <= ${from + count} order by number`
        : sql<{ hash: Buffer }>`select hash from audit_tree_nodes
            where agency_id = ${log} and level = ${level} and position >= ${from} and position < ${from + count}
            order by position`;
    const { rows } = await read.execute(db);
    if (rows.length !== count)
      throw fail('RECORD_BROKEN', `log ${log}: ${rows.length} of ${count} hashes of level ${level} from ${from} on`);
    return rows.map(({ hash }) => hash);
  },
});
