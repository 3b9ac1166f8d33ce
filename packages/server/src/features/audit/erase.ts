// Erases clear texts of sealed events, such as the name of somebody who has left. What was sealed stays: commitments without their
// salts tell nothing, and chain and proofs hold as before. Who erased what, and why, is an event itself.
import { sql } from 'kysely';
import type { Erasure } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { z } from 'zod';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';

/** Answers how many texts were erased. Errors: FORBIDDEN; NOT_FOUND when there is no such event, or nothing of it is left to erase. */
export const eraseTexts = async (store: Store, ctx: Context, input: z.output<typeof Erasure>): Promise<number> => {
  requireRight(ctx, 'erase clear text of the record');
  return withContext(store.app, ctx, async (trx) => {
    const numbers = input.numbers ?? (await numbersOf(trx, input.user ?? ''));
    const fields = input.fields ?? (input.user === undefined ? null : ['login']);
    const { rows } = await sql<{ erased: number }>`
      select erase_audit_texts(${numbers}::bigint[], ${fields}::text[], ${input.reason}, ${ctx.requestId}) as erased`.execute(
      trx,
    );
    const erased = rows[0]?.erased ?? 0;
    // Rolled back with the event that would say that nothing was done.
    if (erased === 0) throw fail('NOT_FOUND', 'no sealed event of these has such a text');
    return erased;
  });
};

/** Sealed events in which a user acted under this login. */
const numbersOf = async (trx: Trx, login: string): Promise<number[]> => {
  const { rows } = await sql<{
    number: number;
  }>`select s.number from audit_sealed s join audit_events e on e.uid = s.event
    where s.agency_id = app_agency() and e.login = ${login}`.execute(trx);
  return rows.map(({ number }) => number);
};
