// Statements whose plan a connection keeps. Planning under the policies costs several times what running does: a search is planned
// once a connection and asked again by name. That is safe when people share a connection, because the policies read who asks from
// settings of the transaction while the plan runs, and nothing of an actor is written into it.
import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import pg from 'pg';

/** What a statement begins with whose plan is kept. */
export const KEPT_MARK = '/* kept plan */ ';

/** The query, to be planned once a connection. For texts of which there are few: what varies is given as parameters. */
export const kept = <T>(query: RawBuilder<T>): RawBuilder<T> => sql<T>`${sql.raw(KEPT_MARK)}${query}`;

const names = new Map<string, string>();

/** The name of a statement is of its text alone; PostgreSQL cuts names at 63 bytes. */
const nameOf = (text: string): string => {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `kept_${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
  names.set(text, name);
  return name;
};

type Query = (this: pg.Client, ...given: readonly unknown[]) => unknown;

/** A connection that prepares what is marked, and asks everything else as it is. */
export class KeepingClient extends pg.Client {
  override query = ((...given: readonly unknown[]): unknown => {
    const plainQuery = pg.Client.prototype.query as Query;
    const [text, values, ...rest] = given;
    return typeof text === 'string' && text.startsWith(KEPT_MARK)
      ? plainQuery.call(this, { name: nameOf(text), text, values }, ...rest)
      : plainQuery.call(this, ...given);
  }) as pg.Client['query'];
}
