// People keep the language in which they read the web application among their own settings.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `alter table own_settings drop constraint own_settings_name_check,
        add constraint own_settings_name_check check (name ~ '^(keys|language|graph:(case|entity):[0-9a-f-]{36})$')`,
    )
    .execute(db);
};
