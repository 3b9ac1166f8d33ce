// Films and sounds are decoded as pictures are: how long each is, and which stills its storyboard shows, stand on the media; the storyboard itself, clear and veiled, lies in the
// vault beside the other renditions. What came in before is decoded now, and compared again after that.
import { sql, type Kysely } from 'kysely';

const DECODED_NOW = `('video/mp4', 'video/quicktime', 'video/x-m4v', 'video/3gpp', 'video/3gpp2', 'video/matroska', 'video/webm', 'video/vnd.avi', 'video/x-flv',
  'video/x-ms-asf', 'video/mpeg', 'video/mp2t', 'video/ogg', 'audio/ogg', 'audio/ogg; codecs=opus', 'application/ogg', 'audio/mpeg', 'audio/x-m4a', 'audio/aac',
  'audio/flac', 'audio/wav', 'audio/aiff', 'audio/amr')`;

const COLUMNS = `
alter table media add column duration_ms bigint, add column storyboard jsonb;
grant select (duration_ms, storyboard) on media to redthread_app;
alter table vault_objects drop constraint vault_objects_kind_check;
alter table vault_objects add constraint vault_objects_kind_check
  check (kind in ('original', 'clear', 'veiled', 'storyboard', 'veiled-storyboard'));`;

const AGAIN = `
create temporary table films_before on commit drop as
  select m.id, m.agency_id, w.exhibit_id, media_closed(m.id) as closed from media m join work w on w.media_id = m.id and w.stage = 'match' and w.version > 0
  where m.state = 'unsupported' and m.size_bytes > 0 and m.mime in ${DECODED_NOW};
insert into work (agency_id, media_id, exhibit_id, stage, version, priority, state)
  select agency_id, id, exhibit_id, 'decode', 1, 60, case when closed then 'held' else 'queued' end from films_before
  on conflict do nothing;
delete from work w using films_before f where w.media_id = f.id and w.stage = 'match' and w.version > 0;
update media m set state = 'pending' from films_before f where f.id = m.id;
update exhibits e set state = 'processing' from films_before f where f.exhibit_id = e.id and e.state = 'complete';`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(COLUMNS + AGAIN).execute(db);
};
