// The rows of one batch in few statements, whatever its size: contents, media, envelopes, sealed objects, occurrences,
// work. Rows are inserted in the order of their digests, so that two ingests of the same files never wait in a circle.
import { sql, type Transaction } from 'kysely';
import type { Database, MediaState } from '../../../store/index.js';
import { announceWork, BYTES_VERSION, WORK_VERSION } from '../../work/index.js';
import type { FoundFile, ReadFile, UnreadEntry } from './found-file.js';
import type { IngestTarget } from './target.js';

type Trx = Transaction<Database>;

/** A content that the agency did not hold when the batch was looked up, once. */
export interface NewContent {
  readonly file: ReadFile;
  readonly state: MediaState;
  readonly errorCode: string | null;
}

/** A film takes as long as a hundred pictures: those come first. */
const FILM_PRIORITY = 60;
const PRIORITY = { decode: 50, match: 50, chats: 50, metadata: 90 } as const;

/** Media that this transaction made, by SHA-256 in hex; one that is missing was made by somebody else meanwhile. */
export const insertMedia = async (
  trx: Trx,
  agencyId: string,
  contents: readonly NewContent[],
): Promise<Map<string, string>> => {
  if (contents.length === 0) return new Map();
  const sorted = [...contents].sort((a, b) => a.file.digests.sha256.compare(b.file.digests.sha256));
  const sha256 = sorted.map(({ file }) => file.digests.sha256);
  await sql`insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
    select * from unnest(${sha256}::bytea[], ${sorted.map(({ file }) => file.digests.sha1)}::bytea[],
      ${sorted.map(({ file }) => file.digests.md5)}::bytea[], ${sorted.map(({ file }) => file.readBytes)}::bigint[],
      ${sorted.map(({ file }) => file.mime)}::text[], ${sorted.map(({ file }) => file.kind)}::text[])
    on conflict (sha256) do nothing`.execute(trx);
  const made = await sql<{ id: string; sha256: Buffer }>`
    insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, state, error_code)
    select ${agencyId}::uuid, c.id, c.sha256, c.sha1, c.md5, c.size_bytes, c.mime, c.kind, n.state, n.error_code
    from unnest(${sha256}::bytea[], ${sorted.map(({ state }) => state)}::text[],
      ${sorted.map(({ errorCode }) => errorCode)}::text[]) with ordinality as n (sha256, state, error_code, place)
    join contents c on c.sha256 = n.sha256 order by n.place
    on conflict (agency_id, content_id) do nothing
    returning id, sha256`.execute(trx);
  return new Map(made.rows.map((row) => [row.sha256.toString('hex'), row.id]));
};

export interface SealedOriginal {
  readonly mediaId: string;
  readonly name: string;
  readonly sizeBytes: number;
}

export const insertOriginals = async (
  trx: Trx,
  agencyId: string,
  objects: readonly SealedOriginal[],
): Promise<void> => {
  if (objects.length === 0) return;
  await sql`insert into vault_objects (agency_id, media_id, kind, name, size_bytes)
    select ${agencyId}::uuid, o.media_id, 'original', o.name, o.size_bytes
    from unnest(${objects.map((o) => o.mediaId)}::uuid[], ${objects.map((o) => o.name)}::text[],
      ${objects.map((o) => o.sizeBytes)}::bigint[]) as o (media_id, name, size_bytes)
    on conflict do nothing`.execute(trx);
};

/** A row to be: an entry with its media, or with the reason why it has none. */
export type Occurrence =
  { readonly file: ReadFile; readonly mediaId: string } | { readonly file: UnreadEntry; readonly mediaId: null };

/**
 * Occurrences of a batch, paths distinct. A path that an earlier run could not read takes the new answer; any other
 * that is there already stays as it is. Answers what was counted for the first time.
 */
