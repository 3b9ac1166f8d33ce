// Which files of the exhibit the files of a report are. One whose bytes lie in the report under its own name is the file found there, which takes the times that the report says of it. One
// whose bytes lie there once for several, or not at all, becomes a file of its own below the report: with the same bytes, or missing.
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Database } from '../../../store/index.js';
import type { ReportTarget } from './report-writer.js';

/** What the report said of times before is taken back. */
export const unlinkFiles = async (trx: Transaction<Database>, { exhibitId, exportId }: ReportTarget): Promise<void> => {
  await sql`update occurrences o set source_times = ${withoutReport}
    from report_files f where f.export_id = ${exportId}::uuid and f.bytes = 'own' and o.exhibit_id = ${exhibitId}::uuid
      and md5(o.path) = md5(f.occurrence_path) and o.path = f.occurrence_path`.execute(trx);
};

const withoutReport = sql`coalesce((select jsonb_agg(t) from jsonb_array_elements(o.source_times) t where t ->> 'basis' <> 'report'), '[]')`;

export const linkFiles = async (trx: Transaction<Database>, target: ReportTarget): Promise<void> => {
  const folder = target.path.slice(0, target.path.lastIndexOf('/') + 1);
  await claim(
    trx,
    target,
    sql`f.local_path`,
    sql`o.path = ${folder}::text || f.local_path and md5(o.path) = md5(${folder}::text || f.local_path)`,
  );
  await claimByDigest(trx, target, folder);
  await addOthers(trx, target);
  await sql`update occurrences o set source_times = ${withoutReport} || f.times
    from report_files f where f.export_id = ${target.exportId}::uuid and f.bytes = 'own' and o.exhibit_id = ${target.exhibitId}::uuid
      and md5(o.path) = md5(f.occurrence_path) and o.path = f.occurrence_path`.execute(trx);
};

const AGREES = sql`case when f.sha256 is null and f.md5 is null or m.id is null then null
  else coalesce(f.sha256 = m.sha256, true) and coalesce(f.md5 = m.md5, true) end`;

/** The first file of the report that names a place is the file there. */
const claim = async (
  trx: Transaction<Database>,
  { exhibitId, exportId }: ReportTarget,
  named: RawBuilder<unknown>,
  isPlace: RawBuilder<unknown>,
): Promise<void> => {
  await sql`update report_files r set occurrence_path = c.path, bytes = 'own', agrees = c.agrees
    from (select distinct on (${named}) f.number, o.path, ${AGREES} as agrees
      from report_files f join occurrences o on o.exhibit_id = ${exhibitId}::uuid and ${isPlace} left join media m on m.id = o.media_id
      where f.export_id = ${exportId}::uuid and f.local_path is not null order by ${named}, f.number) c
    where r.export_id = ${exportId}::uuid and r.number = c.number`.execute(trx);
};

/** Reports of providers say of their files no place, but a name and digests: each is a file of the package with those, its name the likelier one. */
const claimByDigest = async (
  trx: Transaction<Database>,
  { exhibitId, exportId, path }: ReportTarget,
  folder: string,
): Promise<void> => {
  await sql`update report_files r set occurrence_path = c.path, bytes = 'own', agrees = c.agrees
    from (select distinct on (p.path) p.number, p.path, p.agrees from (
      select distinct on (f.number) f.number, o.path, ${AGREES} as agrees
      from report_files f join occurrences o on o.exhibit_id = ${exhibitId}::uuid and o.path <> ${path} and starts_with(o.path, ${packageOf(folder)})
        join media m on m.id = o.media_id
      where f.export_id = ${exportId}::uuid and f.provider is not null and f.bytes is null
        and (f.sha256 = m.sha256 or f.md5 = m.md5 or f.sha256 is null and f.md5 is null and reverse(split_part(reverse(o.path), '/', 1)) = f.path)
      order by f.number, reverse(split_part(reverse(o.path), '/', 1)) <> f.path, o.path) p order by p.path, p.number) c
    where r.export_id = ${exportId}::uuid and r.number = c.number`.execute(trx);
};

/** What is said of each file stands in a folder of its own beside the files. */
const packageOf = (folder: string): string => folder.replace(/(^|\/)fileDetails\/$/i, '$1');

const addOthers = async (
  trx: Transaction<Database>,
  { agencyId, caseId, exhibitId, exportId, path }: ReportTarget,
): Promise<void> => {
  await sql`update report_files r set occurrence_path = n.path, bytes = 'absent'
    from (select f.number, f.occurrence_path || case when row_number() over (partition by f.occurrence_path order by f.number) > 1
        then '~' || f.number else '' end as path
      from report_files f where f.export_id = ${exportId}::uuid and f.bytes is null) n
    where r.export_id = ${exportId}::uuid and r.number = n.number`.execute(trx);
  const { rows } = await sql<{ files: number; bytes: number }>`
    with stock as (
      select o.path, o.media_id, m.sha256, m.md5, o.size_bytes, o.state, o.in_place_path, o.provider_viewed
      from occurrences o join media m on m.id = o.media_id
      where o.exhibit_id = ${exhibitId}::uuid and o.container is distinct from ${path}
    ), others as (
      select f.number, f.occurrence_path, f.times, f.size_bytes, coalesce(
          (select s.path from stock s where s.sha256 = f.sha256 order by s.path limit 1),
          (select s.path from stock s where f.sha256 is null and s.md5 = f.md5 order by s.path limit 1),
          (select g.occurrence_path from report_files g where g.export_id = f.export_id and g.local_path = f.local_path and g.bytes = 'own')) as under
      from report_files f where f.export_id = ${exportId}::uuid and f.bytes = 'absent'
    ), placed as (
      select f.number, f.occurrence_path, f.times, s.media_id, coalesce(s.size_bytes, f.size_bytes) as size_bytes,
        coalesce(s.state, 'missing') as state, s.in_place_path, s.provider_viewed
      from others f left join stock s on s.path = f.under
    ), shared as (
      update report_files r set bytes = 'shared', agrees = case when r.sha256 is null and r.md5 is null then null else
          coalesce(r.sha256 = m.sha256, true) and coalesce(r.md5 = m.md5, true) end
      from placed p join media m on m.id = p.media_id where r.export_id = ${exportId}::uuid and r.number = p.number returning 1
    ), added as (
      insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, container, size_bytes, source_times, state, error_code, error_detail,
        in_place_path, provider_viewed)
      select ${agencyId}::uuid, ${caseId}::uuid, ${exhibitId}::uuid, p.media_id, p.occurrence_path, ${path}, p.size_bytes, p.times, p.state,
        case when p.media_id is null then 'FILE_NOT_IN_REPORT' end, case when p.media_id is null then 'the report names it' end, p.in_place_path,
        p.provider_viewed
      from placed p
      on conflict (exhibit_id, md5(path), path) do update set media_id = excluded.media_id, state = excluded.state, size_bytes = excluded.size_bytes,
        source_times = excluded.source_times, error_code = excluded.error_code, error_detail = excluded.error_detail
      returning xmax = 0 as is_new, case when media_id is null then 0 else size_bytes end as size
    )
    select count(*)::int as files, coalesce(sum(size), 0)::float8 as bytes from added where is_new`.execute(trx);
  const [{ files, bytes } = { files: 0, bytes: 0 }] = rows;
  await sql`update exhibits set files_seen = files_seen + ${files}, bytes_seen = bytes_seen + ${bytes} where id = ${exhibitId}::uuid`.execute(
    trx,
  );
};
