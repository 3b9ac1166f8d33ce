// Bad news about an archive stands on the archive's own occurrence; about the archive that is the exhibit, on the exhibit.
import { sql } from 'kysely';
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
