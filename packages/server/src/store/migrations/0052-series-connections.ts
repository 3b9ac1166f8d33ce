// What a series connects with: found by the numbers of devices without going over all metadata, and decided on like what connects exhibits.
import { sql, type Kysely } from 'kysely';

/**
 * The decimal signs of a number, of body and lens: two numbers that are equal as the program compares them have the same ones, however
 * they are padded or written. Columns, since a comparison of texts is all that is looked up before row-level security has spoken.
 */
const DIGITS = sql.raw(`
alter table media_metadata add column body_digits text, add column lens_digits text;
create function device_digits(serial text) returns text language sql immutable as $$
  select nullif(regexp_replace(normalize(serial, NFKC), '[^0-9]', '', 'g'), '') $$;
create or replace function name_device() returns trigger language plpgsql as $$ begin
  new.device := device_named(new.value);
  new.body_digits := device_digits(new.device ->> 'serial');
  new.lens_digits := device_digits(new.device ->> 'lensSerial');
  return new;
end $$;
update media_metadata set body_digits = device_digits(device ->> 'serial'), lens_digits = device_digits(device ->> 'lensSerial')
  where device is not null;
create index on media_metadata (body_digits) where body_digits is not null;
create index on media_metadata (lens_digits) where lens_digits is not null;
`);

/** Of a series and a case the series is the first end; of all others the smaller id is. */
const DECISIONS = sql.raw(`
alter table connection_decisions
  drop constraint connection_decisions_ends_check,
  drop constraint connection_decisions_check,
  add constraint connection_decisions_ends_check check (ends in ('exhibits', 'cases', 'series', 'series-cases')),
  add constraint connection_decisions_order_check check (ends = 'series-cases' or end_a < end_b);
`);

const BOTH = (table: string): string => `end_a in (select id from ${table}) and end_b in (select id from ${table})`;
const SERIES = `(select id from entities where kind = 'series')`;
const ENDS_SEEN = `case ends
  when 'exhibits' then ${BOTH('exhibits')}
  when 'cases' then ${BOTH('cases')}
  when 'series' then end_a in ${SERIES} and end_b in ${SERIES}
  else end_a in ${SERIES} and end_b in (select id from cases) end`;

const POLICIES = sql.raw(`
drop policy app_see on connection_decisions;
drop policy app_decide on connection_decisions;
create policy app_see on connection_decisions for select to redthread_app
  using (agency_id in (select unnest(known_agencies())) and (${ENDS_SEEN}));
create policy app_decide on connection_decisions for insert to redthread_app
  with check (agency_id = app_agency() and user_id = app_user() and (${ENDS_SEEN}));
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [DIGITS, DECISIONS, POLICIES]) await step.execute(db);
};
