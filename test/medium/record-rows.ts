// Rows of the sealed record for whoever tampers with it: which there are, one drawn at random, and another value for each column.
import { randomUUID } from 'node:crypto';
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Random } from '../../packages/core/test-support/random.js';
import type { Database } from '../../packages/server/src/store/index.js';

type Trx = Transaction<Database>;

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Tables of the record, and what picks one row of each; waiting events are no part of what is sealed. */
export const SEALED = `exists (select from audit_sealed s where s.event = t.uid)`;
export const TABLES: Readonly<Record<string, { readonly of: string; readonly columns: readonly string[] }>> = {
  audit_events: {
    of: SEALED,
    columns: [
      'id',
      'at',
      'agency_id',
      'user_id',
      'login',
      'type',
      'object_kind',
      'object_id',
      'purpose',
      'request_id',
      'detail',
      'xid',
      'uid',
    ],
  },
  audit_sealed: { of: 'true', columns: ['agency_id', 'number', 'event', 'leaf', 'chain', 'commitments'] },
  audit_salts: { of: `t.salts <> '{}'`, columns: ['event', 'salts'] },
  audit_tree_nodes: { of: 'true', columns: ['agency_id', 'level', 'position', 'hash'] },
  audit_heads: { of: 'true', columns: ['agency_id', 'size', 'round', 'root', 'chain', 'at', 'key', 'signature'] },
  audit_record_heads: {
    of: 'true',
    columns: ['round', 'logs', 'root', 'previous', 'anchor_count', 'anchor_chain', 'at', 'key', 'signature'],
  },
  signing_keys: { of: 'true', columns: ['key', 'public_key', 'previous', 'at', 'endorsement', 'wrapped'] },
};

export const pickRow = async (trx: Trx, random: Random, table: string): Promise<string> => {
  const { rows } = await sql<{ place: string }>`select t.ctid::text as place from ${sql.table(table)} t
    where ${sql.raw(TABLES[table]?.of ?? 'true')} order by t.ctid`.execute(trx);
  return random.pick(rows).place;
};
export const at = (place: string): RawBuilder<unknown> => sql`ctid = ${place}::tid`;

export const typeOf = async (trx: Trx, table: string, name: string): Promise<Column> => {
  const { rows } = await sql<{ type: string }>`select format_type(atttypid, null) as type from pg_attribute
    where attrelid = ${table}::regclass and attname = ${name}`.execute(trx);
  return { name, type: rows[0]?.type ?? 'text' };
};

/** A value that differs from the one that is there. */
export const otherValue = ({ name, type }: Column, random: Random): RawBuilder<unknown> => {
  const column = sql.ref(name);
  if (type === 'uuid') return sql`${randomUUID()}::uuid`;
  if (type === 'jsonb')
    return random.pick([
      sql`${column} || jsonb_build_object(${`added ${random.whole(0, 9)}`}::text, 1)`,
      sql`case when ${column} = '{}' then '{"added": "x"}' else ${column} - (select min(k) from jsonb_object_keys(${column}) k) end`,
      sql`case when ${column} = '{}' then '{"added": "x"}' else
        (select jsonb_object_agg(k, to_jsonb(coalesce(v #>> '{}', '') || '0')) from jsonb_each(${column}) as e (k, v)) end`,
    ]);
  if (type.startsWith('timestamp')) return sql`${column} + interval '1 millisecond'`;
  if (type === 'xid8') return sql`(${column}::text::numeric + 1)::text::xid8`;
  if (type === 'smallint') return sql`${column} + 8`;
  // Far enough that no other row has it.
  if (type === 'integer' || type === 'bigint') return sql`${column} + ${random.whole(10_000, 99_999)}`;
  return sql`case when ${column} is null then 'x' else ${column} || 'x' end`;
};
