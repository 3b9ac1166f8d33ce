// Contact-me where a child is at risk: told at once, beyond the number of a day, and said to be urgent. In place of the function of
// 0034-contact-sweep.ts, which did the same once a day for everything.
import { AS_OWNER } from './0006-accounts.js';
import { CONTACTS_A_DAY } from './0034-contact-sweep.js';

const GRADES = `'{identical,same content,partial,same scene,same source}'::text[]`;
/** Of the row `x` of contacts, the pairs `p` that it is about. */
const OF_CONTACT = `p.case_id = x.case_id and p.far_agency = x.far_agency_id and p.far_user = x.far_user_id`;
const IN_FORCE = 'r.ended_at is null and r.until > now()';

export const URGENT_CONTACTS = `
-- While one of the two cases, or a series that a file of the pair is in, is marked.
alter table contacts add column urgent boolean not null default false;
create index on contacts (urgent) where urgent;
grant select (urgent) on contacts to redthread_app;

-- Writes the contacts of a day once, and whenever it is called those that are urgent; answers how many are new.
create or replace function tell_contacts(batch date) returns integer language plpgsql ${AS_OWNER} as $$
declare
  told integer;
  is_daily boolean;
begin
  insert into contact_sweeps (day) values (batch) on conflict do nothing;
  is_daily := found;
  if not is_daily and not exists (select from at_risk_marks r where ${IN_FORCE}) and not exists (select from contacts where urgent) then return 0; end if;

  create temporary table contact_urgent on commit drop as
    select o.media_id, o.case_id from at_risk_marks r join cases c on c.id = r.case_id and c.state = 'open' join occurrences o on o.case_id = c.id
      where ${IN_FORCE} and o.media_id is not null
    union select o.media_id, o.case_id from media_at_risk() m (id) join occurrences o on o.media_id = m.id;
  create temporary table contact_pairs on commit drop as
    with sides as (
      select media_a as own, agency_a as agency_id, media_b as far, agency_b as far_agency, grade, created_at from matches where agency_a <> agency_b
      union all
      select media_b, agency_b, media_a, agency_a, grade, created_at from matches where agency_a <> agency_b),
    paired as (
      select s.*, c.id as case_id, f.id as far_case, oo.created_at as own_at, fo.created_at as far_at, fo.exhibit_id as far_exhibit,
        (s.own, c.id) in (select media_id, case_id from contact_urgent) or (s.far, f.id) in (select media_id, case_id from contact_urgent) as is_urgent
      from sides s
        join occurrences oo on oo.media_id = s.own join cases c on c.id = oo.case_id and c.state = 'open'
        join occurrences fo on fo.media_id = s.far join cases f on f.id = fo.case_id
      where is_daily or s.own in (select media_id from contact_urgent) or s.far in (select media_id from contact_urgent))
    select c.id as case_id, s.agency_id, s.own as media_id, s.far_agency, f.contact_user_id as far_user, s.grade, s.is_urgent,
      agency_sees_exhibit(s.agency_id, s.far_exhibit) as is_seen,
      c.contact_mode in ('open', 'one-way') and f.contact_mode = 'open' and btrim(c.title) <> '' and btrim(f.title) <> ''
        and f.state = 'open' and h.reach not in ('named', 'agency') and coalesce(n.reach, h.reach) not in ('named', 'agency')
        and (s.is_urgent or contact_due(greatest(s.created_at, s.own_at, s.far_at), c.id, f.id) <= batch)
        and not media_closed(s.own) and not media_closed(s.far) as is_told
    from paired s join cases c on c.id = s.case_id join cases f on f.id = s.far_case join exhibits fe on fe.id = s.far_exhibit
      join handling_codes h on h.agency_id = f.agency_id and h.code = f.handling
      left join handling_codes n on n.agency_id = fe.agency_id and n.code = fe.handling
    where is_daily or s.is_urgent;

  -- What is known already: a stronger grade counts, what was shared and is no longer is open again, and what it rests on grows.
  update contacts x set grade = p.grade, settled_as = null, settled_on = null
    from (select distinct on (case_id, far_agency, far_user) * from contact_pairs where is_told and not is_seen
      order by case_id, far_agency, far_user, array_position(${GRADES}, grade)) p
    where ${OF_CONTACT}
      and (x.settled_as is not null or array_position(${GRADES}, p.grade) < array_position(${GRADES}, x.grade));

  -- What was told before and is urgent now is told again.
  update contacts x set urgent = false
    where urgent and not exists (select from contact_pairs p where ${OF_CONTACT} and p.is_urgent and p.is_told and not p.is_seen);
  with risen as (
    update contacts x set urgent = true
      where not urgent and exists (select from contact_pairs p where ${OF_CONTACT} and p.is_urgent and p.is_told and not p.is_seen) returning *)
  select count(coalesce(tell(x.agency_id, c.contact_user_id, null, 'contact', 'case', x.case_id, jsonb_build_object('reference', x.reference,
      'agency', x.far_agency, 'officer', x.officer, 'grade', x.grade, 'case', c.reference, 'urgent', 'true'))::text, ''))
    into told from risen x join cases c on c.id = x.case_id where x.status <> 'closed';

  with wanted as (
    select distinct on (case_id, far_agency, far_user) *, bool_or(is_urgent) over (partition by case_id, far_agency, far_user) as is_pressing
    from contact_pairs p where is_told and not is_seen
      and not exists (select from contacts x where ${OF_CONTACT})
    order by case_id, far_agency, far_user, array_position(${GRADES}, grade)),
  ranked as (
    select *, row_number() over (partition by agency_id, far_agency, is_pressing
      order by array_position(${GRADES}, grade), hashtextextended(case_id::text, 0)) as place
    from wanted),
  made as (
    insert into contacts (agency_id, case_id, reference, far_agency_id, far_user_id, far_agency, officer, reachable_at, grade, told_on, urgent)
      select r.agency_id, r.case_id, regexp_replace(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12), '(.{4})(.{4})(.{4})', '\\1-\\2-\\3'),
        r.far_agency, r.far_user, a.name, u.display_name, u.reachable_at, r.grade, batch, r.is_pressing
      from ranked r join agencies a on a.id = r.far_agency join users u on u.id = r.far_user
      where r.is_pressing or r.place <= ${CONTACTS_A_DAY} returning *)
  select count(coalesce(tell(m.agency_id, c.contact_user_id, null, 'contact', 'case', m.case_id, jsonb_strip_nulls(jsonb_build_object('reference', m.reference,
      'agency', m.far_agency, 'officer', m.officer, 'grade', m.grade, 'case', c.reference, 'urgent', case when m.urgent then 'true' end)))::text, ''))
    into told from made m join cases c on c.id = m.case_id;

  insert into contact_media (contact_id, agency_id, media_id)
    select distinct x.id, x.agency_id, p.media_id from contact_pairs p join contacts x on ${OF_CONTACT}
      where p.is_told and not p.is_seen
    on conflict do nothing;

  -- The rest is looked at once a day: between two days only what is urgent was gone through.
  if is_daily then
    -- Everything that it is about is seen now. What the other end no longer has, or no longer tells, changes nothing here.
    with settled as (
      update contacts x set settled_as = 'shared', settled_on = batch
        where settled_as is null
          and exists (select from contact_pairs p where ${OF_CONTACT} and p.is_seen)
          and not exists (select from contact_pairs p where ${OF_CONTACT} and p.is_told and not p.is_seen)
        returning x.reference, x.agency_id)
    insert into notice_reads (notice_id, agency_id, user_id)
      select n.id, n.agency_id, n.user_id from notices n join settled s on s.agency_id = n.agency_id and n.detail ->> 'reference' = s.reference
        where n.kind = 'contact' on conflict do nothing;

    -- The own end: what was withdrawn, moved away or handed over holds nothing up any more; of what was destroyed nothing stays.
    delete from contacts x using cases c where c.id = x.case_id and c.state = 'destroyed';
    update contacts x set settled_as = 'ended', settled_on = batch
      where settled_as is distinct from 'ended' and not exists (select from contact_media m join occurrences o on o.media_id = m.media_id and o.case_id = x.case_id
        where m.contact_id = x.id);
  end if;
  drop table contact_pairs, contact_urgent;
  return coalesce(told, 0);
end $$;
`;
