// What every part of a report is built with: one snapshot of the database, as the person who asks sees it, and where its blocks go.
import { sql, type RawBuilder } from 'kysely';
import type { ReportRecord } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { instantText, type Trx } from '../../../store/index.js';
import { byTrafficLight } from '../../handling/index.js';
import type { ReportSink } from '../render/model-file.js';

export interface Building {
  readonly trx: Trx;
  readonly sink: ReportSink;
  readonly record: ReportRecord;
}

const ROWS_AT_ONCE = 2_000;
let cursors = 0;

/** Rows of a query, a few at a time: however many there are, memory holds those. */
export async function* rowsOf<T>(trx: Trx, query: RawBuilder<T>): AsyncGenerator<T> {
  const name = sql.raw(`report_rows_${(cursors = (cursors + 1) % 1_000_000)}`);
  await sql`declare ${name} no scroll cursor for ${query}`.execute(trx);
  for (;;) {
    const { rows } = await sql<T>`fetch ${sql.raw(String(ROWS_AT_ONCE))} from ${name}`.execute(trx);
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close ${name}`.execute(trx);
}

/** How many rows a table is to have: asked apart from them. */
export const countOf = async (trx: Trx, query: RawBuilder<{ count: number }>): Promise<number> =>
  (await query.execute(trx)).rows[0]?.count ?? 0;

/** The last head of the agency's log. Errors: REPORT_UNSIGNED where nothing is sealed yet. */
export const recordOf = async (trx: Trx, log: string): Promise<ReportRecord> => {
  const { rows } = await sql<{ size: number; root: string; at: string }>`
    select size, encode(root, 'hex') as root, ${instantText('at')} as at
    from audit_heads where agency_id = app_agency() order by size desc limit 1`.execute(trx);
  const [head] = rows;
  if (head === undefined) throw fail('REPORT_UNSIGNED', 'no event of your agency is sealed yet');
  return { log, ...head };
};

/** Codes of everything that a report tells of: cases, exhibits, and the lists that were asked; the strictest first. */
export const handlingOf = async (
  trx: Trx,
  { cases, exhibits }: { readonly cases: readonly string[]; readonly exhibits: readonly string[] },
): Promise<string[]> => {
  const { rows } = await sql<{ code: string }>`
    select handling as code from cases where id = any(${[...new Set(cases)]}::uuid[])
    union select handling from exhibits where id = any(${[...new Set(exhibits)]}::uuid[]) and handling is not null
    union select handling from lists`.execute(trx);
  return rows.map(({ code }) => code).sort(byTrafficLight);
};
