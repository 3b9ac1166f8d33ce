// Reads, page by page, what ought to lie in the vault. For the role `worker`: the whole store is verified, whoever owns it.
import { sql, type Kysely } from 'kysely';
import type { Database, VaultKind } from '../../store/index.js';

export interface StoredObject {
  readonly name: string;
  readonly kind: VaultKind;
  readonly size_bytes: number;
  readonly media_id: string;
  readonly agency_id: string;
  readonly agency: string;
  readonly sha256: Buffer;
}

/** Objects after `name`, in the order of their names. */
export const objectsAfter = (db: Kysely<Database>, name: string, limit: number): Promise<StoredObject[]> =>
  db
    .selectFrom('vault_objects as v')
    .innerJoin('media as m', 'm.id', 'v.media_id')
    .innerJoin('agencies as a', 'a.id', 'v.agency_id')
    .select(['v.name', 'v.kind', 'v.size_bytes', 'v.media_id', 'v.agency_id', 'a.name as agency', 'm.sha256'])
    .where('v.name', '>', name)
    .orderBy('v.name')
    .limit(limit)
    .execute();

/** Rows that say that something is stored which no object of the vault backs; at most `limit` of each. */
export const danglingReferences = async (
  db: Kysely<Database>,
  limit: number,
): Promise<{ what: string; id: string }[]> => {
  const result = await sql<{ what: string; id: string }>`
    (select 'occurrence without its sealed original' as what, o.id::text as id from occurrences o
      where o.state = 'stored' and not exists (select 1 from vault_objects v where v.media_id = o.media_id and v.kind = 'original')
      order by o.id limit ${limit})
    union all
    (select case when m.duration_ms is null then 'decoded picture' else 'film' end || ' without its ' || k.kind || ' rendition', m.id::text
      from media m join (values ('clear'), ('veiled'), ('storyboard'), ('veiled-storyboard')) k (kind)
        on m.state in ('ready', 'partial')
          and (m.storyboard is not null or m.duration_ms is null and m.width is not null and m.comparable and k.kind in ('clear', 'veiled'))
      where not exists (select 1 from vault_objects v where v.media_id = m.id and v.kind = k.kind)
      order by m.id, k.kind limit ${limit})
    union all
    (select 'sealed object without an envelope', v.name from vault_objects v
      where not exists (select 1 from envelopes e where e.media_id = v.media_id) order by v.name limit ${limit})
    union all
    (select 'occurrence whose case cannot open its media', o.id::text from occurrences o
      where o.state = 'stored' and not exists (select 1 from envelopes e where e.media_id = o.media_id and e.case_id = o.case_id)
      order by o.id limit ${limit})`.execute(db);
  return result.rows;
};

export interface StoreCounts {
  readonly agencies: number;
  readonly cases: number;
  readonly exhibits: number;
  readonly occurrences: number;
  readonly media: number;
  readonly objects: number;
}

export const countStore = async (db: Kysely<Database>): Promise<StoreCounts> => {
  const { rows } = await sql<StoreCounts>`
    select (select count(*) from agencies) as agencies, (select count(*) from cases) as cases,
      (select count(*) from exhibits) as exhibits, (select count(*) from occurrences) as occurrences,
      (select count(*) from media) as media, (select count(*) from vault_objects) as objects`.execute(db);
  const [counts] = rows;
  if (counts === undefined) throw new TypeError('a query of counts answered no row');
  return counts;
};

/** Exhibits whose walk is over but whose count of files differs from the files that are stored. */
export const miscounted = async (
  db: Kysely<Database>,
): Promise<{ exhibit: string; seen: number; stored: number }[]> => {
  const { rows } = await sql<{ exhibit: string; seen: number; stored: number }>`
    select c.reference || '/' || e.reference as exhibit, e.files_seen as seen, count(o.id) as stored
    from exhibits e join cases c on c.id = e.case_id left join occurrences o on o.exhibit_id = e.id
    where e.walk_finished_at is not null and e.state in ('processing', 'complete')
    group by e.id, c.reference having count(o.id) <> e.files_seen order by 1`.execute(db);
  return rows;
};
