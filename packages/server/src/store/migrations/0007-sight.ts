// Who sees what, in one place. Once in a transaction the database works out what the actor's sight is and keeps it in settings
// of that transaction; policies compare with these, so that a row costs a comparison and not a question.
import { AS_OWNER } from './0006-accounts.js';

/**
 * Whether the code `h` of an owner lets a row of another agency through to the actor, who comes to it by this channel: `named`
 * on the case, `granted` to their agency, or through an `operation`.
 */
const reaches = (channel: string): string => `case h.reach
      when 'shared' then true
      when 'named' then ${channel} = 'named'
      when 'agency' then false
      when 'granted' then ${channel} <> 'operation'
      else exists (select from handling_recipients r
        where r.agency_id = h.agency_id and r.code = h.code and r.recipient_id = me.agency_id) end`;

const IN_FORCE = 'a.ended_at is null and (a.expires_at is null or a.expires_at > now())';

/** Own rows are seen but for a few, those of others are not but for a few: both are kept as the few. */
const LOOK = `
create function look_around() returns void language plpgsql ${AS_OWNER} as $$
declare
  me record;
  nothing uuid[] := '{}';
  -- Cases that the actor is named on, or has broken the glass of.
  named uuid[] := '{}';
  operations uuid[] := '{}';
  -- Own cases and exhibits that are kept from them; cases of others that are open to them, and exhibits of these that are not.
  hidden uuid[] := '{}';
  shared uuid[] := '{}';
  withheld uuid[] := '{}';
  lists uuid[] := '{}';
  -- Agencies whose names they have a use for.
  known uuid[] := '{}';
  -- Whether any own exhibit is kept from them.
  own_withheld boolean := false;
begin
  -- A welfare officer by that role alone sees no case, nor does an account that has ended.
  select u.id, u.agency_id, u.roles = '{welfare-officer}'::text[] as is_apart into me from users u
    where u.id = app_user() and u.agency_id = app_agency() and u.disabled_at is null;
  if found then
    operations := array(select m.operation_id from operation_members m where m.agency_id = me.agency_id);
    known := array(select me.agency_id union select m.agency_id from operation_members m where m.operation_id = any(operations)
      union select r.recipient_id from handling_recipients r where r.agency_id = me.agency_id
      union select b.case_agency_id from break_glass b where b.user_id = me.id
      union select b.agency_id from break_glass b where b.case_agency_id = me.agency_id);
  end if;
  if found and not me.is_apart then
    named := array(
      select a.case_id from case_access a where a.grantee_agency_id = me.agency_id and a.grantee_user_id = me.id and ${IN_FORCE}
      union select b.case_id from break_glass b where b.user_id = me.id and b.ended_at is null and b.expires_at > now());
    hidden := array(
      select c.id from cases c where c.agency_id = me.agency_id and c.access = 'named' and c.id <> all(named)
      union select c.id from handling_codes h join cases c on c.agency_id = h.agency_id and c.handling = h.code
        where h.agency_id = me.agency_id and h.reach = 'named' and c.id <> all(named));
    shared := array(
      with way as materialized (
        select unnest(named) as case_id, 'named' as channel
        union all select a.case_id, 'granted' from case_access a
          where a.grantee_agency_id = me.agency_id and a.grantee_login is null and ${IN_FORCE}
        union all select c.id, 'operation' from cases c
          where c.operation_id = any(operations) and c.shared_with_operation and c.agency_id = any(known)
            and exists (select from operation_members m where m.operation_id = c.operation_id and m.agency_id = c.agency_id))
      select distinct c.id from way join cases c on c.id = way.case_id
        join handling_codes h on h.agency_id = c.agency_id and h.code = c.handling
      where c.agency_id <> me.agency_id and ${reaches('way.channel')});
    withheld := array(
      select e.id from exhibits e join handling_codes h on h.agency_id = e.agency_id and h.code = e.handling
        where e.handling is not null and e.agency_id = me.agency_id and h.reach = 'named' and e.case_id <> all(named));
    own_withheld := withheld <> nothing;
    if exists (select from exhibits e where e.handling is not null and e.case_id = any(shared)) then
      withheld := withheld || array(
        with way as materialized (
          select unnest(named) as case_id, 'named' as channel
          union all select a.case_id, 'granted' from case_access a
            where a.grantee_agency_id = me.agency_id and a.grantee_login is null and ${IN_FORCE}
          union all select c.id, 'operation' from cases c where c.id = any(shared) and c.operation_id = any(operations)
            and c.shared_with_operation and exists (select from operation_members m where m.operation_id = c.operation_id and m.agency_id = c.agency_id))
        select e.id from exhibits e join handling_codes h on h.agency_id = e.agency_id and h.code = e.handling
          where e.handling is not null and e.case_id = any(shared)
            and not exists (select from way where way.case_id = e.case_id and ${reaches('way.channel')}));
    end if;
    lists := array(select l.id from lists l join handling_codes h on h.agency_id = l.agency_id and h.code = l.handling
      where l.operation_id = any(operations) and l.agency_id <> me.agency_id and ${reaches("'operation'")}
        and exists (select from operation_members m where m.operation_id = l.operation_id and m.agency_id = l.agency_id));
    known := array(select unnest(known) union select c.agency_id from cases c where c.id = any(shared)
      union select a.grantee_agency_id from case_access a where a.agency_id = me.agency_id and a.grantee_agency_id <> me.agency_id);
  end if;
  perform set_config('app.sight', case when me.is_apart then '' else me.agency_id::text end, true),
    set_config('app.whole', case when me.is_apart or hidden <> nothing or own_withheld then '' else me.agency_id::text end, true),
    set_config('app.hidden', hidden::text, true), set_config('app.shared', shared::text, true),
    set_config('app.withheld', withheld::text, true), set_config('app.lists', lists::text, true),
    set_config('app.operations', operations::text, true), set_config('app.known', known::text, true);
end $$;
`;

