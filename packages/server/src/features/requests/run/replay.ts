// Destroys once more, in a store that was restored from a backup of before: the rows go, the key goes, and the record that was signed
// then stands again. Nothing is signed anew, and sealed objects are not there yet: they come after the rows that name them.
import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { audit, type Database } from '../../../store/index.js';
import { writeCustody } from '../../custody/index.js';
import { exhibitsOf, passWorkOn } from './exhibit-rows.js';
import type { KeptRecord } from './kept-records.js';
import { rehomeAside } from './purge-aside.js';
import type { RecordText } from './record-text.js';
import {
  asideName,
  contentsOf,
  deleteContents,
  deleteMedia,
  keepAside,
  neededAside,
  objectNames,
  unstack,
} from './take-away.js';

type Trx = Transaction<Database>;

/** Objects that are wanted under another name than the backup has them: name that is wanted, and the one that is there. */
export type Renamed = Map<string, string>;

/** For the owner. Answers whether there was anything to do: not where the backup holds the record. */
export const replayDestruction = async (trx: Trx, kept: KeptRecord, renamed: Renamed): Promise<boolean> => {
  const there = await trx.selectFrom('destructions').select('id').where('id', '=', kept.id).executeTakeFirst();
  const found = await trx
    .selectFrom('cases')
    .select('id')
    .where('id', '=', kept.caseId)
    .where('agency_id', '=', kept.agencyId)
    .executeTakeFirst();
  if (there !== undefined || found === undefined) return false;
  const said = JSON.parse(kept.record) as RecordText;
  const exhibitIds = kept.exhibitId === null ? await exhibitsOf(trx, kept.caseId) : [kept.exhibitId];
  if (kept.exhibitId === null)
    await sql`update case_keys set wrapped = ''::bytea where case_id = ${kept.caseId}::uuid`.execute(trx);
  const withdrawals = await withdrawalsOf(trx, kept, exhibitIds);
  await takeMedia(trx, exhibitIds, withdrawals, renamed);
  for (const withdrawal of withdrawals) await takeAside(trx, withdrawal);
  await takeRows(trx, kept, exhibitIds);
  await putOnRecord(trx, kept, said, exhibitIds);
  return true;
};

