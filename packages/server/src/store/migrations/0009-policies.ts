// Who sees and changes requests, custody and holds, and under what the role `worker` may take rows away.

import { AS_OWNER } from './0006-accounts.js';

const FUNCTIONS = `
-- What requests are running on; asked once a statement.
create function running_cases() returns setof uuid language sql stable ${AS_OWNER} as
  $$ select case_id from requests where state = 'running' union select to_case_id from requests where state = 'running' and to_case_id is not null $$;
create function running_media() returns setof uuid language sql stable ${AS_OWNER} as
  $$ select m.media_id from request_media m join requests r on r.id = m.request_id where r.state = 'running' $$;
-- What left the system of the media of a request, for the record that says what remains. The worker reads no record itself.
create function sent_of_request(wanted uuid) returns table (type text, times bigint, persons bigint) language sql stable ${AS_OWNER} as
  $$ select a.type, count(*), count(distinct a.user_id) from audit_events a
    where a.type in ('reveal', 'download', 'export') and (a.object_id in (select m.media_id::text from request_media m where m.request_id = wanted)
      or a.object_id = (select r.case_id::text from requests r where r.id = wanted))
    group by a.type $$;
-- Which agencies were let in to a case, in the words that the agency knows them by.
create function sharing_of_request(wanted uuid) returns table (name text) language sql stable ${AS_OWNER} as
  $$ select distinct g.name from requests r join case_access a on a.case_id = r.case_id join agencies g on g.id = a.grantee_agency_id
      where r.id = wanted and g.id <> r.agency_id
    union select distinct 'the operation ' || o.reference from requests r join cases c on c.id = r.case_id join operations o on o.id = c.operation_id
      where r.id = wanted $$;
revoke execute on function running_cases(), running_media(), sent_of_request(uuid), sharing_of_request(uuid) from public;
grant execute on function running_cases(), running_media(), sent_of_request(uuid), sharing_of_request(uuid) to redthread_worker;
`;

/** Steps of a request, and who may take them; whatever else a request says stays as it was asked for. */
const STEPS = `
create function guard_request_step() returns trigger language plpgsql as $$
declare allowed boolean := false;
begin
  if current_user = 'redthread_app' then
    allowed := case
      when old.state = 'requested' and new.state in ('approved', 'offered', 'refused') then
        app_agency() = old.agency_id and app_user() <> old.requested_by and new.decided_by = app_user()
          and (old.second_user is null or old.second_user = app_user())
          and (new.state <> 'approved' or old.kind <> 'case-transfer')
      when old.state = 'offered' and new.state = 'approved' then
        app_agency() = old.to_agency_id and new.accepted_by = app_user() and new.decided_by = old.decided_by
      when old.state = 'offered' and new.state = 'refused' then app_agency() = old.to_agency_id and new.accepted_by = app_user()
      when old.state in ('requested', 'offered') and new.state = 'cancelled' then app_agency() = old.agency_id
      when old.state in ('requested', 'offered') and new.state = 'expired' then old.expires_at <= now()
      else false end;
  elsif current_user = 'redthread_worker' then
    allowed := (old.state, new.state) in (('approved', 'approved'), ('approved', 'running'), ('running', 'running'), ('running', 'approved'),
      ('running', 'done'), ('running', 'failed'), ('approved', 'failed')) or (old.state = 'done' and new.state = 'done');
  else
    return new;
  end if;
  if not allowed then
    raise sqlstate 'RT001' using message = 'REQUEST_CLOSED', detail = 'a request does not go from ' || old.state || ' to ' || new.state || ' this way';
  end if;
  return new;
end $$;
create trigger request_step before update on requests for each row execute function guard_request_step();
`;

