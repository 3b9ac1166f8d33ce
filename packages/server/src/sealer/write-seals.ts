// Writes the seals of a round, and takes what it has sealed from what waits.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../store/index.js';
import type { Seal } from './sealing.js';

export const writeSeals = async (trx: Transaction<Database>, seals: readonly Seal[]): Promise<void> => {
  const column = <T>(of: (seal: Seal) => T): T[] => seals.map(of);
  await sql`insert into audit_sealed (agency_id, number, event, leaf, chain, commitments)
    select * from unnest(${column(({ log }) => log)}::uuid[], ${column(({ number }) => number)}::bigint[],
      ${column(({ event }) => event)}::uuid[], ${column(({ leaf }) => leaf)}::bytea[],
      ${column(({ chain }) => chain)}::bytea[],
      ${column(({ commitments }) => JSON.stringify(commitments))}::jsonb[])`.execute(trx);
  await sql`insert into audit_salts (event, salts)
    select * from unnest(${column(({ event }) => event)}::uuid[],
      ${column(({ salts }) => JSON.stringify(salts))}::jsonb[])`.execute(trx);
  const nodes = seals.flatMap(({ log, nodes: kept }) => kept.map((node) => ({ log, ...node })));
  if (nodes.length > 0)
    await trx
      .insertInto('audit_tree_nodes')
      .values(
        nodes.map(({ log, level, position, hash }) => ({ agency_id: log, level, position, hash: Buffer.from(hash) })),
      )
      .execute();
  await sql`delete from audit_waiting where uid = any(${column(({ event }) => event)}::uuid[])`.execute(trx);
};
