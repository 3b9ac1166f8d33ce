// Rows of exhibits themselves, and of media that stay because another exhibit holds them.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../store/index.js';
import { COMPARING } from '../../work/index.js';

type Trx = Transaction<Database>;

/** Work of media that stay belongs to the exhibit that brought them: it goes to another that holds them. */
export const passWorkOn = async (trx: Trx, exhibitIds: readonly string[]): Promise<void> => {
  await sql`update work w set exhibit_id = (select o.exhibit_id from occurrences o
      where o.media_id = w.media_id and o.exhibit_id <> all(${[...exhibitIds]}::uuid[]) order by o.created_at, o.id limit 1)
    where w.exhibit_id = any(${[...exhibitIds]}::uuid[])`.execute(trx);
};

/** Envelopes of media in a case that holds no file of them any more: \`t\` is the envelope. */
export const idleEnvelopes = (caseId: string) =>
  sql`t.case_id = ${caseId}::uuid and not exists (
    select from occurrences o where o.media_id = t.media_id and o.case_id = ${caseId}::uuid)`;

export const deleteIdleEnvelopes = async (trx: Trx, caseId: string): Promise<void> => {
  await sql`delete from envelopes t where ${idleEnvelopes(caseId)}`.execute(trx);
};

export const exhibitsOf = async (trx: Trx, caseId: string): Promise<string[]> => {
  const rows = await trx.selectFrom('exhibits').select('id').where('case_id', '=', caseId).orderBy('id').execute();
  return rows.map(({ id }) => id);
};

/** Nobody opens media whose files were not viewed by their provider, until a legal basis of whoever holds them now allows it. */
export const holdClosed = async (trx: Trx, mediaIds: readonly string[]): Promise<void> => {
  await sql`update work set state = 'held', updated_at = now() where state = 'queued' and stage not in ${COMPARING}
    and media_id = any(${[...mediaIds]}::uuid[]) and media_closed(media_id)`.execute(trx);
};
