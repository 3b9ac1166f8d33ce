// How loud a film or a sound is along its length stands on the media, as bars that its page draws.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `alter table media add column loudness smallint[] check (cardinality(loudness) <= 1000);
      grant select (loudness) on media to redthread_app;`,
    )
    .execute(db);
};
