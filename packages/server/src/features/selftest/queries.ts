// Keeps and reads results under the viewer's row-level security.
import { sql } from 'kysely';
import { SelfTest, type StoredSelfTest } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

export interface NewSelfTest {
  readonly agency_id: string;
  readonly user_id: string;
  readonly login: string;
}

export const insertSelfTest = async (trx: Trx, row: NewSelfTest, result: SelfTest): Promise<string> =>
  (
    await trx
      .insertInto('self_tests')
      .values({ ...row, result: JSON.stringify(result) })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

/** The newest whose form this program knows. */
export const readLastSelfTest = async (trx: Trx): Promise<StoredSelfTest | null> => {
  const row = await trx
    .selectFrom('self_tests')
    .selectAll()
    .where(sql<boolean>`(result ->> 'form')::int = ${SelfTest.shape.form.value}`)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, at: row.at.toISOString(), login: row.login, result: SelfTest.parse(row.result) };
};
