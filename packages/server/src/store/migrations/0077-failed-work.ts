// A person has work that failed tried again, or sets a file aside that no worker is to open.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const FUNCTIONS = sql.raw(`
-- Media of an exhibit that whoever asks may work on, all or some of them.
create function media_in_hand(wanted_exhibit uuid, wanted_media uuid[]) returns setof uuid language sql stable ${AS_OWNER} as $$
  select distinct o.media_id from occurrences o join exhibits e on e.id = o.exhibit_id
  where e.id = wanted_exhibit and e.agency_id = app_agency() and sees_own_case(e.case_id)
    and o.media_id is not null and (wanted_media is null or o.media_id = any(wanted_media))
$$;

-- What failed is queued again as if it were new, and what was compared without it is compared anew. What was set aside is tried again only by its
-- name. Answers of how many media.
create function retry_failed_work(wanted_exhibit uuid, wanted_media uuid[]) returns integer language plpgsql ${AS_OWNER} as $$
declare
  tried uuid[];
  decoded uuid[];
  searched uuid[];
begin
  with again as (
    update work w set attempts = 0, not_before = now(), error_code = null, error_detail = null, updated_at = now(),
      state = case when w.stage not in ('match', 'parts') and media_closed(w.media_id) then 'held' else 'queued' end
    where w.media_id in (select media_in_hand(wanted_exhibit, wanted_media)) and w.version > 0
      and (w.state = 'failed' or (w.state = 'quarantined' and wanted_media is not null))
    returning w.media_id, w.stage)
  select array_agg(distinct media_id), array_agg(media_id) filter (where stage = 'decode'), array_agg(media_id) filter (where stage = 'features')
    into tried, decoded, searched from again;
  if tried is null then return 0; end if;
  update media set state = 'pending', error_code = null, error_detail = null where id = any(decoded) and state in ('failed', 'quarantined');
  delete from work where version > 0 and ((stage = 'match' and media_id = any(decoded)) or (stage = 'parts' and media_id = any(searched)));
  update exhibits set state = 'processing' where state = 'complete'
    and id in (select exhibit_id from work where media_id = any(tried) and stage in ('decode', 'match') and state in ('queued', 'held'));
  perform pg_notify('redthread_work', stage) from (select distinct stage from work where media_id = any(tried) and state = 'queued') s;
  return cardinality(tried);
end $$;

-- No worker opens the file again before somebody tries it again by name. Answers of how many media.
create function set_failed_work_aside(wanted_exhibit uuid, wanted_media uuid[], why text) returns integer language plpgsql ${AS_OWNER} as $$
declare
  aside uuid[];
begin
  with put as (
    update work w set state = 'quarantined', error_detail = w.error_code || ' | ' || why, error_code = 'FILE_SET_ASIDE', updated_at = now()
    where w.media_id in (select media_in_hand(wanted_exhibit, wanted_media)) and wanted_media is not null
      and w.state = 'failed' and w.version > 0
    returning w.media_id, w.stage, w.error_detail),
  marked as (
    update media m set state = 'quarantined', error_code = 'FILE_SET_ASIDE', error_detail = p.error_detail
    from put p where p.stage = 'decode' and m.id = p.media_id and m.state = 'failed')
  select array_agg(distinct media_id) into aside from put;
  return coalesce(cardinality(aside), 0);
end $$;

revoke execute on function media_in_hand(uuid, uuid[]), retry_failed_work(uuid, uuid[]), set_failed_work_aside(uuid, uuid[], text) from public;
grant execute on function retry_failed_work(uuid, uuid[]), set_failed_work_aside(uuid, uuid[], text) to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await FUNCTIONS.execute(db);
};
