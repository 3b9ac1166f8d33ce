// Which tables hold keys under the master key, and how a batch of their rows goes over from one master key to the next.
// A table that is missing here would keep the old key alive: a test compares this list with the columns of the database.
import { sql, type Kysely, type RawBuilder } from 'kysely';
import {
  isDestroyed,
  unwrapKey,
  wrapKey,
  type Database,
  type KeyPurpose,
  type KeyRing,
  type WrappedKey,
} from '../../store/index.js';

interface Row extends WrappedKey {
  readonly id: string;
  readonly agency_id: string;
  readonly case_id: string;
  readonly generation: number;
  readonly key: string;
  readonly ask_id: string;
}

interface WrappedTable {
  readonly name:
    | 'agency_keys'
    | 'ask_crops'
    | 'case_keys'
    | 'exchange_keys'
    | 'second_factors'
    | 'sign_in_providers'
    | 'signing_keys';
  /** Columns of the primary key with their types. */
  readonly key: Readonly<Partial<Record<keyof Row, 'uuid' | 'integer' | 'text'>>>;
  readonly useOf: (row: Row) => KeyPurpose;
}

export const WRAPPED_TABLES: readonly WrappedTable[] = [
  {
    name: 'agency_keys',
    key: { agency_id: 'uuid' },
    useOf: (row) => ({ purpose: 'agency-names', agencyId: row.agency_id }),
  },
  {
    name: 'ask_crops',
    key: { agency_id: 'uuid', ask_id: 'uuid' },
    useOf: (row) => ({ purpose: 'crop', key: row.ask_id }),
  },
  {
    name: 'case_keys',
    key: { case_id: 'uuid', generation: 'integer' },
    useOf: (row) => ({ purpose: 'case', agencyId: row.agency_id, caseId: row.case_id }),
  },
  { name: 'exchange_keys', key: { agency_id: 'uuid' }, useOf: (row) => ({ purpose: 'exchange', key: row.key }) },
  { name: 'second_factors', key: { id: 'uuid' }, useOf: (row) => ({ purpose: 'second-factor', key: row.id }) },
  { name: 'sign_in_providers', key: { id: 'uuid' }, useOf: (row) => ({ purpose: 'provider', key: row.id }) },
  { name: 'signing_keys', key: { key: 'text' }, useOf: (row) => ({ purpose: 'signing', key: row.key }) },
];

const BATCH = 500;

/** One batch of a table, in a transaction; answers how many rows went over: 0 when none is left. */
export const rewrapBatch = (
  owner: Kysely<Database>,
  keys: KeyRing,
  { from, to }: { readonly from: string; readonly to: string },
  { name, key, useOf }: WrappedTable,
): Promise<number> =>
  owner.transaction().execute(async (trx) => {
    const columns = Object.entries(key);
    const { rows } = await sql<Row>`select * from ${sql.table(name)} where master_key_id = ${from}
      order by ${sql.join(columns.map(([column]) => sql.ref(column)))} limit ${BATCH} for update`.execute(trx);
    if (rows.length === 0) return 0;
    const [old, next] = [keys.byId(from), keys.byId(to)];
    const rewrapped = rows.map((row) =>
      isDestroyed(row.wrapped)
        ? row.wrapped
        : wrapKey(next.bytes, unwrapKey(old.bytes, row.wrapped, useOf(row)), useOf(row)),
    );
    const values: RawBuilder<unknown>[] = columns.map(
      ([column, type]) => sql`${rows.map((row) => row[column as keyof Row])}::${sql.raw(type)}[]`,
    );
    await sql`update ${sql.table(name)} t set wrapped = n.wrapped, master_key_id = ${to}
      from unnest(${sql.join([...values, sql`${rewrapped}::bytea[]`])})
        as n (${sql.join([...columns.map(([column]) => sql.ref(column)), sql.ref('wrapped')])})
      where ${sql.join(
        columns.map(([column]) => sql`t.${sql.ref(column)} = n.${sql.ref(column)}`),
        sql` and `,
      )}`.execute(trx);
    return rows.length;
  });

export interface KeyCount {
  readonly masterKeyId: string;
  /** Those that name its objects, of its packages, of the crops that it asks with, of the authenticator apps of its people, and of the provider they sign in at. */
  readonly agencyKeys: number;
  readonly caseKeys: number;
  /** That sign the record. */
  readonly signingKeys: number;
}

/** How many keys lie under which master key. */
export const countKeys = async (owner: Kysely<Database>): Promise<KeyCount[]> => {
  const { rows } = await sql<KeyCount>`
    select master_key_id as "masterKeyId", sum(agency) as "agencyKeys", sum("case") as "caseKeys", sum(signing) as "signingKeys" from (
      select master_key_id, count(*) as agency, 0 as "case", 0 as signing from agency_keys group by 1
      union all select master_key_id, count(*), 0, 0 from exchange_keys group by 1
      union all select master_key_id, count(*), 0, 0 from second_factors where wrapped is not null group by 1
      union all select master_key_id, count(*), 0, 0 from sign_in_providers where wrapped is not null group by 1
      union all select master_key_id, count(*), 0, 0 from ask_crops group by 1
      union all select master_key_id, 0, count(*), 0 from case_keys group by 1
      union all select master_key_id, 0, 0, count(*) from signing_keys group by 1) as counted
    group by 1 order by 1`.execute(owner);
  return rows.map((row) => ({
    ...row,
    agencyKeys: Number(row.agencyKeys),
    caseKeys: Number(row.caseKeys),
    signingKeys: Number(row.signingKeys),
  }));
};

export const keysIn = ({ agencyKeys, caseKeys, signingKeys }: KeyCount): number => agencyKeys + caseKeys + signingKeys;
