// Files that the provider who reported them has not viewed, and what allows to open them. Whether a medium is closed is never
// stored: it follows from its files and from the legal bases in force.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLES = sql.raw(`
-- Null: nothing was said about it, as with everything that was seized.
alter table occurrences add column provider_viewed boolean;
create index occurrences_not_viewed on occurrences (media_id) where provider_viewed = false;
create index occurrences_not_viewed_of on occurrences (exhibit_id) where provider_viewed = false;

-- Held: waits for a legal basis, and for nothing that a worker could do.
alter table work drop constraint work_state_check;
alter table work add constraint work_state_check
  check (state in ('queued', 'leased', 'held', 'done', 'failed', 'quarantined'));
create index work_held on work (media_id) where state = 'held';

create table legal_bases (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  exhibit_id uuid not null,
  -- Null: every file of the exhibit.
  media_id uuid,
  kind text not null check (kind in ('warrant', 'consent', 'emergency', 'other')),
  reference text not null check (reference <> ''),
  words text not null,
  recorded_by uuid not null,
  login text not null,
  recorded_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_login text,
  withdrawn_reason text,
  unique (agency_id, id),
  foreign key (agency_id, exhibit_id) references exhibits (agency_id, id) on delete cascade,
  foreign key (agency_id, media_id) references media (agency_id, id) on delete cascade,
  foreign key (agency_id, recorded_by) references users (agency_id, id),
  foreign key (agency_id, withdrawn_by) references users (agency_id, id),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
create index on legal_bases (exhibit_id);
`);

const FUNCTIONS = sql.raw(`
-- As whoever asks sees it: every visible file of the medium was not viewed, and none is covered by a basis in force.
create function media_closed(wanted uuid) returns boolean language sql stable as $$
  select exists (select from occurrences o where o.media_id = wanted and o.provider_viewed = false)
    and not exists (select from occurrences o where o.media_id = wanted and (o.provider_viewed is distinct from false
      or exists (select from legal_bases b where b.exhibit_id = o.exhibit_id and b.withdrawn_at is null
        and (b.media_id is null or b.media_id = wanted))))
$$;

-- What waited goes on; what had not begun waits again.
create function follow_legal_basis() returns trigger language plpgsql ${AS_OWNER} as $$
declare concerned uuid[];
begin
  concerned := array(select distinct o.media_id from occurrences o
    where o.exhibit_id = new.exhibit_id and o.media_id is not null and (new.media_id is null or o.media_id = new.media_id));
  if new.withdrawn_at is null then
    with released as (
      update work set state = 'queued', not_before = now(), updated_at = now()
        where state = 'held' and media_id = any(concerned) and not media_closed(media_id) returning exhibit_id)
    update exhibits set state = 'processing', completed_at = null
      where state = 'complete' and id in (select exhibit_id from released);
    perform pg_notify('redthread_work', 'decode'), pg_notify('redthread_work', 'metadata');
  else
    update work set state = 'held', updated_at = now()
      where state = 'queued' and stage <> 'match' and media_id = any(concerned) and media_closed(media_id);
  end if;
  return null;
end $$;
create trigger follow_legal_basis after insert or update of withdrawn_at on legal_bases
  for each row execute function follow_legal_basis();
revoke execute on function follow_legal_basis() from public;
`);

const ofVisible = 'exhibit_id in (select e.id from exhibits e)';
const own = 'agency_id = app_agency()';

const POLICIES = sql.raw(`
alter table legal_bases enable row level security;
alter table legal_bases force row level security;
create policy owner_all on legal_bases for all to current_user using (true) with check (true);
create policy service_see on legal_bases for select to redthread_worker, redthread_matcher using (true);
create policy app_see on legal_bases for select to redthread_app using (${ofVisible});
create policy app_add on legal_bases for insert to redthread_app
  with check (${own} and ${ofVisible} and recorded_by = app_user() and withdrawn_at is null);
create policy app_withdraw on legal_bases for update to redthread_app
  using (${own} and ${ofVisible} and withdrawn_at is null) with check (${own} and ${ofVisible} and withdrawn_by = app_user());

grant select, insert (agency_id, exhibit_id, media_id, kind, reference, words, recorded_by, login),
  update (withdrawn_at, withdrawn_by, withdrawn_login, withdrawn_reason) on legal_bases to redthread_app;
grant select on legal_bases to redthread_worker, redthread_matcher;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, FUNCTIONS, POLICIES]) await step.execute(db);
};
