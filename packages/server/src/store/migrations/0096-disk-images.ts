// Disk images: more kinds of exhibits, what an image says of itself, and files that were deleted in it, or are small pictures of larger ones.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `
alter table exhibits drop constraint exhibits_kind_check;
alter table exhibits add constraint exhibits_kind_check check (kind in ('folder', 'zip', 'tar', 'tar.gz', '7z', 'rar', 'disk-image'));
alter table exhibits add column images jsonb not null default '[]';
alter table occurrences add column deletion text check (deletion in ('deleted', 'orphan'));
alter table occurrences add column is_thumbnail boolean not null default false;`,
    )
    .execute(db);
};
