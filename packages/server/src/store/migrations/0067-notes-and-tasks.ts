// Notes and tasks on what people work on together: a note goes as far as its code lets it and is read by named people; a task is set once,
// and whatever becomes of it is a further step. Neither is ever changed.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

/** What a row is about: one of the four, and whose it is. */
const about = (kinds: readonly string[]): string => `
  about_kind text not null check (about_kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})),
  operation_id uuid references operations,
  about_agency_id uuid,
  case_id uuid,
  series_id uuid,`;

const ABOUT_KEYS = `
  foreign key (about_agency_id, case_id) references cases (agency_id, id),
  foreign key (about_agency_id, series_id) references entities (agency_id, id) on delete cascade,`;

const TABLES = sql.raw(`
create table notes (
  id uuid primary key default gen_random_uuid(),
  -- Of whoever writes it; what it is about may be of others.
  agency_id uuid not null references agencies,
  ${about(['operation', 'case', 'series', 'media'])}
  media_id uuid,
  -- The first note of the thread that it answers in.
  thread_agency_id uuid,
  thread_id uuid,
  text text not null check (text <> ''),
  handling text not null,
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  at timestamptz not null default clock_timestamp(),
  retracted_at timestamptz,
  retract_reason text,
  unique (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id),
  foreign key (agency_id, handling) references handling_codes (agency_id, code),
  foreign key (thread_agency_id, thread_id) references notes (agency_id, id) on delete cascade,
  foreign key (about_agency_id, media_id) references media (agency_id, id) on delete cascade,
  ${ABOUT_KEYS}
  check (num_nonnulls(operation_id, case_id, series_id, media_id) = 1),
  check ((about_agency_id is null) = (about_kind = 'operation') and (thread_id is null) = (thread_agency_id is null)),
  check (num_nulls(retracted_at, retract_reason) in (0, 2))
);
create index on notes (operation_id, at) where operation_id is not null;
create index on notes (case_id, at) where case_id is not null;
create index on notes (series_id, at) where series_id is not null;
create index on notes (media_id, at) where media_id is not null;
create index on notes (thread_id) where thread_id is not null;

create table note_reads (
  note_agency_id uuid not null,
  note_id uuid not null,
  -- Of whoever has read it.
  agency_id uuid not null,
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  read_at timestamptz not null default now(),
  primary key (agency_id, note_id, user_id),
  foreign key (note_agency_id, note_id) references notes (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id)
);
create index on note_reads (note_id);

create table tasks (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  ${about(['operation', 'case', 'series'])}
  title text not null check (title <> ''),
  detail text not null default '',
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  at timestamptz not null default now(),
  unique (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id),
  ${ABOUT_KEYS}
  check (num_nonnulls(operation_id, case_id, series_id) = 1),
  check ((about_agency_id is null) = (about_kind = 'operation'))
);
create index on tasks (operation_id) where operation_id is not null;
create index on tasks (case_id) where case_id is not null;
create index on tasks (series_id) where series_id is not null;

-- How a task stands after each step; the last one counts.
create table task_steps (
  id uuid primary key default gen_random_uuid(),
  task_agency_id uuid not null,
  task_id uuid not null,
  -- Of whoever takes the step.
  agency_id uuid not null,
  state text not null check (state in ('open', 'doing', 'done', 'dropped')),
  -- Who is to do it: an agency, and of it a person once it has named one.
  for_agency_id uuid not null references agencies,
  for_user_id uuid,
  for_login text,
  due_on date,
  note text not null default '',
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  at timestamptz not null default clock_timestamp(),
  foreign key (task_agency_id, task_id) references tasks (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id),
  foreign key (for_agency_id, for_user_id) references users (agency_id, id),
  check ((for_user_id is null) = (for_login is null))
);
create index on task_steps (task_id, at);

create trigger in_open_case before insert on notes for each row when (new.case_id is not null) execute function in_open_case();
create trigger in_open_case before insert on tasks for each row when (new.case_id is not null) execute function in_open_case();
`);

const IN_FORCE = 'a.ended_at is null and (a.expires_at is null or a.expires_at > now())';

