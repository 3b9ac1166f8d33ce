// Instants as text in UTC.
import { sql, type RawBuilder } from 'kysely';

const inUtc = (of: string | RawBuilder<unknown>) =>
  sql`${typeof of === 'string' ? sql.ref(of) : of} at time zone 'UTC'`;

/** As the record seals them, with the microseconds that PostgreSQL keeps and a Date would lose: `2026-01-31T09:26:53.123456Z` of a column or an expression. */
export const instantText = (of: string | RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${inUtc(of)}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** As a Date writes them, within JSON that the database makes: `2026-01-31T09:26:53.123Z`. */
export const millisecondText = (of: string | RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${inUtc(of)}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
