// Rows of a query, a few at a time: however many there are, memory holds those.
import { sql, type RawBuilder } from 'kysely';
import type { Trx } from './context.js';

const ROWS_AT_ONCE = 2_000;
let cursors = 0;

/** Within a transaction: through a cursor of the database. */
export async function* rowsOf<T>(trx: Trx, query: RawBuilder<T>): AsyncGenerator<T> {
  const name = sql.raw(`rows_of_${(cursors = (cursors + 1) % 1_000_000)}`);
  await sql`declare ${name} no scroll cursor for ${query}`.execute(trx);
  for (;;) {
    const { rows } = await sql<T>`fetch ${sql.raw(String(ROWS_AT_ONCE))} from ${name}`.execute(trx);
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close ${name}`.execute(trx);
}
