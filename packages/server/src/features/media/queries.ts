// Reads single media and the members of their stacks, as far as the viewer may see them.
import { sql, type RawBuilder } from 'kysely';
import type { ListHit, Media } from '@redthread/core/contract';
import { traceWords } from '@redthread/core/traces';
import { withNames, type Trace } from '../../media/index.js';
import { kept, type Trx, type VaultKind } from '../../store/index.js';
import { countingHit, filesOfMedia, NEGATIVE_IN_FORCE, STACK } from '../funnel/index.js';

interface MediaRow {
  readonly id: string;
  readonly agency: Media['agency'];
  readonly sha256: Buffer;
  readonly sha1: Buffer;
  readonly md5: Buffer;
  readonly size_bytes: number;
  readonly mime: string;
  readonly kind: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_ms: number | null;
  readonly storyboard: Media['storyboard'];
  readonly loudness: number[] | null;
  readonly state: Media['state'];
  readonly error_code: string | null;
  readonly error_detail: string | null;
  readonly representative_id: string | null;
  readonly stack_size: number;
  readonly list_hits: ListHit[];
  readonly negative: Media['negative'];
  readonly metadata: Record<string, unknown> | null;
  readonly traces: Trace[] | null;
  readonly names: string[] | null;
  readonly first_seen_at: Date;
}

/** A media that lies at more paths says by the first what it is called. */
const MOST_NAMES = 100;

const newestOf = (which: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select distinct on (x.method) x.method, x.version, x.value from media_metadata x where x.media_id = m.id and ${which} order by x.method, x.version desc`;

/**
 * The media that are visible among `ids`. The representative is named, and the members of the stack are counted, only as
 * far as they are visible; "first seen" is the oldest visible file, never that of a case that is not shared.
 */
export const readMedia = async (trx: Trx, ids: readonly string[]): Promise<Map<string, Media>> => {
  // Planned once a connection: planning it takes several times what running does.
  const result = await kept(sql<MediaRow>`
    select m.id, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency, m.sha256, m.sha1, m.md5,
      m.size_bytes, m.mime, m.kind, m.width, m.height, case when k.closed then null else m.duration_ms end as duration_ms, case when k.closed then null else m.storyboard end as storyboard,
      case when k.closed then null else m.loudness end as loudness, case when k.closed then 'closed' else m.state end as state, m.error_code, m.error_detail,
      (select r.id from media r where r.id = m.representative_id) as representative_id,
      (select (select count(*) from media s where s.representative_id = k.id and s.id <> k.id)
        + (select count(*) from media s where s.id = k.id) from (select ${STACK} as id offset 0) k) as stack_size,
      coalesce((select json_agg(json_build_object('listId', l.id, 'name', l.name, 'version', l.version, 'polarity', l.polarity) order by l.name, l.version)
        from lists l where exists (select 1 from list_hits h where h.list_id = l.id and h.media_id = m.id and ${countingHit('h')})), '[]') as list_hits,
      (select json_build_object('id', n.id, 'state', n.state, 'reason', n.reason, 'login', n.set_login, 'files', n.files) from negative_digests n
        where n.digest in (m.sha256, m.sha1, m.md5) and ${NEGATIVE_IN_FORCE} order by n.kind desc limit 1) as negative,
      case when k.closed then null else (select json_object_agg(x.method, x.value) from (${newestOf(sql`x.method = 'exiftool'`)}) x) end as metadata,
      case when k.closed then null else (
        select json_agg(x order by x.method) from (${newestOf(sql`x.method <> 'exiftool'`)}) x) end as traces,
      (select array_agg(f.path) from (select o.path from ${filesOfMedia(sql`select m.id`)} o order by o.path limit ${MOST_NAMES}) f) as names,
      coalesce((select min(o.created_at) from ${filesOfMedia(sql`select m.id`)} o), m.created_at) as first_seen_at
    from media m join agencies a on a.id = m.agency_id cross join lateral (select media_closed(m.id) as closed offset 0) k
    where m.id = any(${[...ids]}::uuid[])`).execute(trx);
  return new Map(result.rows.map((row) => [row.id, toMedia(row)]));
};

const toMedia = (row: MediaRow): Media => ({
  id: row.id,
  agency: row.agency,
  sha256: row.sha256.toString('hex'),
  sha1: row.sha1.toString('hex'),
  md5: row.md5.toString('hex'),
  sizeBytes: row.size_bytes,
  mime: row.mime,
  kind: row.kind,
  width: row.width,
  height: row.height,
  durationMs: row.duration_ms,
  storyboard: row.storyboard,
  loudness: row.loudness,
  state: row.state,
  errorCode: row.error_code,
  errorDetail: row.error_detail,
  representativeId: row.representative_id,
  stackSize: row.stack_size,
  listHits: row.list_hits,
  negative: row.negative,
  metadata: row.metadata,
  traces: withNames(row.traces ?? [], row.names ?? []).map(({ method, version, value }) => ({
    method,
    version,
    value,
    words: traceWords(method, value),
  })),
  firstSeenAt: row.first_seen_at.toISOString(),
});

export const mediaIsVisible = async (trx: Trx, id: string): Promise<boolean> =>
  (await trx.selectFrom('media').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** Whether the provider has not viewed it, and no legal basis that the viewer sees allows to open it. */
export const isClosed = async (trx: Trx, mediaId: string): Promise<boolean> =>
  (await sql<{ closed: boolean }>`select media_closed(${mediaId}::uuid) as closed`.execute(trx)).rows[0]?.closed ===
  true;

/** Name of a rendition in the vault, or null when there is none (yet). */
export const renditionName = async (trx: Trx, mediaId: string, kind: VaultKind): Promise<string | null> =>
  (
    await trx
      .selectFrom('vault_objects')
      .select('name')
      .where('media_id', '=', mediaId)
      .where('kind', '=', kind)
      .executeTakeFirst()
  )?.name ?? null;

/** Whether the viewer sees that there is one, of a media that is not closed: a condition for a statement of theirs. */
export const renditionMayOpen = (mediaId: string, kind: VaultKind): RawBuilder<boolean> =>
  sql<boolean>`(exists (select from vault_objects where media_id = ${mediaId}::uuid and kind = ${kind})
    and not media_closed(${mediaId}::uuid))`;

/** Ids of the visible members of the stack of a media, the media itself included, best picture first. */
export const stackMembers = async (trx: Trx, mediaId: string): Promise<string[]> => {
  const result = await sql<{ id: string }>`
    with wanted as (select ${STACK} as stack from media m where m.id = ${mediaId}::uuid)
    select m.id from media m where m.id in (
      select s.id from wanted w join media s on s.representative_id = w.stack union select s.id from wanted w join media s on s.id = w.stack)
    order by coalesce(m.width::bigint * m.height, 0) desc, m.sha256`.execute(trx);
  return result.rows.map(({ id }) => id);
};

/** The media of the viewer's own agency with these bytes. */
export const ownMediaOf = async (trx: Trx, sha256: string): Promise<string | null> => {
  const { rows } = await sql<{ id: string }>`select m.id from media m where m.agency_id = app_agency()
    and m.sha256 = decode(${sha256}, 'hex')`.execute(trx);
  return rows[0]?.id ?? null;
};
