// Chats that were found in exhibits: what each export holds, who takes part, what was said, which files the messages carry, and which conversations are the same group. All of it is read
// from the bytes of the export and follows its exhibit: moved with it, gone with it. Workers write; people see what they see of the files of the exhibit.
import { sql, type Kysely } from 'kysely';
import { APP_POLICIES } from './0007-policies.js';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

const OF_EXHIBIT = `
  agency_id uuid not null,
  case_id uuid not null,
  exhibit_id uuid not null,`;

/** A row of a conversation goes where that goes, and with it. */
const OF_CHAT = `${OF_EXHIBIT}
  chat_id uuid not null,
  foreign key (agency_id, case_id, exhibit_id, chat_id) references chats (agency_id, case_id, exhibit_id, id)
    on update cascade on delete cascade,`;

const TABLES = sql.raw(`
alter table work drop constraint work_stage_check;
alter table work add constraint work_stage_check check (stage in ('decode', 'match', 'features', 'parts', 'metadata', 'chats'));
alter table exhibits add unique (agency_id, case_id, id);

create table chat_exports (
  id uuid primary key default gen_random_uuid(),
  ${OF_EXHIBIT}
  media_id uuid not null,
  path text not null,
  format text not null,
  platform text not null default 'unknown' check (platform in ('ios', 'android', 'unknown')),
  language text,
  date_order text check (date_order in ('dmy', 'mdy', 'ymd')),
  -- The login of whoever said the order, where the source leaves it open.
  date_order_by text,
  state text not null default 'waiting' check (state in ('waiting', 'read', 'asks-date-order', 'failed')),
  error_code text,
  error_detail text,
  notes jsonb not null default '[]',
  -- Of the readers; 0 before it is read.
  version integer not null default 0,
  -- Of what sets its conversations beside others; 0 before that.
  aligned_version integer not null default 0,
  -- A provider had not viewed the file: it is read, and what it says is seen, while a legal basis allows it to be opened.
  is_gated boolean not null default false,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  unique (exhibit_id, media_id),
  unique (agency_id, case_id, exhibit_id, id),
  foreign key (agency_id, case_id, exhibit_id) references exhibits (agency_id, case_id, id) on update cascade on delete cascade,
  foreign key (agency_id, media_id) references media (agency_id, id) on delete cascade
);
create index on chat_exports (media_id);
create index on chat_exports (agency_id, case_id);
create index on chat_exports (id) where is_gated;

create table chats (
  -- Of its export and number, so that an export that is read again keeps what points at its conversations.
  id uuid primary key,
  ${OF_EXHIBIT}
  export_id uuid not null,
  number integer not null,
  app text not null,
  kind text not null check (kind in ('group', 'direct', 'unknown')),
  -- The last name that it had.
  subject text,
  source_id text,
  participants integer not null,
  messages integer not null,
  attachments integer not null,
  first_local timestamp,
  last_local timestamp,
  unique (export_id, number),
  unique (agency_id, id),
  unique (agency_id, case_id, exhibit_id, id),
  foreign key (agency_id, case_id, exhibit_id, export_id) references chat_exports (agency_id, case_id, exhibit_id, id)
    on update cascade on delete cascade
);
create index on chats (lower(subject));
create index on chats (exhibit_id);
create index on chats (agency_id, case_id);

create table chat_people (
  ${OF_CHAT}
  number integer not null,
  name text not null,
  phone text,
  account text,
  is_exporter boolean not null,
  account_deleted boolean not null,
  messages integer not null,
  primary key (chat_id, number)
);
create index on chat_people (phone) where phone is not null;
create index on chat_people (account) where account is not null;

create table chat_messages (
  ${OF_CHAT}
  position integer not null,
  time_text text not null,
  -- The wall clock of whoever's phone wrote the export, to so many seconds: 60 where it says minutes.
  at_local timestamp,
  at_precision_s smallint,
  at_instant timestamptz,
  kind text not null,
  -- Number of the participant; null for the system.
  author integer,
  text text not null,
  edited boolean not null,
  forwarded boolean not null,
  recovered boolean not null,
  event jsonb,
  answers integer,
  -- Of a text long enough to tell two conversations apart: what the same message is looked for by in other exports.
  text_key bigint,
  primary key (chat_id, position)
);
create index on chat_messages (text_key, chat_id) where text_key is not null;

create table chat_attachments (
  ${OF_CHAT}
  position integer not null,
  ordinal integer not null,
  name text,
  -- Where the source says that it lies, from the folder of the text.
  path text,
  media text not null,
  state text not null check (state in ('named', 'omitted')),
  sha256 bytea check (octet_length(sha256) = 32),
  md5 bytea check (octet_length(md5) = 16),
  -- The file of the same exhibit that the message carries; \`with-message\`: at the place that it says, \`digest\`: by its bytes, \`name\`: anywhere in the exhibit under that name alone.
  media_id uuid,
  basis text check (basis in ('with-message', 'digest', 'name')),
  primary key (chat_id, position, ordinal),
  foreign key (agency_id, media_id) references media (agency_id, id) on delete set null (media_id),
  check (media_id is null or basis is not null)
);
create index on chat_attachments (media_id) where media_id is not null;

create table chat_leads (
  ${OF_CHAT}
  position integer not null,
  ordinal integer not null,
  kind text not null,
  value text not null,
  -- What two of them are compared by.
  normal text not null,
  -- UTF-16 units within the text of the message.
  starts integer not null,
  ends integer not null,
  primary key (chat_id, position, ordinal)
);
create index on chat_leads (kind, normal);

-- Text to be searched, a stretch of a conversation in one row: each message is a line of its own, folded as what is searched for is folded. Stretches whose words do not have what is
-- asked are passed over (ADR 0052).
create table chat_stretches (
  ${OF_CHAT}
  number integer not null,
  first_position integer not null,
  -- A bit for each three characters that stand together in a word of it, told by its hash.
  grams bytea not null check (octet_length(grams) = 1024),
  words text not null,
  folded text not null,
  primary key (chat_id, number)
);
alter table chat_stretches alter column grams set storage plain, alter column words set storage external, alter column folded set storage external;
create index on chat_stretches (case_id);

-- Two exports of the same conversation. What it says depends on these two alone.
create table chat_pairs (
  chat_a uuid not null,
  agency_a uuid not null,
  chat_b uuid not null,
  agency_b uuid not null,
  aligned integer not null,
  overlap integer not null,
  -- Seconds that the clock of b is ahead of that of a, and how far single messages are from that; null where the times of one are not known.
  offset_s double precision,
  spread_s double precision,
  method text not null,
  version integer not null,
  created_at timestamptz not null default now(),
  primary key (chat_a, chat_b),
  check (chat_a < chat_b),
  foreign key (agency_a, chat_a) references chats (agency_id, id) on delete cascade,
  foreign key (agency_b, chat_b) references chats (agency_id, id) on delete cascade
);
create index on chat_pairs (chat_b);

create table chat_aligned (
  chat_a uuid not null,
  position_a integer not null,
  chat_b uuid not null,
  position_b integer not null,
  primary key (chat_a, chat_b, position_a),
  foreign key (chat_a, chat_b) references chat_pairs on delete cascade
);
create index on chat_aligned (chat_a, position_a);
create index on chat_aligned (chat_b, position_b);
`);

