// A list whose files are damaged is set aside: everything else goes on, whoever has to do with it is told, and what came meanwhile is looked up in it
// once they are whole again. And what an act of voting asked for, so that its id stands for no other.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLES = sql.raw(`
alter table lists
  -- The code of what is wrong with its files, and since when; null: nothing, as far as anybody has seen.
  add damage text check (damage <> ''),
  add damaged_at timestamptz,
  add check ((damage is null) = (damaged_at is null));

alter table verdicts add decision_digest bytea check (octet_length(decision_digest) = 32);
grant insert (decision_digest) on verdicts to redthread_app;
`);

/** Operators are told which files, and not whose list or what it is called: they see nothing of another agency. */
const FUNCTIONS = sql.raw(`
create function list_damaged(wanted uuid, why text) returns void language plpgsql ${AS_OWNER} as $$
declare
  l record;
  operator record;
begin
  update lists set damage = why, damaged_at = now() where id = wanted and damage is null
    and (app_agency() is null or agency_id = app_agency() or id = any(shared_lists())) returning * into l;
  if not found then return; end if;
  perform tell(l.agency_id, null, '{administrator,coordinator,officer}', 'list-damaged', 'list', wanted,
    jsonb_build_object('list', l.name, 'version', l.version, 'code', why));
  for operator in select id, agency_id from users where is_operator and disabled_at is null loop
    perform tell(operator.agency_id, operator.id, null, 'list-damaged', 'list', wanted, jsonb_build_object('code', why));
  end loop;
end $$;

create function list_mended(wanted uuid) returns void language sql ${AS_OWNER} as $$
  update lists set damage = null, damaged_at = null where id = wanted $$;

revoke execute on function list_damaged(uuid, text), list_mended(uuid) from public;
grant execute on function list_damaged(uuid, text) to redthread_app, redthread_worker;
grant execute on function list_mended(uuid) to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, FUNCTIONS]) await step.execute(db);
};
