// Purges a withdrawn exhibit: what was kept aside of it goes for good, and a signed record says so.
import { sql } from 'kysely';
import { fail } from '@redthread/core/errors';
import { writeRecord, type DestroyedExhibit } from './destruction-record.js';
import { purgeAside } from './purge-aside.js';
import { custodyOf, finish, requireRunnable, type Run } from './running.js';

export const purge = async (run: Run): Promise<void> => {
  const { db, request } = run;
  const withdrawal = request.ofRequest ?? '';
  const exhibit = await begin(run, withdrawal);
  await purgeAside(run, withdrawal);
  await db.transaction().execute(async (trx) => {
    const { number, digest } = await writeRecord(run, trx, {
      exhibitId: request.exhibitId,
      exhibits: [exhibit],
      caseKey: null,
    });
    const place = `${request.subject.case}/${request.subject.exhibit ?? ''}`;
    await finish(trx, request, {
      files: exhibit.files,
      from: place,
      outcome: { record: number, digest },
      custody: [{ ...custodyOf(request), exhibitId: request.exhibitId, event: 'purged', from: 'kept aside', to: null }],
    });
  });
};

/** What is to go, as it was withdrawn; noted once, for it is not there any more at the end. */
const begin = ({ db, request }: Run, withdrawal: string): Promise<DestroyedExhibit> =>
  db.transaction().execute(async (trx) => {
    await requireRunnable(trx, request);
    const earlier = (request.progress as { readonly exhibit?: DestroyedExhibit }).exhibit;
    if (earlier !== undefined) return earlier;
    const { rows } = await sql<DestroyedExhibit>`
      select e.value ->> 'id' as id, e.value ->> 'reference' as reference, e.value ->> 'source_path' as source,
        e.value ->> 'in_place_root' is not null as "inPlace",
        substr(e.value ->> 'container_sha256', 3) as "containerSha256",
        (select count(*) from set_aside o where o.request_id = e.request_id and o.source = 'occurrences') as files
      from set_aside e where e.request_id = ${withdrawal}::uuid and e.source = 'exhibits'`.execute(trx);
    const [exhibit] = rows;
    if (exhibit === undefined) throw fail('REQUEST_IMPOSSIBLE', 'nothing is kept aside of it any more');
    await trx
      .updateTable('requests')
      .set({ progress: JSON.stringify({ exhibit }) })
      .where('id', '=', request.id)
      .execute();
    return exhibit;
  });
