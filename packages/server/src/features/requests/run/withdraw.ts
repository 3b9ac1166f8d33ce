// Withdraws an exhibit: its rows leave every table that people, indexes and counts read, and are kept aside, so that no rule of
// who sees what has to know of it. One transaction; its sealed objects get another name before it, and lose theirs at its end.
import { sql, type Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database, Vault } from '../../../store/index.js';
import { keepChatsAside } from './chats-along.js';
import { deleteIdleEnvelopes, idleEnvelopes, passWorkOn } from './exhibit-rows.js';
import { listMedia, lockMedia, nextMedia, quiesce, type Leaving } from './request-media.js';
import { custodyOf, finish, requireRunnable, type Run } from './running.js';
import { asideName, deleteMedia, keepAside, keepEnvelopes, unstack } from './take-away.js';

const AT_ONCE = 2_000;

export const withdraw = async (run: Run): Promise<void> => {
  const { db, request, report } = run;
  const exhibitId = request.exhibitId ?? '';
  const leaving: Leaving = { requestId: request.id, agencyId: request.agencyId, exhibitIds: [exhibitId] };
  await repairNames(run);
  await listMedia(db, leaving);
  await quiesce(db, request.id);
  await db.transaction().execute(async (trx) => {
    await requireRunnable(trx, request);
    const exhibit = await trx
      .selectFrom('exhibits')
      .select(['id', 'case_id'])
      .where('id', '=', exhibitId)
      .where('case_id', '=', request.caseId)
      .forUpdate()
      .executeTakeFirst();
    if (exhibit === undefined) throw fail('REQUEST_IMPOSSIBLE', 'the exhibit is not where it was');
    const aside = { requestId: request.id, agencyId: request.agencyId, caseId: request.caseId };
    // They go with the exhibit, and with media that they are about.
    await sql`insert into set_aside (request_id, agency_id, source, case_id, value)
      select ${request.id}::uuid, agency_id, 'legal_bases', ${request.caseId}::uuid, to_jsonb(b) from legal_bases b
      where b.exhibit_id = ${exhibitId}::uuid`.execute(trx);
    await keepChatsAside(trx, request.id, { caseId: request.caseId, exhibitId });
    let done = 0;
    for (let after: string | null = null; ;) {
      const page: string[] = await nextMedia(trx, request.id, after, AT_ONCE);
      after = page.at(-1) ?? null;
      if (after === null) break;
      const ids = await lockMedia(trx, leaving, page);
      await nameAside(trx, run.store.vault, request.id, ids);
      await keepOccurrences(trx, request.id, exhibitId, ids);
      await keepAside(trx, aside, ids);
      await unstack(trx, ids);
      await deleteMedia(trx, ids);
      done += page.length;
      report(done, request.subject.files);
    }
    // Files whose media stay, and those without any.
    await keepOccurrences(trx, request.id, exhibitId, null);
    await trx.deleteFrom('occurrences').where('exhibit_id', '=', exhibitId).execute();
    await keepEnvelopes(trx, aside, idleEnvelopes(request.caseId));
    await deleteIdleEnvelopes(trx, request.caseId);
    await passWorkOn(trx, [exhibitId]);
    await sql`insert into set_aside (request_id, agency_id, source, case_id, value)
      select ${request.id}::uuid, agency_id, 'exhibits', case_id, to_jsonb(exhibits) from exhibits where id = ${exhibitId}::uuid`.execute(
      trx,
    );
    await trx.deleteFrom('exhibits').where('id', '=', exhibitId).execute();
    const files = await countAside(trx, request.id);
    await finish(trx, request, {
      files,
      from: `${request.subject.case}/${request.subject.exhibit}`,
      custody: [
        {
          ...custodyOf(request),
          exhibitId,
          event: 'withdrawn',
          from: `${request.subject.case}/${request.subject.exhibit}`,
          to: 'kept aside',
        },
      ],
    });
    await dropNames(trx, run.store.vault, request.id);
  });
};

const countAside = async (trx: Transaction<Database>, requestId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from set_aside
    where request_id = ${requestId}::uuid and source = 'occurrences'`.execute(trx);
  return rows[0]?.n ?? 0;
};

/** `ids`: the files of these media; null: all that are left. */
const keepOccurrences = async (
  trx: Transaction<Database>,
  requestId: string,
  exhibitId: string,
  ids: readonly string[] | null,
): Promise<void> => {
  await sql`insert into set_aside (request_id, agency_id, source, case_id, media_id, value)
    select ${requestId}::uuid, agency_id, 'occurrences', case_id, media_id, to_jsonb(o) from occurrences o
    where o.exhibit_id = ${exhibitId}::uuid and ${ids === null ? sql`true` : sql`o.media_id = any(${[...ids]}::uuid[])`}`.execute(
    trx,
  );
};

const nameAside = async (
  trx: Transaction<Database>,
  vault: Vault,
  requestId: string,
  ids: readonly string[],
): Promise<void> => {
  const { rows } = await sql<{
    name: string;
  }>`select name from vault_objects where media_id = any(${[...ids]}::uuid[])`.execute(trx);
  await vault.alsoAs(rows.map(({ name }) => [name, asideName(requestId, name)] as const));
};

/** Before the transaction commits: until then nobody else can seal the same content under this name. */
const dropNames = async (trx: Transaction<Database>, vault: Vault, requestId: string): Promise<void> => {
  for (let after = 0; ;) {
    const { rows } = await sql<{ id: number; name: string }>`select id, value ->> 'name' as name from set_aside
      where request_id = ${requestId}::uuid and source = 'vault_objects' and id > ${after} order by id limit ${AT_ONCE}`.execute(
      trx,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    await vault.removeAll(rows.map(({ name }) => name));
    after = last.id;
  }
};

/** A run that was killed between the names and the end of its transaction has left objects under their other name only. */
export const repairNames = async ({ db, store, request }: Run): Promise<void> => {
  if (request.startedAt === null) return;
  for (let after: string | null = null; ;) {
    const page: string[] = await nextMedia(db, request.id, after, AT_ONCE);
    after = page.at(-1) ?? null;
    if (after === null) return;
    const { rows } = await sql<{
      name: string;
    }>`select name from vault_objects where media_id = any(${page}::uuid[])`.execute(db);
    const lost: (readonly [string, string])[] = [];
    for (const { name } of rows) {
      const aside = asideName(request.id, name);
      if (!(await store.vault.exists(name)) && (await store.vault.exists(aside))) lost.push([aside, name]);
    }
    await store.vault.alsoAs(lost);
  }
};