const FOLLOWING = [
  'chat_exports',
  'chats',
  'chat_people',
  'chat_messages',
  'chat_attachments',
  'chat_leads',
  'chat_stretches',
] as const;
const PAIRED = ['chat_pairs', 'chat_aligned'] as const;

/** As the files of the exhibit are seen. */
const SEEN = APP_POLICIES['occurrences']?.see ?? 'false';
const seesBoth = (table: string): string => `exists (select from chats c where c.id = ${table}.chat_a)
    and exists (select from chats c where c.id = ${table}.chat_b)`;

const policies = (table: string, see: string): string => `${secured(table)}
create policy app_see on ${table} for select to redthread_app using (${see});
create policy worker_all on ${table} for all to redthread_worker using (true) with check (true);
grant select on ${table} to redthread_app;
grant select, insert, update, delete on ${table} to redthread_worker;`;

/** What a file says that may not be opened any more is seen no longer; that there is an export is. */
const openOf = (table: string): string =>
  table === 'chat_exports' ? '' : ` and ${table === 'chats' ? 'id' : 'chat_id'} not in (select unnest(closed_chats()))`;

const POLICIES = sql.raw(
  [
    ...FOLLOWING.map((table) => policies(table, `(${SEEN})${openOf(table)}`)),
    ...PAIRED.map((table) => policies(table, seesBoth(table))),
    // Keys of texts are compared over all agencies: of use to the workers alone.
    `revoke select on chat_messages from redthread_app;
grant select (agency_id, case_id, exhibit_id, chat_id, position, time_text, at_local, at_precision_s, at_instant, kind, author, text, edited, forwarded,
  recovered, event, answers) on chat_messages to redthread_app;`,
  ].join('\n'),
);

