// An area of a place has all of its three numbers. Until now one without them was let through: what is compared with nothing is neither true nor
// false, and a check lets both but the false pass. One that says nothing is none.
import { sql, type Kysely } from 'kysely';

const NUMBERS = ['latitudeDeg', 'longitudeDeg', 'radiusM'];
/** True or false for whatever lies there, and never a failed cast. */
const IS_CIRCLE = `(case when jsonb_typeof(area) = 'object' and ${NUMBERS.map((name) => `coalesce(jsonb_typeof(area -> '${name}') = 'number', false)`).join(' and ')}
  then (area ->> 'latitudeDeg')::numeric between -90 and 90 and (area ->> 'longitudeDeg')::numeric between -180 and 180
    and (area ->> 'radiusM')::numeric between 1 and 2000000 and (area ->> 'radiusM')::numeric % 1 = 0
  else false end)`;

const CHECK = sql.raw(`
do $$ declare name text;
begin
  for name in select conname from pg_constraint where conrelid = 'entities'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%latitudeDeg%'
  loop execute format('alter table entities drop constraint %I', name); end loop;
end $$;
update entities set area = null where area is not null and not (kind = 'place' and ${IS_CIRCLE});
alter table entities add constraint area_is_a_circle check (area is null or kind = 'place' and ${IS_CIRCLE});
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await CHECK.execute(db);
};
