// The rows of a store, table by table, as PostgreSQL writes a row as text: exact for every type, whatever version reads it. Reading
// happens in one snapshot; loading in one transaction, with triggers and references put aside and checked again at its end.
import { sql, type Kysely, type Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database } from '../../store/index.js';
import type { LineWriter } from './sealed-file.js';

type Trx = Transaction<Database>;

const ROWS_AT_ONCE = 500;

/**
 * What is of this moment only, or of this database: who is signed in, which processes live, uploads on their way, what the indexes
 * have yet to follow. Migrations make their own tables.
 */
const NOT_KEPT = new Set([
  'connection_changes',
  'kysely_migration',
  'kysely_migration_lock',
  'index_changes',
  'index_snapshots',
  'key_handovers',
  'processes',
  'sessions',
  'setup_tokens',
  'uploads',
  'upload_chunks',
]);

interface Table {
  readonly name: string;
  /** In the order of the row as text. */
  readonly columns: readonly string[];
  /** Those that PostgreSQL computes itself. */
  readonly generated: readonly string[];
}

export type TableHead = { readonly table: string } & Pick<Table, 'columns'>;
export interface Sequence {
  readonly sequence: string;
  readonly value: number;
}

const tablesOf = async (db: Kysely<Database>): Promise<Table[]> => {
  const { rows } = await sql<Table>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
      coalesce(array_agg(a.attname::text) filter (where a.attgenerated <> ''), '{}') as generated
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname order by c.relname`.execute(
    db,
  );
  return rows.filter(({ name }) => !NOT_KEPT.has(name));
};

/** The keys of cases lie apart: their rows are kept without them. */
const columnOf = (table: string, column: string) =>
  table === 'case_keys' && column === 'wrapped' ? sql`''::bytea` : sql.ref(column);

/** Writes all rows as this transaction sees them. Answers how many. */
export const writeRows = async (
  trx: Trx,
  to: LineWriter,
  onProgress: (rows: number) => void = () => undefined,
): Promise<number> => {
  let total = 0;
  for (const { columns, name } of await tablesOf(trx)) {
    await to.write({ table: name, columns } satisfies TableHead);
    const list = sql.join(columns.map((column) => columnOf(name, column)));
    await eachRow<{ row: string }>(trx, sql`select row(${list})::text as row from ${sql.table(name)}`, async (rows) => {
      for (const { row } of rows) await to.write(row);
      total += rows.length;
      onProgress(total);
    });
  }
  const { rows } = await sql<Sequence>`select sequencename as sequence, last_value as value from pg_sequences
    where schemaname = 'public' and last_value is not null`.execute(trx);
  for (const sequence of rows) await to.write(sequence);
  return total;
};

/** A page at a time, whatever there is. */
export const eachRow = async <T>(
  trx: Trx,
  query: ReturnType<typeof sql>,
  work: (rows: readonly T[]) => Promise<void>,
): Promise<void> => {
  await sql`declare backup_rows no scroll cursor for ${query}`.execute(trx);
  for (;;) {
    const { rows } = await sql<T>`fetch ${sql.lit(ROWS_AT_ONCE)} from backup_rows`.execute(trx);
    if (rows.length === 0) break;
    await work(rows);
  }
  await sql`close backup_rows`.execute(trx);
};

export interface Loader {
  /** One line of the backup. */
  take(line: unknown): Promise<void>;
  /** References hold again, or nothing was loaded. */
  finish(): Promise<void>;
}

/** For the owner of an empty database of the same schema. Errors: BACKUP_BROKEN. */
export const loadInto = async (trx: Trx): Promise<Loader> => {
  const tables = new Map((await tablesOf(trx)).map((table) => [table.name, table]));
  const names = [...tables.keys()];
  const { rows: references } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace`.execute(trx);
  for (const name of names) await sql`alter table ${sql.table(name)} disable trigger user`.execute(trx);
  for (const { name, table } of references)
    await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(trx);
  await sql`truncate ${sql.join(names.map((name) => sql.table(name)))}`.execute(trx);

  let into: Table | null = null;
  let pending: string[] = [];
  const flush = async (): Promise<void> => {
    if (into === null || pending.length === 0) return;
    const columns = into.columns.filter((column) => into?.generated.includes(column) === false);
    await sql`insert into ${sql.table(into.name)} (${sql.join(columns.map((one) => sql.ref(one)))}) overriding system value
      select ${sql.join(columns.map((one) => sql`(r).${sql.ref(one)}`))}
      from (select u::${sql.table(into.name)} as r from unnest(${pending}::text[]) u offset 0) s`.execute(trx);
    pending = [];
  };
  return {
    take: async (line) => {
      if (typeof line === 'string') {
        pending.push(line);
        if (pending.length >= ROWS_AT_ONCE) await flush();
        return;
      }
      await flush();
      const { columns, sequence, table, value } = line as Partial<TableHead & Sequence>;
      if (sequence !== undefined)
        await sql`select setval(${`public.${sequence}`}::regclass, ${value}::bigint)`.execute(trx);
      if (table === undefined) return;
      into = tables.get(table) ?? null;
      if (into === null || into.columns.join() !== columns?.join())
        throw fail('BACKUP_BROKEN', `table ${table} has other columns here`);
    },
    finish: async () => {
      await flush();
      for (const { definition, name, table } of references)
        await sql`alter table ${sql.table(table)} add constraint ${sql.ref(name)} ${sql.raw(definition)}`.execute(trx);
      for (const name of names) await sql`alter table ${sql.table(name)} enable trigger user`.execute(trx);
    },
  };
};
