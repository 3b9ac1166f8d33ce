// One day's contacts, as one function of the owner: it looks at both ends of every match across agencies, and what it writes is all
// that leaves it.
import { AS_OWNER } from './0006-accounts.js';

/** New contacts that one agency is told about another on one day; the rest follow on the days after. */
export const CONTACTS_A_DAY = 20;

const WAITING = `
-- The day on which a match that is there since then is told of: the day after, or one of two later ones, the same for both ends and
-- nobody's to foresee. So the day says nothing about when either end took its file in. Whatever makes a contact urgent shortens this.
create function contact_due(since timestamptz, one uuid, other uuid) returns date language sql immutable as $$
  select (since at time zone 'UTC')::date + 1 + mod(abs(hashtextextended(least(one, other)::text || greatest(one, other)::text, 0)::numeric), 3)::integer $$;
`;

/** The rule of 0007-sight.ts for everybody of an agency: what one person is given by name is not the agency's. */
const SIGHT = `
create function agency_sees_exhibit(viewer uuid, wanted uuid) returns boolean language sql stable ${AS_OWNER} as $$
  select exists (
    select from exhibits e join cases c on c.id = e.case_id
      join handling_codes h on h.agency_id = c.agency_id and h.code = c.handling
      left join handling_codes n on n.agency_id = e.agency_id and n.code = e.handling
      cross join lateral (
        select 'granted' as channel from case_access a where a.case_id = c.id and a.grantee_agency_id = viewer and a.grantee_login is null
          and a.ended_at is null and (a.expires_at is null or a.expires_at > now())
        union all select 'operation' from operation_members m join operation_members o on o.operation_id = m.operation_id and o.agency_id = c.agency_id
          where m.agency_id = viewer and m.operation_id = c.operation_id and c.shared_with_operation) way
    where e.id = wanted and (select bool_and(case code.reach when 'shared' then true when 'granted' then way.channel = 'granted'
        when 'listed' then exists (select from handling_recipients r where r.agency_id = c.agency_id and r.code = code.code and r.recipient_id = viewer)
        else false end)
      from (values (h.code, h.reach), (coalesce(n.code, h.code), coalesce(n.reach, h.reach))) as code (code, reach)))
$$;
`;