/** Whoever has to decide is told, and so is whoever asked, of what came of it. */
const TELL = `
create function tell_of_request() returns trigger language plpgsql ${AS_OWNER} as $$
declare more jsonb := jsonb_build_object('number', new.number, 'kind', new.kind, 'case', new.subject ->> 'case',
  'exhibit', new.subject ->> 'exhibit', 'by', new.requested_login, 'answer', new.state, 'to', new.subject ->> 'to');
begin
  if tg_op = 'INSERT' then
    if new.second_user is not null then
      perform tell(new.agency_id, new.second_user, null, 'request', 'request', new.id, more);
    else
      perform tell(new.agency_id, null, '{administrator,coordinator}', 'request', 'request', new.id, more);
    end if;
  elsif new.state = 'offered' then
    select more || jsonb_build_object('agency', name) into more from agencies where id = new.agency_id;
    perform tell(new.to_agency_id, null, '{administrator,coordinator}', 'case-offered', 'request', new.id, more);
  elsif new.state in ('refused', 'done', 'failed') then
    perform tell(new.agency_id, new.requested_by, null, 'request-answered', 'request', new.id, more);
  end if;
  return null;
end $$;
create trigger tell_of_request_asked after insert on requests for each row execute function tell_of_request();
create trigger tell_of_request_answered after update of state on requests for each row
  when (old.state is distinct from new.state) execute function tell_of_request();
`;

/** A case that has ended takes nothing in; whoever ends one waits for those that are writing, by the lock of its row. */
const OPEN_CASES = `
create function in_open_case() returns trigger language plpgsql ${AS_OWNER} as $$
declare found_state text;
begin
  select state into found_state from cases where id = new.case_id for share;
  if session_user <> current_user and found_state not in ('open', 'arriving') then
    raise sqlstate 'RT001' using message = 'CASE_ENDED', detail = 'the case is ' || found_state;
  end if;
  return new;
end $$;
create trigger in_open_case before insert on exhibits for each row execute function in_open_case();
create trigger in_open_case before insert on case_holds for each row execute function in_open_case();

create function guard_case_state() returns trigger language plpgsql as $$
begin
  if current_user = 'redthread_app' and (new.state <> 'open' or old.state <> 'open') then
    raise sqlstate 'RT001' using message = 'CASE_ENDED', detail = 'the case is ' || old.state;
  end if;
  return new;
end $$;
create trigger case_state before update on cases for each row execute function guard_case_state();
`;

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const own = 'agency_id = app_agency()';
/** Asked of \`cases\`, so that whoever does not see a case, or an exhibit of it, sees nothing of what happens to it. */
const ownCase = `${own} and case_id in (select id from cases)`;
const ownExhibit = `${ownCase} and coalesce(exhibit_id not in (select unnest(withheld_exhibits())), true)`;

const SEEN = `
${['requests', 'custody_entries', 'case_holds', 'request_media', 'set_aside', 'destructions', 'backups'].map(secured).join('')}

create policy app_see on requests for select to redthread_app using ((${ownExhibit})
  or (to_agency_id = app_agency() and state in ('offered', 'approved', 'running', 'done', 'failed')));
create policy app_ask on requests for insert to redthread_app
  with check (${ownExhibit} and requested_by = app_user() and state = 'requested');
create policy app_decide on requests for update to redthread_app using ((${ownExhibit}) or to_agency_id = app_agency())
  with check ((${ownExhibit}) or to_agency_id = app_agency());
create policy worker_run on requests for all to redthread_worker using (true) with check (true);
grant select on requests to redthread_app, redthread_worker;
grant insert (agency_id, number, kind, case_id, exhibit_id, to_case_id, to_agency_id, of_request, subject, reason, requested_by,
  requested_login, requested_from, second_user, second_login) on requests to redthread_app;
grant update (state, decided_by, decided_login, decided_at, decided_from, decision_reason, accepted_by, accepted_login, accepted_at,
  accepted_as) on requests to redthread_app;
grant update (state, started_at, finished_at, error_code, error_detail, progress, outcome, to_case_id) on requests to redthread_worker;

-- The auditors and those who answer for the cases also read the custody of what was withdrawn.
create policy app_see on custody_entries for select to redthread_app using (${ownExhibit} and (
  exhibit_id is null or exhibit_id in (select id from exhibits) or (select i_am('auditor', 'administrator', 'coordinator'))));
create policy app_write on custody_entries for insert to redthread_app with check (${ownCase} and user_id = app_user());
create policy worker_write on custody_entries for all to redthread_worker using (true) with check (true);
grant select on custody_entries to redthread_app, redthread_worker;
-- Whoever writes an entry gives neither its time nor its number; the worker also carries over those of another agency.
grant insert (agency_id, case_id, exhibit_id, event, user_id, person, second_person, from_place, to_place, reason, request_id)
  on custody_entries to redthread_app;
grant insert on custody_entries to redthread_worker;

create policy app_see on case_holds for select to redthread_app using (${ownCase});
create policy app_place on case_holds for insert to redthread_app with check (${ownCase} and placed_by = app_user());
create policy app_release on case_holds for update to redthread_app using (${ownCase} and released_at is null)
  with check (${ownCase} and released_by = app_user());
create policy worker_see on case_holds for select to redthread_worker using (true);
grant select on case_holds to redthread_app, redthread_worker;
grant insert (agency_id, case_id, reason, placed_by, placed_login) on case_holds to redthread_app;
grant update (released_by, released_at, release_reason) on case_holds to redthread_app;

create policy worker_all on request_media for all to redthread_worker using (true) with check (true);
create policy worker_all on set_aside for all to redthread_worker using (true) with check (true);
grant select, insert, delete on request_media to redthread_worker;
grant update (is_gone) on request_media to redthread_worker;
grant select, insert, update, delete on set_aside to redthread_worker;

create policy app_see on destructions for select to redthread_app using (${ownCase});
create policy worker_write on destructions for all to redthread_worker using (true) with check (true);
grant select on destructions to redthread_app, redthread_worker;
grant insert on destructions to redthread_worker;

create policy worker_see on backups for select to redthread_worker using (true);
grant select on backups to redthread_worker;
`;

