// Where a file may be a chat export, and which of its exhibits wait for it to be read: the same bytes may lie in several, each with other files beside them.
import { sql, type Kysely } from 'kysely';
import type { ChatFormat, DateOrder } from '@redthread/core/chats';
import type { Database } from '../../../store/index.js';
import { WORK_VERSION } from '../../work/index.js';

/** Of the readers and of what is worked out of texts: a higher one makes every export be read again. */
export const CHATS_VERSION = 1;

const NAMES = /\.(txt|jsonl?|html?|xml)$/i;
const NAMED = sql.raw(`'\\.(txt|jsonl?|html?|xml)$'`);

/** Whether a file is worth a look at its first bytes. */
export const mayBeChat = ({ kind, path }: { readonly kind: string; readonly path: string }): boolean =>
  kind === 'text' && NAMES.test(path);

export interface ReadTarget {
  readonly exhibitId: string;
  readonly agencyId: string;
  readonly caseId: string;
  readonly path: string;
  /** Of its row, where it has one: the same bytes were told before. */
  readonly format: ChatFormat | null;
  /** It was a chat before, here or elsewhere, and is to be read. */
  readonly isAwaited: boolean;
  /** What a person said. */
  readonly dateOrder: DateOrder | null;
}

/** Exhibits whose walk is over; the first of the paths of each. */
export const readTargets = async (db: Kysely<Database>, mediaId: string): Promise<ReadTarget[]> => {
  const { rows } = await sql<ReadTarget>`
    select distinct on (o.exhibit_id) o.exhibit_id as "exhibitId", o.agency_id as "agencyId", o.case_id as "caseId", o.path, x.format,
      coalesce(x.state = 'waiting', false) as "isAwaited",
      case when x.date_order_by is not null then x.date_order end as "dateOrder"
    from occurrences o join exhibits e on e.id = o.exhibit_id
      left join chat_exports x on x.exhibit_id = o.exhibit_id and x.media_id = o.media_id
    where o.media_id = ${mediaId}::uuid and o.path ~* ${NAMED} and e.state in ('processing', 'complete')
      and (x.id is null or x.state in ('waiting', 'failed') or x.version < ${CHATS_VERSION})
    order by o.exhibit_id, o.path`.execute(db);
  return rows;
};

const MOST_BESIDE = 500_000;

/** Files below the folder of the export, from there. */
export const namesBeside = async (
  db: Kysely<Database>,
  { exhibitId, path }: Pick<ReadTarget, 'exhibitId' | 'path'>,
): Promise<string[]> => {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const { rows } = await sql<{ name: string }>`
    select substr(path, ${folder.length + 1}) as name from occurrences
    where exhibit_id = ${exhibitId}::uuid and starts_with(path, ${folder}) and path <> ${path} and media_id is not null
    order by path limit ${MOST_BESIDE}`.execute(db);
  return rows.map(({ name }) => name);
};

/** Has exports of these exhibits read that wait for it; of the same bytes elsewhere it is known already that they are a chat. */
export const awaitChats = async (db: Kysely<Database>, exhibitIds: readonly string[]): Promise<number> => {
  const these = sql`${[...exhibitIds]}::uuid[]`;
  await sql`insert into chat_exports (agency_id, case_id, exhibit_id, media_id, path, format)
    select distinct on (o.exhibit_id, o.media_id) o.agency_id, o.case_id, o.exhibit_id, o.media_id, o.path, x.format
    from occurrences o join chat_exports x on x.media_id = o.media_id and x.exhibit_id <> o.exhibit_id
    where o.exhibit_id = any(${these}) and o.path ~* ${NAMED} order by o.exhibit_id, o.media_id, o.path
    on conflict (exhibit_id, media_id) do nothing`.execute(db);
  const { rows } = await sql<{ id: number }>`
    insert into work (agency_id, media_id, exhibit_id, stage, version, state)
    select distinct on (media_id) agency_id, media_id, exhibit_id, 'chats', ${WORK_VERSION}, case when media_closed(media_id) then 'held' else 'queued' end
    from chat_exports where exhibit_id = any(${these}) and state = 'waiting' order by media_id
    on conflict (media_id, stage, version) do update set attempts = 0, not_before = now(), error_code = null, error_detail = null, updated_at = now(),
      state = case when work.state = 'held' then 'held' else 'queued' end
    returning id`.execute(db);
  return rows.length;
};
