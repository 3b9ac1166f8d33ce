// Instants as the record seals them: text in UTC with the microseconds that PostgreSQL keeps and a Date would lose.
import { sql, type RawBuilder } from 'kysely';

/** `2026-01-31T09:26:53.123456Z` of a column or an expression. */
export const instantText = (of: string | RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${typeof of === 'string' ? sql.ref(of) : of} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
