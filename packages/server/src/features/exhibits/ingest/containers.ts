// Bad news about an archive stands on the archive's own occurrence; about the archive that is the exhibit, on the exhibit.
import { sql } from 'kysely';
import type { DiskImage } from '@redthread/core/contract';
import type { IngestStore } from './target.js';

export interface ContainerFailure {
  readonly path: string;
  readonly container: string | null;
  readonly code: string;
  readonly detail: string;
}

export const markContainer = async (
  db: IngestStore['db'],
  exhibitId: string,
  { path, container, code, detail }: ContainerFailure,
): Promise<void> => {
  const { numAffectedRows } = await sql`update occurrences set error_code = ${code}, error_detail = ${detail}
    where exhibit_id = ${exhibitId}::uuid and md5(path) = md5(${path}) and path = ${path}`.execute(db);
  if (Number(numAffectedRows ?? 0) > 0 || container !== null) return;
  await sql`update exhibits set error_code = ${code}, error_detail = ${detail} where id = ${exhibitId}::uuid`.execute(
    db,
  );
};

const MOST_IMAGES = 1_000;

/** What a disk image is and says of itself stands on the exhibit; read again, it takes the place of what an earlier run said. */
export const noteImage = async (db: IngestStore['db'], exhibitId: string, image: DiskImage): Promise<void> => {
  await sql`update exhibits set images = coalesce((
      select jsonb_agg(i order by i ->> 'path') from (
        select i from jsonb_array_elements(images) i where i ->> 'path' <> ${image.path} limit ${MOST_IMAGES}
      ) kept), '[]') || ${JSON.stringify([image])}::jsonb
    where id = ${exhibitId}::uuid`.execute(db);
  // It was opened: what kept an earlier run from that is no more.
  await sql`update occurrences set error_code = null, error_detail = null
    where exhibit_id = ${exhibitId}::uuid and md5(path) = md5(${image.path}) and path = ${image.path} and error_code like 'DISK\\_%'`.execute(
    db,
  );
};