/** Content that no agency holds, not even aside. */
const unheld = (content: string): string => `not exists (select from media m where m.content_id = ${content})
  and not exists (select from set_aside s where s.content_id = ${content})`;

/** Permissive policies let the worker at every row; these hold it to the rows of running requests when it takes some away. */
const TAKEN_AWAY: readonly (readonly [table: string, covered: string])[] = [
  ['exhibits', 'case_id in (select running_cases())'],
  ['occurrences', 'case_id in (select running_cases())'],
  ['envelopes', 'case_id in (select running_cases())'],
  ['case_keys', 'case_id in (select running_cases())'],
  ['media', 'id in (select running_media())'],
  ['media_metadata', 'media_id in (select running_media())'],
  ['vault_objects', 'media_id in (select running_media())'],
  ['work', 'media_id in (select running_media())'],
  ['matches', 'media_a in (select running_media()) or media_b in (select running_media())'],
  ['contents', unheld('contents.id')],
  ['signals', unheld('signals.content_id')],
];

const takenAway = ([table, covered]: (typeof TAKEN_AWAY)[number]): string => `
create policy only_on_request on ${table} as restrictive for delete to redthread_worker using (${covered});
grant delete on ${table} to redthread_worker;`;

const WORKER = `
create policy worker_see on handling_codes for select to redthread_worker using (true);
grant select (agency_id, code) on handling_codes to redthread_worker;
grant select (id, media_a, media_b, agency_a, agency_b, grade) on matches to redthread_worker;
grant insert on cases to redthread_worker;
grant update (state, ended_at, title, operation_id, shared_with_operation) on cases to redthread_worker;
create policy only_on_request on cases as restrictive for update to redthread_worker using (id in (select running_cases()));
create policy arrives_on_request on cases as restrictive for insert to redthread_worker with check (state = 'arriving');
-- A key that is destroyed lies in dead rows of its table until that is written anew.
do $$ begin
  if current_setting('server_version_num')::integer >= 170000 then execute 'grant maintain on case_keys to redthread_worker'; end if;
end $$;
-- Of a key that is destroyed the row stays.
grant update (wrapped) on case_keys to redthread_worker;
create policy only_destroyed on case_keys as restrictive for update to redthread_worker
  using (case_id in (select running_cases())) with check (octet_length(wrapped) = 0);
`;

export const TWO_PERSON_POLICIES = [
  FUNCTIONS,
  STEPS,
  TELL,
  OPEN_CASES,
  SEEN,
  ...TAKEN_AWAY.map(takenAway),
  WORKER,
].join('\n');
