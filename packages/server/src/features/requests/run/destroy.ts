// Destroys a case: its key first, from when on nothing that it alone opened can be read, then its rows and sealed objects in
// batches, each a transaction. Killed, the next run goes on; what was destroyed stays listed until the signed record says it.
import { sql, type Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database } from '../../../store/index.js';
import { writeCustody } from '../../custody/index.js';
import { exhibitsOf, passWorkOn } from './exhibit-rows.js';
import { purgeAside } from './purge-aside.js';
import { listMedia, lockMedia, nextMedia, quiesce, type Leaving } from './request-media.js';
import { checkStopping, custodyOf, finish, requireRunnable, type Run } from './running.js';
import { placesOf, writeRecord, type DestroyedExhibit } from './destruction-record.js';
import {
  contentsOf,
  deleteContents,
  deleteMedia,
  keepAside,
  asideName,
  neededAside,
  objectNames,
  unstack,
} from './take-away.js';

type Trx = Transaction<Database>;

const MEDIA_AT_ONCE = 1_000;

interface Begun {
  readonly exhibits: readonly DestroyedExhibit[];
  readonly withdrawals: readonly string[];
  readonly keyDestroyedAt: string;
}

export const destroy = async (run: Run): Promise<void> => {
  const { db, request } = run;
  const begun = await begin(run);
  const exhibitIds = begun.exhibits.map(({ id }) => id);
  const leaving: Leaving = { requestId: request.id, agencyId: request.agencyId, exhibitIds };
  const isRowGone = await forgetOldKey(run);
  await listMedia(db, leaving, request.caseId);
  await quiesce(db, request.id);
  for (let left = 1; left > 0;) {
    checkStopping(run);
    left = await db.transaction().execute((trx) => destroyMedia(run, trx, leaving));
    run.report(await countGone(run), request.subject.files);
  }
  for (const withdrawal of begun.withdrawals) await purgeAside(run, withdrawal);
  await db.transaction().execute((trx) => end(run, trx, begun, isRowGone));
};

/** From here on there is no way back. Done once. */
const begin = ({ db, request }: Run): Promise<Begun> =>
  db.transaction().execute(async (trx) => {
    await requireRunnable(trx, request);
    const earlier = request.progress as unknown as Partial<Begun>;
    if (earlier.keyDestroyedAt !== undefined) return earlier as Begun;
    const exhibits = await placesOf(trx, await exhibitsOf(trx, request.caseId));
    const inPlace = exhibits.filter((exhibit) => exhibit.inPlace);
    if (inPlace.length > 0 && request.subject.leaveInPlace !== true)
      throw fail(
        'EXHIBIT_IN_PLACE',
        inPlace.map(({ reference, source }) => `exhibit ${reference} in ${source}`).join(', '),
      );
    const withdrawn = await sql<{ id: string }>`select distinct request_id as id from set_aside
      where case_id = ${request.caseId}::uuid and source = 'exhibits'`.execute(trx);
    await sql`update case_keys set wrapped = ''::bytea where case_id = ${request.caseId}::uuid`.execute(trx);
    const begun: Begun = {
      exhibits,
      withdrawals: withdrawn.rows.map(({ id }) => id),
      keyDestroyedAt: new Date().toISOString(),
    };
    await trx
      .updateTable('cases')
      .set({ state: 'destroying', shared_with_operation: false, title: '' })
      .where('id', '=', request.caseId)
      .execute();
    await trx
      .updateTable('requests')
      .set({ progress: JSON.stringify(begun) })
      .where('id', '=', request.id)
      .execute();
    return begun;
  });

/**
 * The key that was overwritten still lies in a dead row: the table is written anew, and the file that held it is given back. Where
 * this PostgreSQL does not let a worker do so, the record says that it lies there until the table is next cleaned.
 */
const forgetOldKey = async ({ db }: Run): Promise<boolean> =>
  sql`vacuum (full) case_keys`.execute(db).then(
    () => true,
    () => false,
  );

