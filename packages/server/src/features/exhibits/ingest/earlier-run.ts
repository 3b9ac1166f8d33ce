// What an earlier run of the same exhibit left: entries that are there already are not read again.
import { sql } from 'kysely';
import type { OccurrenceState } from '../../../store/index.js';
import type { IngestStore } from './target.js';

export interface SeenEntry {
  readonly path: string;
  readonly occurrenceId: string;
  readonly stateKey: string | null;
  readonly state: OccurrenceState;
  /** Its content; null when it has none. */
  readonly media: {
    readonly mediaId: string;
    readonly sha256: Buffer;
    readonly mime: string;
    /** Not to be opened before a legal basis is recorded. */
    readonly closed: boolean;
  } | null;
}

/** By path. */
export const findSeen = async (
  db: IngestStore['db'],
  exhibitId: string,
  paths: readonly string[],
): Promise<Map<string, SeenEntry>> => {
  if (paths.length === 0) return new Map();
  const { rows } = await sql<SeenRow>`
    select o.id as "occurrenceId", o.path, o.stat_key as "stateKey", o.state, o.media_id as "mediaId", m.sha256, m.mime,
      coalesce(media_closed(m.id), false) as closed
    from unnest(${[...paths]}::text[]) as p (path)
    join occurrences o on o.exhibit_id = ${exhibitId}::uuid and md5(o.path) = md5(p.path) and o.path = p.path
    left join media m on m.id = o.media_id`.execute(db);
  return new Map(
    rows.map(({ path, mediaId, sha256, mime, closed, ...seen }) => [
      path,
      {
        path,
        ...seen,
        media: mediaId === null || sha256 === null || mime === null ? null : { mediaId, sha256, mime, closed },
      },
    ]),
  );
};

interface SeenRow extends Omit<SeenEntry, 'media'> {
  readonly mediaId: string | null;
  readonly sha256: Buffer | null;
  readonly mime: string | null;
  readonly closed: boolean;
}

/** The file behind an occurrence is another one now: what was stored stays, and the occurrence says so. */
export const markChanged = async (db: IngestStore['db'], occurrenceIds: readonly string[]): Promise<void> => {
  if (occurrenceIds.length === 0) return;
  await sql`update occurrences set state = 'changed', error_code = 'FILE_CHANGED',
      error_detail = 'size or time of the source differ from what was read'
    where id = any(${[...occurrenceIds]}::uuid[]) and state <> 'changed'`.execute(db);
};