const settingOf = (name: string, type: string): string => `nullif(current_setting('app.${name}', true), '')::${type}`;
const accessor = (name: string, setting: string, type: 'uuid' | 'uuid[]'): string =>
  `create function ${name}() returns ${type} language sql stable as $$ select ${settingOf(setting, type)} $$;`;

/** Plain SQL, so that the planner writes them out where they are used. */
const ACCESSORS = [
  '-- The agency whose rows the actor sees but for the hidden ones; that of which nothing is kept from them at all.',
  accessor('sight_agency', 'sight', 'uuid'),
  accessor('whole_agency', 'whole', 'uuid'),
  accessor('hidden_cases', 'hidden', 'uuid[]'),
  accessor('shared_cases', 'shared', 'uuid[]'),
  accessor('withheld_exhibits', 'withheld', 'uuid[]'),
  accessor('shared_lists', 'lists', 'uuid[]'),
  accessor('joined_operations', 'operations', 'uuid[]'),
  accessor('known_agencies', 'known', 'uuid[]'),
  `create function sees_own_case(wanted uuid) returns boolean language sql stable ${AS_OWNER} as $$ select exists (
    select from cases c where c.id = wanted and c.agency_id = sight_agency() and c.id <> all(hidden_cases())) $$;`,
].join('\n');

/** What changes somebody's sight and is done by a person is seen by that person in the same transaction. */
const CHANGES: readonly (readonly [table: string, events: string])[] = [
  ['cases', 'insert or update of access, handling, operation_id, shared_with_operation'],
  ['case_access', 'insert or update of ended_at'],
  ['break_glass', 'insert or update of ended_at'],
  ['operation_members', 'insert or delete'],
  ['handling_codes', 'update of reach'],
  ['handling_recipients', 'insert or delete'],
  ['exhibits', 'update of handling'],
  ['lists', 'update of operation_id, handling'],
];

const LOOK_AGAIN = `
create function look_again() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  if app_user() is not null then perform look_around(); end if;
  return null;
end $$;
${CHANGES.map(
  ([table, events]) =>
    `create trigger look_again after ${events} on ${table} for each statement execute function look_again();`,
).join('\n')}`;

export const SIGHT = [LOOK, ACCESSORS, LOOK_AGAIN].join('\n');
