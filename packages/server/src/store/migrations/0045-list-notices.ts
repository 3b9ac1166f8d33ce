// Whoever registered an exhibit is told when a list comes that names something in it, and when such a list counts no longer: once for each list, with how
// much it is of what they see.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLES = sql.raw(`
alter table lists
  -- When it was told that it counts no longer; null: it counts, or that is to be told.
  add end_told_at timestamptz;
update lists set end_told_at = now() where expires_at <= now();
create index on lists (expires_at) where end_told_at is null;
`);

/** As each of them, so that nobody is told of a list or an exhibit that they do not see. */
const TELL = sql.raw(`
create function tell_of_list(about uuid, what text) returns integer language plpgsql ${AS_OWNER} as $$
declare
  l record;
  who record;
  held record;
  told integer := 0;
  actor text := nullif(current_setting('app.user', true), '');
  agency text := nullif(current_setting('app.agency', true), '');
begin
  select * into l from lists where id = about;
  for who in select distinct e.agency_id, e.created_by from list_hits h join occurrences o on o.media_id = h.media_id
      join exhibits e on e.id = o.exhibit_id where h.list_id = about loop
    perform set_config('app.user', who.created_by::text, true), set_config('app.agency', who.agency_id::text, true);
    perform look_around();
    continue when sight_agency() is null or (l.agency_id <> who.agency_id and l.id <> all(shared_lists()));
    select count(distinct e.id) as exhibits, count(distinct h.media_id) as media, min(c.reference || '/' || e.reference) as first into held
      from list_hits h join occurrences o on o.media_id = h.media_id join exhibits e on e.id = o.exhibit_id join cases c on c.id = e.case_id
      where h.list_id = about and e.agency_id = who.agency_id and e.created_by = who.created_by
        and e.case_id <> all(hidden_cases()) and e.id <> all(withheld_exhibits());
    continue when held.exhibits = 0;
    perform tell(who.agency_id, who.created_by, null, what, 'list', about, jsonb_build_object('list', l.name, 'version', l.version,
      'polarity', l.polarity, 'exhibit', held.first, 'exhibits', held.exhibits::text, 'media', held.media::text));
    told := told + 1;
  end loop;
  perform set_config('app.user', coalesce(actor, ''), true), set_config('app.agency', coalesce(agency, ''), true);
  perform look_around();
  return told;
end $$;

create function tell_of_ended_lists() returns integer language plpgsql ${AS_OWNER} as $$
declare
  ended uuid;
  told integer := 0;
begin
  for ended in update lists set end_told_at = now() where expires_at <= now() and end_told_at is null returning id loop
    told := told + tell_of_list(ended, 'list-ended');
  end loop;
  return told;
end $$;

revoke execute on function tell_of_list(uuid, text), tell_of_ended_lists() from public;
grant execute on function tell_of_list(uuid, text) to redthread_worker;
grant execute on function tell_of_ended_lists() to redthread_matcher;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, TELL]) await step.execute(db);
};
