// Media of drawn digests, straight into the tables: what a store holds when a list comes.
import { sql } from 'kysely';

/** What the digest of a medium is of, before its number. */
export const MEDIUM = 'medium ';

export const drawMedia = async (owner, agencyId, count) => {
  const text = sql`convert_to(${sql.lit(MEDIUM)} || i, 'UTF8')`;
  await sql`insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
    select sha256(${text}), substr(sha256(${text}), 5, 20), decode(md5(${sql.lit(MEDIUM)} || i), 'hex'), 1000, 'image/jpeg', 'image'
    from generate_series(0, ${sql.lit(count - 1)}) i`.execute(owner);
  await sql`insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, state, comparable)
    select ${agencyId}::uuid, id, sha256, sha1, md5, size_bytes, mime, kind, 'ready', true from contents`.execute(
    owner,
  );
  await sql`vacuum analyze media`.execute(owner);
};
