// Finds the files that messages carry among the files of the same exhibit: at the place that the message says, by its digest, or under its name alone where one content goes by
// that name. Done again, it finds what has come since.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../../../store/index.js';

/** `path`: an expression of type text. Up to and with its last slash. */
export const folderOf = (path: ReturnType<typeof sql>) => sql`substring(${path} from '^(.*/)')`;

const linked = async (db: Kysely<Database>, basis: string, found: ReturnType<typeof sql>): Promise<void> => {
  await sql`update chat_attachments a set media_id = f.media_id, basis = ${basis} from (${found}) f
    where a.chat_id = f.chat_id and a.position = f.position and a.ordinal = f.ordinal and a.media_id is null`.execute(
    db,
  );
};

export const linkAttachments = async (db: Kysely<Database>, exhibitId: string): Promise<void> => {
  const open = sql`chat_attachments a join chats c on c.id = a.chat_id`;
  const inExhibit = sql`c.exhibit_id = ${exhibitId}::uuid and a.media_id is null`;
  const { rows } = await sql`select from ${open} where ${inExhibit} limit 1`.execute(db);
  if (rows.length === 0) return;
  await linked(
    db,
    'with-message',
    sql`select a.chat_id, a.position, a.ordinal, o.media_id from ${open} join chat_exports x on x.id = c.export_id
      cross join lateral (select coalesce(${folderOf(sql`x.path`)}, '') || coalesce(a.path, a.name) as path) p
      join occurrences o on o.exhibit_id = ${exhibitId}::uuid and md5(o.path) = md5(p.path) and o.path = p.path
      where ${inExhibit} and o.media_id is not null`,
  );
  await linked(
    db,
    'digest',
    sql`select a.chat_id, a.position, a.ordinal, m.id as media_id from ${open}
      join media m on m.agency_id = a.agency_id and (m.sha256 = a.sha256 or (a.sha256 is null and m.md5 = a.md5))
      where ${inExhibit} and num_nonnulls(a.sha256, a.md5) > 0
        and exists (select from occurrences o where o.media_id = m.id and o.exhibit_id = ${exhibitId}::uuid)`,
  );
  await linked(
    db,
    'name',
    sql`with open as materialized (
        select a.chat_id, a.position, a.ordinal, a.name from ${open} where ${inExhibit} and a.name is not null and a.sha256 is null and a.md5 is null),
      named as materialized (
        select n.name, min(o.media_id::text)::uuid as media_id from occurrences o
          cross join lateral (select substring(o.path from '[^/]*$') as name) n
        where o.exhibit_id = ${exhibitId}::uuid and o.media_id is not null and n.name in (select name from open)
        group by n.name having count(distinct o.media_id) = 1)
      select open.chat_id, open.position, open.ordinal, named.media_id from open join named using (name)`,
  );
};
