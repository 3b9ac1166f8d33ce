// Where a place is, as whoever records it knows it: a circle, since nothing that is said of a place is a point.
import { sql, type Kysely } from 'kysely';

const COLUMN = sql.raw(`
alter table entities add column area jsonb,
  add check (area is null or (kind = 'place'
    and (area ->> 'latitudeDeg')::float8 between -90 and 90 and (area ->> 'longitudeDeg')::float8 between -180 and 180
    and (area ->> 'radiusM')::int between 1 and 2000000));
grant insert (area) on entities to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await COLUMN.execute(db);
};
