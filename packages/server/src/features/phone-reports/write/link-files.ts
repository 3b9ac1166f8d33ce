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
  // Nothing is known yet of rows that this transaction wrote: taken for few, they would be looked up one by one in all files of the exhibit.
  // eslint-disable-next-line no-restricted-syntax -- of the planner, no one's sight depends on it
  await sql`set local enable_nestloop = off`.execute(trx);
  await claimByDigest(trx, target, folder);
  await addOthers(trx, target);
  // eslint-disable-next-line no-restricted-syntax -- of the planner, no one's sight depends on it
  await sql`set local enable_nestloop = off`.execute(trx);
  await sql`update occurrences o set source_times = ${withoutReport} || f.times
    from report_files f where f.export_id = ${target.exportId}::uuid and f.bytes = 'own' and o.exhibit_id = ${target.exhibitId}::uuid
      and md5(o.path) = md5(f.occurrence_path) and o.path = f.occurrence_path`.execute(trx);
  // eslint-disable-next-line no-restricted-syntax -- of the planner, no one's sight depends on it
  await sql`set local enable_nestloop = on`.execute(trx);
};

const AGREES = sql`case when f.sha256 is null and f.md5 is null or m.id is null then null
  else coalesce(f.sha256 = m.sha256, true) and coalesce(f.md5 = m.md5, true) end`;

/** The first file of the report that names a place is the file there; not one that the report itself added when it was read before. */
const claim = async (
  trx: Transaction<Database>,
  { exhibitId, exportId, path }: ReportTarget,
  named: RawBuilder<unknown>,
  isPlace: RawBuilder<unknown>,
): Promise<void> => {
  await sql`update report_files r set occurrence_path = c.path, bytes = 'own', agrees = c.agrees
    from (select distinct on (${named}) f.number, o.path, ${AGREES} as agrees
      from report_files f join occurrences o on o.exhibit_id = ${exhibitId}::uuid and o.container is distinct from ${path} and ${isPlace}
        left join media m on m.id = o.media_id
      where f.export_id = ${exportId}::uuid and f.local_path is not null order by ${named}, f.number) c
    where r.export_id = ${exportId}::uuid and r.number = c.number`.execute(trx);
};

/** Reports of providers say of their files no place, but a name and digests: each is a file of the package with those, its name the likelier one. */
const claimByDigest = async (
  trx: Transaction<Database>,
  { exhibitId, exportId, path }: ReportTarget,
  folder: string,
): Promise<void> => {
  const name = sql`reverse(split_part(reverse(o.path), '/', 1))`;
  // One by one: joined by either of them, every file would be set beside every other.
  const same = [
    sql`f.sha256 = m.sha256`,
    sql`f.md5 = m.md5`,
    sql`f.sha256 is null and f.md5 is null and ${name} = f.path`,
  ];
  const likely = same.map(
    (isSame) => sql`select f.number, o.path, ${AGREES} as agrees, ${name} <> f.path as renamed
      from report_files f join (occurrences o join media m on m.id = o.media_id) on ${isSame}
      where o.exhibit_id = ${exhibitId}::uuid and o.path <> ${path} and o.container is distinct from ${path} and starts_with(o.path, ${packageOf(folder)})
        and f.export_id = ${exportId}::uuid and f.provider is not null and f.bytes is null`,
  );
  await sql`update report_files r set occurrence_path = c.path, bytes = 'own', agrees = c.agrees
    from (select distinct on (p.path) p.number, p.path, p.agrees from (
      select distinct on (l.number) l.number, l.path, l.agrees from (${sql.join(likely, sql` union all `)}) l
      order by l.number, l.renamed, l.path) p order by p.path, p.number) c
    where r.export_id = ${exportId}::uuid and r.number = c.number`.execute(trx);
};

/** What is said of each file stands in a folder of its own beside the files. */
const packageOf = (folder: string): string => folder.replace(/(^|\/)fileDetails\/$/i, '$1');

/** Tried one after the other, until no other file has the name; that of the export no report can foresee. */
const SUFFIXES = (exportId: string) => [
  sql`''`,
  sql`'~' || f.number`,
  sql`'~' || f.number || '~2'`,
  sql`'~' || f.number || '~' || ${exportId}::text`,
];

