// What answers about chats are read by: who is called what in two exports of one group, counted as they are aligned; indexes for lines of the system and for digests that
// messages say; and what connections have to be told of, since exports that name the same numbers, accounts and links connect their cases.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

const INDEXES = sql.raw(`
create index chat_messages_events on chat_messages (chat_id, position) where event is not null;
-- When somebody wrote first, and first after they had left.
create index on chat_messages (chat_id, author, position) where author is not null;
create index chat_attachments_found on chat_attachments (chat_id) where media_id is not null;
create index on chat_attachments (sha256) where sha256 is not null;
create index on chat_attachments (md5) where md5 is not null;
`);

const ALIASES = sql.raw(`
-- Two participants who have written so many of the messages that two exports have in common; of the pair of exports alone.
create table chat_aliases (
  chat_a uuid not null,
  number_a integer not null,
  chat_b uuid not null,
  number_b integer not null,
  messages integer not null,
  primary key (chat_a, chat_b, number_a, number_b),
  foreign key (chat_a, chat_b) references chat_pairs on delete cascade
);
create index on chat_aliases (chat_b);
${secured('chat_aliases')}
create policy app_see on chat_aliases for select to redthread_app using (exists (select from chats c where c.id = chat_a)
  and exists (select from chats c where c.id = chat_b));
create policy worker_all on chat_aliases for all to redthread_worker using (true) with check (true);
grant select on chat_aliases to redthread_app;
grant select on chat_aliases to redthread_worker;

create function count_aliases() returns trigger language plpgsql ${AS_OWNER} as $$ begin
  insert into chat_aliases (chat_a, number_a, chat_b, number_b, messages)
    select n.chat_a, a.author, n.chat_b, b.author, count(*) from changed n
      join chat_messages a on a.chat_id = n.chat_a and a.position = n.position_a
      join chat_messages b on b.chat_id = n.chat_b and b.position = n.position_b
    where a.author is not null and b.author is not null group by 1, 2, 3, 4
    on conflict (chat_a, chat_b, number_a, number_b) do update set messages = chat_aliases.messages + excluded.messages;
  return null;
end $$;
create function uncount_aliases() returns trigger language plpgsql ${AS_OWNER} as $$ begin
  delete from chat_aliases s using (select distinct chat_a, chat_b from changed) c where s.chat_a = c.chat_a and s.chat_b = c.chat_b;
  insert into chat_aliases (chat_a, number_a, chat_b, number_b, messages)
    select n.chat_a, a.author, n.chat_b, b.author, count(*) from (select distinct chat_a, chat_b from changed) c
      join chat_aligned n on n.chat_a = c.chat_a and n.chat_b = c.chat_b
      join chat_messages a on a.chat_id = n.chat_a and a.position = n.position_a
      join chat_messages b on b.chat_id = n.chat_b and b.position = n.position_b
    where a.author is not null and b.author is not null group by 1, 2, 3, 4;
  return null;
end $$;
revoke execute on function count_aliases(), uncount_aliases() from public;
create trigger count_aliases after insert on chat_aligned referencing new table as changed for each statement execute function count_aliases();
create trigger uncount_aliases after delete on chat_aligned referencing old table as changed for each statement execute function uncount_aliases();
`);

const told = (name: string, exports: string): string => `
create function ${name}() returns trigger language plpgsql ${AS_OWNER} as $$ begin
  insert into connection_changes (agency_id, case_id, exhibit_id, other_case_id, other_exhibit_id, media_ids)
    select o.agency_id, o.case_id, h.id, o.case_id, h.id, array_agg(distinct o.media_id)
    from occurrences o left join exhibits h on h.id = o.exhibit_id and h.handling is not null
    where o.media_id in (${exports}) group by o.agency_id, o.case_id, h.id;
  return null;
end $$;
revoke execute on function ${name}() from public;`;

/** An export is told of when its state changes: what it holds is written in the transaction of that. */
const CONNECTED = sql.raw(`
${told('connect_chat_exports', 'select media_id from changed')}
${told(
  'connect_chat_pairs',
  'select x.media_id from changed n join chats c on c.id in (n.chat_a, n.chat_b) join chat_exports x on x.id = c.export_id',
)}
create trigger connect_chat_exports after insert on chat_exports referencing new table as changed
  for each statement execute function connect_chat_exports();
create trigger connect_chat_exports_read after update on chat_exports referencing new table as changed
  for each statement execute function connect_chat_exports();
create trigger connect_chat_exports_gone after delete on chat_exports referencing old table as changed
  for each statement execute function connect_chat_exports();
create trigger connect_chat_pairs after insert on chat_pairs referencing new table as changed
  for each statement execute function connect_chat_pairs();
create trigger connect_chat_pairs_gone after delete on chat_pairs referencing old table as changed
  for each statement execute function connect_chat_pairs();
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [INDEXES, ALIASES, CONNECTED]) await step.execute(db);
};