const FUNCTIONS = sql.raw(`
-- Whether the code of whoever wrote it lets a note through to the actor, who sees what it is about. A case that it hangs on: null for an
-- operation and a media.
create function note_reaches(writing_agency uuid, code_of_it text, of_agency uuid, of_case uuid) returns boolean
  language sql stable ${AS_OWNER} as $$
  select coalesce((select case h.reach
      when 'shared' then true
      when 'agency' then h.agency_id = app_agency()
      when 'named' then exists (select from case_access a where a.case_id = of_case and a.grantee_agency_id = app_agency()
        and a.grantee_user_id = app_user() and ${IN_FORCE})
      when 'granted' then app_agency() in (h.agency_id, of_agency)
        or exists (select from case_access a where a.case_id = of_case and a.grantee_agency_id = app_agency() and ${IN_FORCE})
      else h.agency_id = app_agency() or exists (select from handling_recipients r
        where r.agency_id = h.agency_id and r.code = h.code and r.recipient_id = app_agency()) end
    from handling_codes h where h.agency_id = writing_agency and h.code = code_of_it), false) $$;

-- A task is moved on by the agency that set it and by the one that is to do it.
create function may_step_task(wanted uuid) returns boolean language sql stable ${AS_OWNER} as $$
  select exists (select from tasks t where t.id = wanted and (t.agency_id = app_agency() or app_agency() = (
    select s.for_agency_id from task_steps s where s.task_id = t.id order by s.at desc limit 1))) $$;

create function tell_of_note() returns trigger language plpgsql ${AS_OWNER} as $$
declare
  more jsonb := jsonb_build_object('note', new.id, 'by', new.login, 'agency', new.said_agency, 'on', new.about_kind);
  what uuid := coalesce(new.operation_id, new.case_id, new.series_id, new.media_id);
begin
  if new.thread_id is not null then
    perform tell(w.agency_id, w.user_id, null, 'note-answered', new.about_kind, what, more)
      from (select distinct n.agency_id, n.user_id from notes n where n.id = new.thread_id or n.thread_id = new.thread_id) w
      where w.user_id <> new.user_id;
  elsif new.about_kind = 'operation' then
    perform tell(m.agency_id, null, '{coordinator,officer}', 'note', new.about_kind, what, more)
      from operation_members m where m.operation_id = new.operation_id and m.agency_id <> new.agency_id;
  elsif new.about_kind = 'case' then
    perform tell(c.agency_id, c.contact_user_id, null, 'note', new.about_kind, what, more)
      from cases c where c.id = new.case_id and c.contact_user_id <> new.user_id;
  elsif new.about_kind = 'series' then
    perform tell(e.agency_id, e.created_by, null, 'note', new.about_kind, what, more)
      from entities e where e.id = new.series_id and e.created_by <> new.user_id;
  end if;
  return null;
end $$;
-- Not of those that come back with their media.
create trigger tell_of_note after insert on notes for each row when (new.user_id = app_user()) execute function tell_of_note();

-- Whoever is to do it now, also where it was over, and whoever set it once it is over.
create function tell_of_task() returns trigger language plpgsql ${AS_OWNER} as $$
declare
  of_it tasks;
  before task_steps;
  more jsonb;
begin
  select * into of_it from tasks t where t.id = new.task_id;
  select * into before from task_steps s where s.task_id = new.task_id and s.id <> new.id order by s.at desc limit 1;
  more := jsonb_build_object('task', new.task_id, 'by', new.login, 'agency', new.said_agency, 'on', of_it.about_kind,
    'state', new.state, 'due', coalesce(new.due_on::text, ''));
  if new.state in ('done', 'dropped') then
    if of_it.user_id <> new.user_id then
      perform tell(of_it.agency_id, of_it.user_id, null, 'task-ended', of_it.about_kind,
        coalesce(of_it.operation_id, of_it.case_id, of_it.series_id), more);
    end if;
  elsif (new.for_user_id is distinct from before.for_user_id or before.state in ('done', 'dropped')) and new.for_user_id <> new.user_id then
    perform tell(new.for_agency_id, new.for_user_id, null, 'task', of_it.about_kind,
      coalesce(of_it.operation_id, of_it.case_id, of_it.series_id), more);
  elsif new.for_user_id is null and new.for_agency_id <> new.agency_id
      and (new.for_agency_id is distinct from before.for_agency_id or before.state in ('done', 'dropped')) then
    perform tell(new.for_agency_id, null, '{coordinator}', 'task', of_it.about_kind,
      coalesce(of_it.operation_id, of_it.case_id, of_it.series_id), more);
  end if;
  return null;
end $$;
create trigger tell_of_task after insert on task_steps for each row execute function tell_of_task();

revoke execute on function note_reaches(uuid, text, uuid, uuid), may_step_task(uuid) from public;
grant execute on function note_reaches(uuid, text, uuid, uuid), may_step_task(uuid) to redthread_app;
`);

