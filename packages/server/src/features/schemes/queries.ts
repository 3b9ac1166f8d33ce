// Reads and adds the files of schemes that operators have loaded: of the instance, the same for everybody.
import { sql } from 'kysely';
import type { SchemeFile } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

/** Oldest first. */
export const readSchemeFiles = async (trx: Trx): Promise<SchemeFile[]> =>
  (await trx.selectFrom('scheme_files').select('content').orderBy('loaded_at').orderBy('id').execute()).map(
    ({ content }) => content,
  );

/** One load at a time, so that no two bring the same version. */
export const lockSchemes = async (trx: Trx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('redthread schemes'))`.execute(trx);
};

export const insertSchemeFile = async (
  trx: Trx,
  row: { readonly agency_id: string; readonly loaded_by: string; readonly loaded_login: string },
  file: SchemeFile,
): Promise<string> =>
  (
    await trx
      .insertInto('scheme_files')
      .values({ ...row, content: JSON.stringify(file) })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;
