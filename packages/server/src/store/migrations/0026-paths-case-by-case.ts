// Search by part of a path goes through the cases of others one by one. With all of them in one condition the planner asked the index
// of words without any case wherever it took the files that have these words for few, and then strangers' files were read as well.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const SEARCH = sql.raw(`
create or replace function search_paths(words text, at_most integer) returns setof uuid language plpgsql stable cost 1000 rows 100 ${AS_OWNER} as $$
declare
  own uuid := sight_agency();
  hidden uuid[] := hidden_cases();
  shared uuid[] := shared_cases();
  withheld uuid[] := withheld_exhibits();
  pattern text := '%' || replace(replace(replace(lower(words), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
begin
  return query select f.id from (
      select o.id, o.path from occurrences o
        where o.agency_id = own and lower(o.path) like pattern and o.case_id <> all(hidden) and o.exhibit_id <> all(withheld)
      union all
      select o.id, o.path from unnest(shared) s (case_id) cross join lateral (
        select f.id, f.path from occurrences f
          where f.case_id = s.case_id and lower(f.path) like pattern and f.exhibit_id <> all(withheld)
          order by f.path, f.id limit at_most) o
    ) f order by f.path, f.id limit at_most;
end $$;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await SEARCH.execute(db);
};
