// Reports may be of a series.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table reports drop constraint reports_kind_check,
      add constraint reports_kind_check check (kind in ('case', 'exhibit', 'series', 'comparison'))`.execute(db);
};