const countGone = async ({ db, request }: Run): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from request_media
    where request_id = ${request.id}::uuid and is_gone`.execute(db);
  return rows[0]?.n ?? 0;
};

/** One batch of media with everything that hangs on them. Answers how many were looked at. */
const destroyMedia = async ({ store, request }: Run, trx: Trx, leaving: Leaving): Promise<number> => {
  const page = await nextMedia(trx, request.id, null, MEDIA_AT_ONCE);
  if (page.length === 0) return 0;
  const ids = await lockMedia(trx, leaving, page);
  const own = await ownWithdrawals(trx, request.caseId);
  const needed = await neededAside(trx, ids, [request.id, ...own]);
  for (const { aside, ids: kept } of needed.values()) {
    const names = await objectNames(trx, kept);
    await store.vault.alsoAs(names.map((name) => [name, asideName(aside.requestId, name)] as const));
    await keepAside(trx, aside, kept);
  }
  const stays = new Set([...needed.values()].flatMap((group) => group.ids));
  await unstack(trx, ids);
  const [names, contents] = [await objectNames(trx, ids), await contentsOf(trx, ids)];
  await deleteMedia(trx, ids);
  await deleteContents(trx, contents);
  // Before this is committed: until then nobody else can seal the same content under these names.
  await store.vault.removeAll(names);
  const gone = ids.filter((id) => !stays.has(id));
  await sql`update request_media set is_gone = true where request_id = ${request.id}::uuid and media_id = any(${gone}::uuid[])`.execute(
    trx,
  );
  await sql`delete from request_media where request_id = ${request.id}::uuid and not is_gone and media_id = any(${page}::uuid[])`.execute(
    trx,
  );
  return page.length;
};

const ownWithdrawals = async (trx: Trx, caseId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select distinct request_id as id from set_aside
    where case_id = ${caseId}::uuid and source = 'exhibits'`.execute(trx);
  return rows.map(({ id }) => id);
};

const end = async (run: Run, trx: Trx, begun: Begun, isRowGone: boolean): Promise<void> => {
  const { request } = run;
  const exhibitIds = begun.exhibits.map(({ id }) => id);
  await trx.deleteFrom('occurrences').where('case_id', '=', request.caseId).execute();
  await trx.deleteFrom('envelopes').where('case_id', '=', request.caseId).execute();
  await sql`delete from set_aside where case_id = ${request.caseId}::uuid and source = 'envelopes'`.execute(trx);
  await passWorkOn(trx, exhibitIds);
  await sql`delete from exhibits where id = any(${exhibitIds}::uuid[])`.execute(trx);
  await trx.deleteFrom('at_risk_marks').where('case_id', '=', request.caseId).execute();
  await trx.deleteFrom('notes').where('case_id', '=', request.caseId).execute();
  await trx.deleteFrom('asks').where('case_id', '=', request.caseId).execute();
  await trx.deleteFrom('tasks').where('case_id', '=', request.caseId).execute();
  await trx.deleteFrom('assertions').where('case_id', '=', request.caseId).execute();
  await trx.deleteFrom('entities').where('case_id', '=', request.caseId).execute();
  const { digest, number } = await writeRecord(run, trx, {
    exhibitId: null,
    exhibits: begun.exhibits,
    caseKey: { destroyedAt: begun.keyDestroyedAt, isRowGone },
  });
  await trx
    .updateTable('cases')
    .set({ state: 'destroyed', ended_at: new Date() })
    .where('id', '=', request.caseId)
    .execute();
  const custody = { ...custodyOf(request), event: 'destroyed', from: request.subject.case, to: null } as const;
  await writeCustody(trx, [{ ...custody, exhibitId: null }]);
  await finish(trx, request, {
    files: begun.exhibits.reduce((sum, { files }) => sum + files, 0),
    from: request.subject.case,
    outcome: { record: number, digest },
    custody: exhibitIds.map((exhibitId) => ({ ...custody, exhibitId })),
  });
};
