// Chats go where their exhibit goes. Their rows are worked out of bytes that go along: what is carried is that the file is a chat, and what a person said of it; it is read again there.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../store/index.js';
import { awaitChats, linkAttachments } from '../../chats/index.js';
import { announceWork } from '../../work/index.js';
import type { Receiver } from './copy-media.js';

type Trx = Transaction<Database>;

/** Of an exhibit that is withdrawn. */
export const keepChatsAside = async (
  trx: Trx,
  requestId: string,
  { caseId, exhibitId }: { readonly caseId: string; readonly exhibitId: string },
): Promise<void> => {
  await sql`insert into set_aside (request_id, agency_id, source, case_id, value)
    select ${requestId}::uuid, agency_id, 'chat_exports', ${caseId}::uuid, to_jsonb(x) from chat_exports x where x.exhibit_id = ${exhibitId}::uuid`.execute(
    trx,
  );
};

/** Its files have come back before: each is found at its path, whichever media it has now. */
export const bringChatsBack = async (trx: Trx, withdrawal: string, exhibitId: string): Promise<void> => {
  await sql`insert into chat_exports (id, agency_id, case_id, exhibit_id, media_id, path, format, date_order, date_order_by)
    select x.id, e.agency_id, e.case_id, e.id, o.media_id, x.path, x.format, case when x.date_order_by is not null then x.date_order end, x.date_order_by
    from set_aside s cross join lateral jsonb_populate_record(null::chat_exports, s.value) x join exhibits e on e.id = ${exhibitId}::uuid
      join occurrences o on o.exhibit_id = e.id and md5(o.path) = md5(x.path) and o.path = x.path and o.media_id is not null
    where s.request_id = ${withdrawal}::uuid and s.source = 'chat_exports' on conflict do nothing`.execute(trx);
  await readThere(trx, [exhibitId]);
};

/** To another agency: of the media of one batch of its files, by those here. */
export const carryChats = async (trx: Trx, receiver: Receiver, there: ReadonlyMap<string, string>): Promise<void> => {
  await sql`insert into chat_exports (agency_id, case_id, exhibit_id, media_id, path, format, date_order, date_order_by)
    select ${receiver.agencyId}::uuid, ${receiver.caseId}::uuid, e.there, m.there, x.path, x.format,
      case when x.date_order_by is not null then x.date_order end, x.date_order_by
    from chat_exports x join unnest(${[...there.keys()]}::uuid[], ${[...there.values()]}::uuid[]) as m (here, there) on m.here = x.media_id
      join unnest(${Object.keys(receiver.exhibits)}::uuid[], ${Object.values(receiver.exhibits)}::uuid[]) as e (here, there) on e.here = x.exhibit_id
    on conflict do nothing`.execute(trx);
};

/** Once all files of these exhibits are there. */
export const readThere = async (trx: Trx, exhibitIds: readonly string[]): Promise<void> => {
  for (const exhibitId of exhibitIds) await linkAttachments(trx, exhibitId);
  if ((await awaitChats(trx, exhibitIds)) > 0) await announceWork(trx, 'chats');
};