const withdrawalsOf = async (trx: Trx, kept: KeptRecord, exhibitIds: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select distinct request_id as id from set_aside where source = 'exhibits'
    and ${
      kept.exhibitId === null
        ? sql`case_id = ${kept.caseId}::uuid`
        : sql`value ->> 'id' = any(${[...exhibitIds]}::text[])`
    }`.execute(trx);
  return rows.map(({ id }) => id);
};

/** Media that no other exhibit holds; what a withdrawn exhibit of others needs is kept aside for that one. */
const takeMedia = async (
  trx: Trx,
  exhibitIds: readonly string[],
  withdrawals: readonly string[],
  renamed: Renamed,
): Promise<void> => {
  const these = sql`${[...exhibitIds]}::uuid[]`;
  const { rows } = await sql<{ id: string }>`select distinct media_id as id from occurrences o
    where exhibit_id = any(${these}) and media_id is not null
      and not exists (select from occurrences x where x.media_id = o.media_id and x.exhibit_id <> all(${these}))`.execute(
    trx,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  for (const { aside, ids: needed } of (await neededAside(trx, ids, withdrawals)).values()) {
    for (const name of await objectNames(trx, needed)) renamed.set(asideName(aside.requestId, name), name);
    await keepAside(trx, aside, needed);
  }
  await unstack(trx, ids);
  const contents = await contentsOf(trx, ids);
  await deleteMedia(trx, ids);
  await deleteContents(trx, contents);
};

const takeAside = async (trx: Trx, withdrawal: string): Promise<void> => {
  await rehomeAside(trx, withdrawal);
  const { rows } = await sql<{ id: number }>`select distinct content_id as id from set_aside
    where request_id = ${withdrawal}::uuid and source = 'media'`.execute(trx);
  await trx.deleteFrom('set_aside').where('request_id', '=', withdrawal).execute();
  await deleteContents(
    trx,
    rows.map(({ id }) => id),
  );
};

const takeRows = async (trx: Trx, kept: KeptRecord, exhibitIds: readonly string[]): Promise<void> => {
  const these = sql`${[...exhibitIds]}::uuid[]`;
  await sql`delete from occurrences where exhibit_id = any(${these})`.execute(trx);
  await sql`delete from envelopes t where t.case_id = ${kept.caseId}::uuid and not exists (
    select from occurrences o where o.media_id = t.media_id and o.case_id = t.case_id)`.execute(trx);
  await passWorkOn(trx, exhibitIds);
  await sql`delete from uploads where exhibit_id = any(${these})`.execute(trx);
  await sql`delete from ingest_runs where exhibit_id = any(${these})`.execute(trx);
  await sql`delete from exhibits where id = any(${these})`.execute(trx);
  if (kept.exhibitId !== null) return;
  await sql`delete from set_aside where case_id = ${kept.caseId}::uuid and source = 'envelopes'`.execute(trx);
  await sql`delete from case_holds where case_id = ${kept.caseId}::uuid`.execute(trx);
  await trx
    .updateTable('cases')
    .set({ state: 'destroyed', ended_at: new Date(kept.at), shared_with_operation: false, title: '' })
    .where('id', '=', kept.caseId)
    .execute();
};

const putOnRecord = async (
  trx: Trx,
  kept: KeptRecord,
  { case: ofCase, destroyed, exhibit, request }: RecordText,
  exhibitIds: readonly string[],
): Promise<void> => {
  await trx
    .insertInto('destructions')
    .values({
      id: kept.id,
      agency_id: kept.agencyId,
      number: kept.number,
      case_id: kept.caseId,
      exhibit_id: kept.exhibitId,
      at: new Date(kept.at),
      record: kept.record,
      digest: Buffer.from(kept.digest, 'hex'),
      signature: Buffer.from(kept.signature, 'hex'),
      public_key: Buffer.from(kept.publicKey, 'hex'),
    })
    .execute();
  // It was asked for before the backup, and done after it.
  for (const state of ['running', 'done'] as const)
    await sql`update requests set state = ${state}, started_at = coalesce(started_at, now()), finished_at = ${kept.at}::timestamptz,
        error_code = null, error_detail = null
      where agency_id = ${kept.agencyId}::uuid and number = ${request.number} and state in ('approved', 'running')`.execute(
      trx,
    );
  const from = exhibit === null ? ofCase.reference : `${ofCase.reference}/${exhibit.reference}`;
  const to = 'destroyed again after a restore';
  const custody = {
    agencyId: kept.agencyId,
    caseId: kept.caseId,
    userId: null,
    person: request.askedBy,
    secondPerson: request.confirmedBy,
    reason: request.reason,
    event: exhibit === null ? 'destroyed' : 'purged',
    from,
    to,
  } as const;
  const whole = exhibit === null ? [{ ...custody, exhibitId: null }] : [];
  await writeCustody(trx, [...whole, ...exhibitIds.map((exhibitId) => ({ ...custody, exhibitId }))]);
  const { rows } = await sql<{
    id: string;
    login: string;
  }>`select id, login from users where agency_id = ${kept.agencyId}::uuid
    order by login = ${request.confirmedBy} desc, login = ${request.askedBy} desc, created_at limit 1`.execute(trx);
  const [by] = rows;
  if (by === undefined) return;
  const actor = { userId: by.id, agencyId: kept.agencyId, login: request.confirmedBy, roles: [] };
  await audit(
    trx,
    { actor, purpose: null, requestId: `restore ${randomUUID()}` },
    {
      type: 'request-done',
      object: exhibit === null ? { kind: 'case', id: ofCase.id } : { kind: 'exhibit', id: exhibit.id },
      detail: {
        number: request.number,
        kind: exhibit === null ? 'case-destroy' : 'purge',
        requestedBy: request.askedBy,
        files: destroyed.files,
        from,
        to,
      },
    },
  );
};
