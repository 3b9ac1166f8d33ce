// What metadata says of the numbers of body and lens, beside the rest of it: connections read it for all media at once, and what else a file
// says of itself is a thousand times as much. Changes of it are told to connections as those of files are.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const COLUMN = sql.raw(`
-- Null where no number is named.
alter table media_metadata add column device jsonb;
create function device_named(value jsonb) returns jsonb language sql immutable as $$
  select case when coalesce(value #>> '{camera,serial}', value #>> '{camera,lensSerial}') is not null then value -> 'camera' end $$;
create function name_device() returns trigger language plpgsql as $$ begin
  new.device := device_named(new.value);
  return new;
end $$;
update media_metadata set device = device_named(value) where device_named(value) is not null;
create trigger name_device before insert or update on media_metadata for each row execute function name_device();
create index on media_metadata (media_id) where device is not null;
`);

const told = (name: string, rows: string): string => `
create function ${name}() returns trigger language plpgsql ${AS_OWNER} as $$ begin
  insert into connection_changes (agency_id, case_id, exhibit_id, other_case_id, other_exhibit_id, media_ids)
    select o.agency_id, o.case_id, h.id, o.case_id, h.id, array_agg(distinct o.media_id)
    from occurrences o left join exhibits h on h.id = o.exhibit_id and h.handling is not null
    where o.media_id in (${rows}) group by o.agency_id, o.case_id, h.id;
  return null;
end $$;
revoke execute on function ${name}() from public;`;

const TRIGGERS = sql.raw(`
${told('connect_described', 'select media_id from changed where device is not null')}
${told(
  'connect_described_anew',
  `select n.media_id from changed n join was w on w.media_id = n.media_id and w.method = n.method and w.version = n.version
    where w.device is distinct from n.device`,
)}
-- Nobody reads what a file says of itself that must not be opened.
create function connect_opened() returns trigger language plpgsql ${AS_OWNER} as $$ begin
  insert into connection_changes (agency_id, case_id, other_case_id) select e.agency_id, e.case_id, e.case_id from exhibits e where e.id = new.exhibit_id;
  return null;
end $$;
revoke execute on function connect_opened() from public;
create trigger connect_opened after insert or update of withdrawn_at on legal_bases for each row execute function connect_opened();

create trigger connect_described after insert on media_metadata referencing new table as changed
  for each statement execute function connect_described();
create trigger connect_described_anew after update on media_metadata referencing old table as was new table as changed
  for each statement execute function connect_described_anew();
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [COLUMN, TRIGGERS]) await step.execute(db);
};