export const insertOccurrences = async (
  trx: Trx,
  target: IngestTarget,
  occurrences: readonly Occurrence[],
): Promise<{ readonly files: number; readonly bytes: number }> => {
  if (occurrences.length === 0) return { files: 0, bytes: 0 };
  const column = <T>(read: (occurrence: Occurrence) => T): T[] => occurrences.map(read);
  const found = <T>(read: (file: FoundFile) => T): T[] => column(({ file }) => read(file));
  const { rows } = await sql<{ inserted: boolean; size: number }>`
    insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, raw_name, container, size_bytes,
      source_times, state, error_code, error_detail, in_place_path, stat_key, provider_viewed, deletion, is_thumbnail)
    select ${target.agencyId}::uuid, ${target.caseId}::uuid, ${target.exhibitId}::uuid, n.media_id, n.path, n.raw_name,
      n.container, n.size_bytes, n.source_times::jsonb, n.state, n.error_code, n.error_detail, n.in_place_path, n.stat_key, n.provider_viewed,
      n.deletion, n.is_thumbnail
    from unnest(${column(({ mediaId }) => mediaId)}::uuid[], ${found((f) => f.path)}::text[],
      ${found((f) => f.rawName)}::text[], ${found((f) => f.container)}::text[],
      ${column(({ file }) => ('readBytes' in file ? file.readBytes : file.sizeBytes))}::bigint[],
      ${found((f) => JSON.stringify(f.sourceTimes))}::text[], ${column(stateOf)}::text[],
      ${column(({ file }) => ('code' in file ? file.code : (file.note?.code ?? null)))}::text[],
      ${column(({ file }) => ('code' in file ? file.detail : (file.note?.detail ?? null)))}::text[],
      ${column(({ file }) => ('inPlacePath' in file ? file.inPlacePath : null))}::text[],
      ${found((f) => f.stateKey)}::text[], ${found((f) => f.providerViewed)}::boolean[],
      ${found((f) => f.deletion)}::text[], ${found((f) => f.isThumbnail)}::boolean[])
      as n (media_id, path, raw_name, container, size_bytes, source_times, state, error_code, error_detail,
        in_place_path, stat_key, provider_viewed, deletion, is_thumbnail)
    on conflict (exhibit_id, md5(path), path) do update set media_id = excluded.media_id, state = excluded.state,
      size_bytes = excluded.size_bytes, error_code = excluded.error_code, error_detail = excluded.error_detail,
      in_place_path = excluded.in_place_path, stat_key = excluded.stat_key
      where occurrences.state in ('unreadable', 'missing') and excluded.media_id is not null
    returning (xmax = 0) as inserted, case when media_id is null then 0 else size_bytes end as size`.execute(trx);
  const first = rows.filter((row) => row.inserted);
  return { files: first.length, bytes: first.reduce((sum, row) => sum + row.size, 0) };
};

const stateOf = ({ file }: Occurrence): string =>
  'code' in file ? 'unreadable' : file.inPlacePath === null ? 'stored' : 'in-place';

export interface WorkOrder {
  readonly mediaId: string;
  readonly stage: keyof typeof PRIORITY;
  readonly isFilm?: boolean;
  /** Waits for a legal basis. */
  readonly held?: boolean;
  /** Compared by its bytes alone, before it may be opened. */
  readonly bytesOnly?: boolean;
}

export const insertWork = async (trx: Trx, target: IngestTarget, orders: readonly WorkOrder[]): Promise<void> => {
  if (orders.length === 0) return;
  await sql`insert into work (agency_id, media_id, exhibit_id, stage, version, priority, state)
    select ${target.agencyId}::uuid, n.media_id, ${target.exhibitId}::uuid, n.stage, n.version, n.priority, n.state
    from unnest(${orders.map((o) => o.mediaId)}::uuid[], ${orders.map((o) => o.stage)}::text[],
      ${orders.map((o) => (o.isFilm === true ? FILM_PRIORITY : PRIORITY[o.stage]))}::smallint[],
      ${orders.map((o) => (o.bytesOnly === true ? BYTES_VERSION : WORK_VERSION))}::integer[],
      ${orders.map((o) => (o.held === true ? 'held' : 'queued'))}::text[]) as n (media_id, stage, priority, version, state)
    on conflict (media_id, stage, version) do nothing`.execute(trx);
  for (const stage of new Set(orders.map((o) => o.stage))) await announceWork(trx, stage);
};

/** Media that were closed and came by a file now that nothing keeps closed: their work begins. */
export const releaseHeld = async (trx: Trx, mediaIds: readonly string[]): Promise<void> => {
  if (mediaIds.length === 0) return;
  await sql`update work set state = 'queued', not_before = now(), updated_at = now()
    where state = 'held' and media_id = any(${[...mediaIds]}::uuid[]) and not media_closed(media_id)`.execute(trx);
};

/** Last statement of a batch: batches of one exhibit take turns on this row. */
export const countFiles = async (
  trx: Trx,
  exhibitId: string,
  counted: { readonly files: number; readonly bytes: number },
): Promise<void> => {
  await sql`update exhibits set files_seen = files_seen + ${counted.files}, bytes_seen = bytes_seen + ${counted.bytes}
    where id = ${exhibitId}::uuid`.execute(trx);
};
