// Local features are computed when everything has been decoded and matched by hashes, in a stage of their own, and compared in
// another: `features` and `parts`. What was decoded before has them already, or gets them now.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `
alter table work drop constraint work_stage_check;
alter table work add constraint work_stage_check check (stage in ('decode', 'match', 'features', 'parts', 'metadata'));
insert into work (agency_id, media_id, exhibit_id, stage, version, state)
  select m.agency_id, m.id, w.exhibit_id, s.stage, w.version,
    case when w.state = 'held' then 'held'
      when exists (select from signals f where f.content_id = m.content_id and f.method = 'local-features') then 'done' else 'queued' end
  from media m join work w on w.media_id = m.id and w.stage = 'decode' cross join (values ('features'), ('parts')) as s (stage)
  where m.comparable and w.version > 0
    and (s.stage = 'features' or exists (select from signals f where f.content_id = m.content_id and f.method = 'local-features'));`,
    )
    .execute(db);
};
