// Whether a colleague sees what they are to be given: by the one rule of sight, worked out for them as it is for whoever asks.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const FUNCTIONS = sql.raw(`
-- Of a case that the actor sees; false for anybody of another agency. What the transaction may see is worked out anew afterwards.
create function colleague_sees_case(wanted uuid, colleague uuid) returns boolean language plpgsql ${AS_OWNER} as $$
declare
  asker uuid := app_user();
  seen boolean;
begin
  if not exists (select from users u where u.id = colleague and u.agency_id = app_agency()) then return false; end if;
  if not case_is_in_sight(wanted) then return false; end if;
  perform set_config('app.user', colleague::text, true);
  perform look_around();
  seen := case_is_in_sight(wanted);
  perform set_config('app.user', asker::text, true);
  perform look_around();
  return seen;
end $$;
create function case_is_in_sight(wanted uuid) returns boolean language sql stable as $$ select exists (select from cases c where c.id = wanted
  and (c.agency_id = sight_agency() and c.id <> all (hidden_cases()) or c.id = any (shared_cases()))) $$;

revoke execute on function colleague_sees_case(uuid, uuid), case_is_in_sight(uuid) from public;
grant execute on function colleague_sees_case(uuid, uuid) to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await FUNCTIONS.execute(db);
};