const GATE = sql.raw(`
create function gate_chat_export() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  new.is_gated := exists (select from occurrences o where o.media_id = new.media_id and o.provider_viewed = false);
  return new;
end $$;
create trigger gate_chat_export before insert on chat_exports for each row execute function gate_chat_export();
-- Exports whose file may not be opened now, and their conversations.
create function closed_exports() returns uuid[] language sql stable ${AS_OWNER} as $$
  select coalesce(array_agg(x.id), '{}') from chat_exports x where x.is_gated and media_closed(x.media_id) $$;
create function closed_chats() returns uuid[] language sql stable ${AS_OWNER} as $$
  select coalesce(array_agg(c.id), '{}') from chats c where c.export_id = any(closed_exports()) $$;
revoke execute on function closed_exports(), closed_chats() from public;
grant execute on function closed_exports(), closed_chats() to redthread_app;
`);

const FUNCTIONS = sql.raw(`
-- A person says in which order the dates of an export stand, and has it read again: of a case of their own agency that they see. Whether there was one.
create function say_chat_date_order(wanted uuid, said text, who text) returns boolean language plpgsql ${AS_OWNER} as $$
declare
  its_media uuid;
  its_exhibit uuid;
begin
  update chat_exports set date_order = said, date_order_by = who, state = 'waiting'
    where id = wanted and agency_id = app_agency() and sees_own_case(case_id) and exhibit_id <> all(withheld_exhibits())
    returning media_id, exhibit_id into its_media, its_exhibit;
  if not found then return false; end if;
  update work set attempts = 0, not_before = now(), error_code = null, error_detail = null, updated_at = now(),
      state = case when state = 'held' then 'held' else 'queued' end
    where media_id = its_media and stage = 'chats' and version > 0;
  update exhibits set state = 'processing' where id = its_exhibit and state = 'complete';
  perform pg_notify('redthread_work', 'chats');
  return true;
end $$;
revoke execute on function say_chat_date_order(uuid, text, text) from public;
grant execute on function say_chat_date_order(uuid, text, text) to redthread_app;
`);

/** Media that are there already and may hold a chat by their name and kind are looked at when nothing else waits. */
const BEFORE = sql.raw(`
insert into work (agency_id, media_id, exhibit_id, stage, version, priority, state)
  select distinct on (m.id) m.agency_id, m.id, w.exhibit_id, 'chats', 1, 60, case when media_closed(m.id) then 'held' else 'queued' end
  from media m join work w on w.media_id = m.id and w.version > 0 join occurrences o on o.media_id = m.id
  where m.kind = 'text' and o.path ~* '\\.(txt|jsonl?|html?|xml)$'
  order by m.id, w.id
  on conflict do nothing`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, GATE, POLICIES, FUNCTIONS, BEFORE]) await step.execute(db);
};
