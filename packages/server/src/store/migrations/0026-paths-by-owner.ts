// Files are found by a part of their path within one's own agency and the cases of others that are seen, in one scan of one index. With
// the case as a column of its own, an index of words is scanned once for each case, or the planner leaves the cases out and reads files of
// strangers that are called alike; with agency and case in an array, the cases of others are one condition, which is always asked.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const SEARCH = sql.raw(`
drop index occurrences_path_words;
create index occurrences_path_words on occurrences using gin ((array[agency_id, case_id]), lower(path) gin_trgm_ops);

create or replace function search_paths(words text, at_most integer) returns setof uuid language plpgsql stable cost 1000 rows 100 ${AS_OWNER} as $$
declare
  own uuid := sight_agency();
  hidden uuid[] := hidden_cases();
  shared uuid[] := shared_cases();
  withheld uuid[] := withheld_exhibits();
  pattern text := '%' || replace(replace(replace(lower(words), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
begin
  return query select o.id from occurrences o
    where array[o.agency_id, o.case_id] && (array[own] || shared) and lower(o.path) like pattern
      and o.exhibit_id <> all(withheld) and (o.agency_id <> own or o.case_id <> all(hidden))
    order by o.path, o.id limit at_most;
end $$;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await SEARCH.execute(db);
};