const TELL = `
-- Writes the contacts of a day once; answers how many are new.
create function tell_contacts(batch date) returns integer language plpgsql ${AS_OWNER} as $$
declare told integer;
begin
  insert into contact_sweeps (day) values (batch) on conflict do nothing;
  if not found then return 0; end if;

  create temporary table contact_pairs on commit drop as
    with sides as (
      select media_a as own, agency_a as agency_id, media_b as far, agency_b as far_agency, grade, created_at from matches where agency_a <> agency_b
      union all
      select media_b, agency_b, media_a, agency_a, grade, created_at from matches where agency_a <> agency_b)
    select c.id as case_id, s.agency_id, s.own as media_id, s.far_agency, f.contact_user_id as far_user, s.grade,
      agency_sees_exhibit(s.agency_id, fo.exhibit_id) as is_seen,
      c.contact_mode in ('open', 'one-way') and f.contact_mode = 'open' and btrim(c.title) <> '' and btrim(f.title) <> ''
        and f.state = 'open' and h.reach not in ('named', 'agency') and coalesce(n.reach, h.reach) not in ('named', 'agency')
        and contact_due(greatest(s.created_at, oo.created_at, fo.created_at), c.id, f.id) <= batch
        and not media_closed(s.own) and not media_closed(s.far) as is_told
    from sides s
      join occurrences oo on oo.media_id = s.own join cases c on c.id = oo.case_id and c.state = 'open'
      join occurrences fo on fo.media_id = s.far join cases f on f.id = fo.case_id
      join exhibits fe on fe.id = fo.exhibit_id
      join handling_codes h on h.agency_id = f.agency_id and h.code = f.handling
      left join handling_codes n on n.agency_id = fe.agency_id and n.code = fe.handling;

  -- What is known already: a stronger grade counts, what was shared and is no longer is open again, and what it rests on grows.
  update contacts x set grade = p.grade, settled_as = null, settled_on = null
    from (select distinct on (case_id, far_agency, far_user) * from contact_pairs where is_told and not is_seen
      order by case_id, far_agency, far_user, array_position(GRADES, grade)) p
    where x.case_id = p.case_id and x.far_agency_id = p.far_agency and x.far_user_id = p.far_user
      and (x.settled_as is not null or array_position(GRADES, p.grade) < array_position(GRADES, x.grade));

  with wanted as (
    select distinct on (case_id, far_agency, far_user) * from contact_pairs p where is_told and not is_seen
      and not exists (select from contacts x where x.case_id = p.case_id and x.far_agency_id = p.far_agency and x.far_user_id = p.far_user)
    order by case_id, far_agency, far_user, array_position(GRADES, grade)),
  ranked as (
    select *, row_number() over (partition by agency_id, far_agency order by array_position(GRADES, grade), hashtextextended(case_id::text, 0)) as place
    from wanted),
  made as (
    insert into contacts (agency_id, case_id, reference, far_agency_id, far_user_id, far_agency, officer, reachable_at, grade, told_on)
      select r.agency_id, r.case_id, regexp_replace(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12), '(.{4})(.{4})(.{4})', '\\1-\\2-\\3'),
        r.far_agency, r.far_user, a.name, u.display_name, u.reachable_at, r.grade, batch
      from ranked r join agencies a on a.id = r.far_agency join users u on u.id = r.far_user
      where r.place <= ${CONTACTS_A_DAY} returning *)
  select count(coalesce(tell(m.agency_id, c.contact_user_id, null, 'contact', 'case', m.case_id, jsonb_build_object('reference', m.reference,
      'agency', m.far_agency, 'officer', m.officer, 'grade', m.grade, 'case', c.reference))::text, ''))
    into told from made m join cases c on c.id = m.case_id;

  insert into contact_media (contact_id, agency_id, media_id)
    select distinct x.id, x.agency_id, p.media_id from contact_pairs p
      join contacts x on x.case_id = p.case_id and x.far_agency_id = p.far_agency and x.far_user_id = p.far_user
      where p.is_told and not p.is_seen
    on conflict do nothing;

  -- Everything that it is about is seen now. What the other end no longer has, or no longer tells, changes nothing here.
  with settled as (
    update contacts x set settled_as = 'shared', settled_on = batch
      where settled_as is null
        and exists (select from contact_pairs p where p.case_id = x.case_id and p.far_agency = x.far_agency_id and p.far_user = x.far_user_id and p.is_seen)
        and not exists (select from contact_pairs p where p.case_id = x.case_id and p.far_agency = x.far_agency_id and p.far_user = x.far_user_id
          and p.is_told and not p.is_seen)
      returning x.reference, x.agency_id)
  insert into notice_reads (notice_id, agency_id, user_id)
    select n.id, n.agency_id, n.user_id from notices n join settled s on s.agency_id = n.agency_id and n.detail ->> 'reference' = s.reference
      where n.kind = 'contact' on conflict do nothing;

  -- The own end: what was withdrawn, moved away or handed over holds nothing up any more; of what was destroyed nothing stays.
  delete from contacts x using cases c where c.id = x.case_id and c.state = 'destroyed';
  update contacts x set settled_as = 'ended', settled_on = batch
    where settled_as is distinct from 'ended' and not exists (select from contact_media m join occurrences o on o.media_id = m.media_id and o.case_id = x.case_id
      where m.contact_id = x.id);
  drop table contact_pairs;
  return coalesce(told, 0);
end $$;
`;

const GRADES = `'{identical,same content,partial,same scene,same source}'::text[]`;

export const SWEEP = [WAITING, SIGHT, TELL.replaceAll('GRADES', GRADES)].join('\n');
