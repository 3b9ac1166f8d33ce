// A contribution package on its way in over the API: an upload of a list that says whose package its bytes were, once that was opened.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table list_uploads add column package jsonb`.execute(db);
  await sql`grant update (package) on list_uploads to redthread_app`.execute(db);
};
