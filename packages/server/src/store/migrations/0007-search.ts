// Search by part of a path. LIKE is not leakproof: as the role of the web it would be asked of every row that may be seen,
// one by one. This function asks the index, and applies the rule of who sees what inside.
import { AS_OWNER } from './0006-accounts.js';

export const SEARCH = `
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

drop index occurrences_media_id_idx, occurrences_case_id_idx;
create index on occurrences (media_id, case_id, exhibit_id);
-- By agency and case first: of other agencies, only the cases that the actor may see are gone through.
create index occurrences_path_words on occurrences using gin (agency_id, case_id, lower(path) gin_trgm_ops);

create function search_paths(words text, at_most integer) returns setof uuid language plpgsql stable cost 1000 rows 100 ${AS_OWNER} as $$
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
      select o.id, o.path from occurrences o
        where o.case_id = any(shared) and lower(o.path) like pattern and o.exhibit_id <> all(withheld)
    ) f order by f.path, f.id limit at_most;
end $$;
revoke execute on function search_paths(text, integer) from public;
grant execute on function search_paths(text, integer) to redthread_app;
`;