/** A name is taken by whatever the walk or another report found there, and by the first file of this report that claims it. */
const nameOthers = async (trx: Transaction<Database>, { exhibitId, exportId, path }: ReportTarget): Promise<void> => {
  for (const suffix of SUFFIXES(exportId)) {
    const { rows } = await sql<{ left: boolean }>`
      with named as (
        select distinct on (n.path) n.number, n.path
        from (select f.number, f.occurrence_path || ${suffix} as path
          from report_files f where f.export_id = ${exportId}::uuid and f.bytes is null) n
        where not exists (select from occurrences o where o.exhibit_id = ${exhibitId}::uuid and md5(o.path) = md5(n.path) and o.path = n.path
            and o.container is distinct from ${path})
          and not exists (select from report_files t where t.exhibit_id = ${exhibitId}::uuid and md5(t.occurrence_path) = md5(n.path)
            and t.occurrence_path = n.path and t.export_id = ${exportId}::uuid and t.bytes is not null)
        order by n.path, n.number
      ), done as (
        update report_files r set occurrence_path = n.path, bytes = 'absent' from named n
        where r.export_id = ${exportId}::uuid and r.number = n.number returning r.number
      )
      select (select count(*) from report_files f where f.export_id = ${exportId}::uuid and f.bytes is null) > (select count(*) from done) as left`.execute(
      trx,
    );
    if (rows[0]?.left !== true) return;
  }
};

/** The same bytes, or none. */
const placeOthers = async (trx: Transaction<Database>, { exhibitId, exportId, path }: ReportTarget): Promise<void> => {
  await sql`create temporary table report_placed on commit drop as
    with stock as materialized (
      select o.path, o.media_id, m.sha256, m.md5, o.size_bytes, o.state, o.in_place_path, o.provider_viewed
      from occurrences o join media m on m.id = o.media_id
      where o.exhibit_id = ${exhibitId}::uuid and o.container is distinct from ${path}
    ), by_sha256 as (
      select distinct on (sha256) sha256, path from stock order by sha256, path
    ), by_md5 as (
      select distinct on (md5) md5, path from stock order by md5, path
    ), by_place as (
      select distinct on (local_path) local_path, occurrence_path as path from report_files
      where export_id = ${exportId}::uuid and bytes = 'own' and local_path is not null order by local_path, number
    )
      select f.number, f.occurrence_path, f.times, s.media_id, coalesce(s.size_bytes, f.size_bytes) as size_bytes,
        coalesce(s.state, 'missing') as state, s.in_place_path, s.provider_viewed
      from report_files f left join by_sha256 on by_sha256.sha256 = f.sha256
        left join by_md5 on by_md5.md5 = case when f.sha256 is null then f.md5 end
        left join by_place on by_place.local_path = f.local_path
        left join stock s on s.path = coalesce(by_sha256.path, by_md5.path, by_place.path)
      where f.export_id = ${exportId}::uuid and f.bytes = 'absent'`.execute(trx);
  await sql`update report_files r set bytes = 'shared', agrees = case when r.sha256 is null and r.md5 is null then null else
          coalesce(r.sha256 = m.sha256, true) and coalesce(r.md5 = m.md5, true) end
      from report_placed p join media m on m.id = p.media_id where r.export_id = ${exportId}::uuid and r.number = p.number`.execute(
    trx,
  );
};

const addOthers = async (trx: Transaction<Database>, target: ReportTarget): Promise<void> => {
  const { agencyId, caseId, exhibitId, path } = target;
  await nameOthers(trx, target);
  await placeOthers(trx, target);
  // eslint-disable-next-line no-restricted-syntax -- of the planner, no one's sight depends on it
  await sql`set local enable_nestloop = on`.execute(trx);
  const { rows } = await sql<{ files: number; bytes: number }>`
    with added as (
      insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, container, size_bytes, source_times, state, error_code, error_detail,
        in_place_path, provider_viewed)
      select ${agencyId}::uuid, ${caseId}::uuid, ${exhibitId}::uuid, p.media_id, p.occurrence_path, ${path}, p.size_bytes, p.times, p.state,
        case when p.media_id is null then 'FILE_NOT_IN_REPORT' end, case when p.media_id is null then 'the report names it' end, p.in_place_path,
        p.provider_viewed
      from report_placed p
      on conflict (exhibit_id, md5(path), path) do update set media_id = excluded.media_id, state = excluded.state, size_bytes = excluded.size_bytes,
        source_times = excluded.source_times, error_code = excluded.error_code, error_detail = excluded.error_detail
        where occurrences.container = excluded.container
      returning xmax = 0 as is_new, case when media_id is null then 0 else size_bytes end as size
    )
    select count(*)::int as files, coalesce(sum(size), 0)::float8 as bytes from added where is_new`.execute(trx);
  const [{ files, bytes } = { files: 0, bytes: 0 }] = rows;
  await sql`drop table report_placed`.execute(trx);
  await sql`update exhibits set files_seen = files_seen + ${files}, bytes_seen = bytes_seen + ${bytes} where id = ${exhibitId}::uuid`.execute(
    trx,
  );
};