const OWN = 'agency_id = app_agency()';
const SELF = `${OWN} and user_id = app_user()`;

/** What an agency said in an operation is said no longer once it has left. */
const ABOUT = (table: string): string => `sight_agency() is not null and case about_kind
  when 'operation' then operation_id = any(joined_operations()) and exists (select from operation_members m
    where m.operation_id = ${table}.operation_id and m.agency_id = ${table}.agency_id)
  when 'case' then exists (select from cases c where c.id = ${table}.case_id)
  when 'series' then exists (select from entities e where e.id = ${table}.series_id)`;
const NOTE_ABOUT = `${ABOUT('notes')} else exists (select from occurrences o where o.media_id = notes.media_id) end`;
/** A case or a series is its own agency's work; in an operation all who are in it see what is to be done. */
const TASK_SEEN = `${ABOUT('tasks')} else false end and (about_kind = 'operation' or ${OWN})`;

const POLICIES = sql.raw(`
${['notes', 'note_reads', 'tasks', 'task_steps'].map(secured).join('')}

create policy app_see on notes for select to redthread_app using (${NOTE_ABOUT} and (user_id = app_user()
  or ((retracted_at is null or ${OWN}) and note_reaches(agency_id, handling, about_agency_id,
    coalesce(case_id, (select e.case_id from entities e where e.id = notes.series_id))))));
create policy app_add on notes for insert to redthread_app with check (${SELF} and retracted_at is null and ${NOTE_ABOUT});
create policy app_retract on notes for update to redthread_app using (${SELF} and retracted_at is null and ${NOTE_ABOUT})
  with check (${SELF} and retracted_at is not null);
grant select, insert (id, agency_id, about_kind, operation_id, about_agency_id, case_id, series_id, media_id, thread_agency_id, thread_id,
  text, handling, user_id, login, said_agency), update (retracted_at, retract_reason) on notes to redthread_app;

-- Readers see their own, and whoever wrote a note who has read it.
create policy app_see on note_reads for select to redthread_app
  using ((${SELF}) or exists (select from notes n where n.id = note_reads.note_id and n.user_id = app_user()));
create policy app_add on note_reads for insert to redthread_app
  with check (${SELF} and exists (select from notes n where n.id = note_reads.note_id));
grant select, insert (note_agency_id, note_id, agency_id, user_id, login, said_agency) on note_reads to redthread_app;

create policy app_see on tasks for select to redthread_app using (${TASK_SEEN});
create policy app_add on tasks for insert to redthread_app with check (${SELF} and ${TASK_SEEN});
grant select, insert (id, agency_id, about_kind, operation_id, about_agency_id, case_id, series_id, title, detail, user_id, login, said_agency)
  on tasks to redthread_app;

create policy app_see on task_steps for select to redthread_app using (exists (select from tasks t where t.id = task_steps.task_id));
create policy app_add on task_steps for insert to redthread_app
  with check (${SELF} and exists (select from tasks t where t.id = task_steps.task_id) and may_step_task(task_id));
grant select, insert (id, task_agency_id, task_id, agency_id, state, for_agency_id, for_user_id, for_login, due_on, note, user_id, login,
  said_agency) on task_steps to redthread_app;

-- A notice lasts as long as its reader may see what it is of.
create policy of_seen_note on notices as restrictive for select to redthread_app
  using (case when kind in ('note', 'note-answered') then exists (select from notes n where n.id = (notices.detail ->> 'note')::uuid)
    when kind in ('task', 'task-ended') then exists (select from tasks t where t.id = (notices.detail ->> 'task')::uuid) else true end);

-- A case that is destroyed takes what was said in it along; an exhibit that comes back brings the notes on its media.
create policy worker_all on notes for all to redthread_worker using (true) with check (true);
create policy worker_all on tasks for all to redthread_worker using (true) with check (true);
grant select, insert, delete on notes to redthread_worker;
grant select, delete on tasks to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, FUNCTIONS, POLICIES]) await step.execute(db);
};
