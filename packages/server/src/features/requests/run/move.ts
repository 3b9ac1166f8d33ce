// Moves an exhibit to another case of its agency, or back: its files, and the wrapped keys that open them there. One
// transaction: killed, nothing has happened.
import { sql } from 'kysely';
import { fail, saying } from '@redthread/core/errors';
import { envelopesFor, type Database, type Store } from '../../../store/index.js';
import type { Transaction } from 'kysely';
import { deleteIdleEnvelopes } from './exhibit-rows.js';
import { custodyOf, finish, requireRunnable, type Run } from './running.js';

const KEYS_AT_ONCE = 1_000;
const UNIQUE_VIOLATION = '23505';

interface Way {
  readonly fromCaseId: string;
  readonly toCaseId: string;
  readonly from: string;
  readonly to: string;
}

export const carryOutMove = async (run: Run): Promise<void> => {
  const { request } = run;
  const { subject } = request;
  const there = { caseId: request.caseId, name: `${subject.case}/${subject.exhibit}` };
  const other = { caseId: request.toCaseId ?? '', name: `${subject.to}/${subject.as ?? subject.exhibit}` };
  // To undo is to go the same way back.
  const [from, to] = request.kind === 'undo' ? [other, there] : [there, other];
  await moveExhibit(run, { fromCaseId: from.caseId, toCaseId: to.caseId, from: from.name, to: to.name });
};

const moveExhibit = async ({ db, store, request }: Run, { fromCaseId, toCaseId, from, to }: Way): Promise<void> => {
  const exhibitId = request.exhibitId ?? '';
  const reference = request.subject.as ?? request.subject.exhibit ?? '';
  await db
    .transaction()
    .execute(async (trx) => {
      await requireRunnable(trx, request);
      const found = await trx
        .selectFrom('exhibits')
        .select('id')
        .where('id', '=', exhibitId)
        .where('case_id', '=', fromCaseId)
        .forUpdate()
        .executeTakeFirst();
      if (found === undefined) throw fail('REQUEST_IMPOSSIBLE', saying`the exhibit is not ${from} any more`);
      await openIn(trx, store, { agencyId: request.agencyId, caseId: toCaseId, exhibitId });
      await trx.updateTable('exhibits').set({ case_id: toCaseId, reference }).where('id', '=', exhibitId).execute();
      const moved = await trx
        .updateTable('occurrences')
        .set({ case_id: toCaseId })
        .where('exhibit_id', '=', exhibitId)
        .executeTakeFirst();
      await deleteIdleEnvelopes(trx, fromCaseId);
      await finish(trx, request, {
        files: Number(moved.numUpdatedRows),
        from,
        to,
        custody: [{ ...custodyOf(request), caseId: toCaseId, exhibitId, event: 'moved', from, to }],
      });
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION)
        throw fail('ALREADY_EXISTS', saying`exhibit ${to}`, { cause: error });
      throw error;
    });
};

/** Wraps the keys of all media of an exhibit under the key of a case. Errors: VAULT_CORRUPT when no case opens one. */
export const openIn = async (
  trx: Transaction<Database>,
  { keys }: Pick<Store<'worker'>, 'keys'>,
  { agencyId, caseId, exhibitId }: { readonly agencyId: string; readonly caseId: string; readonly exhibitId: string },
): Promise<void> => {
  for (let after: string | null = null; ;) {
    const { rows }: { rows: { id: string }[] } = await sql<{ id: string }>`
      select distinct o.media_id as id from occurrences o where o.exhibit_id = ${exhibitId}::uuid and o.media_id is not null
        and ${after === null ? sql`true` : sql`o.media_id > ${after}::uuid`} order by 1 limit ${KEYS_AT_ONCE}`.execute(
      trx,
    );
    const opened = await envelopesFor(
      trx,
      keys,
      { agencyId, caseId },
      rows.map(({ id }) => ({ mediaId: id })),
    );
    for (const [mediaId, { isNew }] of opened)
      if (isNew) throw fail('VAULT_CORRUPT', saying`no case opens media ${mediaId}`);
    after = rows.at(-1)?.id ?? null;
    if (after === null) return;
  }
};
