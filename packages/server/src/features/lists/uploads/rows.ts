// Uploads of lists as rows, and as the API shows them.
import { sql } from 'kysely';
import { ListPlan, type ListUpload, type OpenedPackage } from '@redthread/core/contract';
import { CATALOGUE, type ErrorCode } from '@redthread/core/errors';
import type { Trx } from '../../../store/index.js';
import { previewOf } from '../preview.js';
import type { Read } from './read-in-child.js';

export interface FileHere {
  readonly name: string;
  readonly sizeBytes: number;
  readonly received: number;
}

export interface Failure {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly pointer: string | null;
}

export interface UploadRow {
  readonly id: string;
  readonly plan: ListPlan;
  readonly package: OpenedPackage | null;
  readonly files: readonly FileHere[];
  readonly state: ListUpload['state'];
  readonly progress: ListUpload['progress'];
  readonly result: Read | null;
  readonly failure: Failure | null;
  readonly ontoId: string | null;
  readonly ontoCounts: boolean;
  readonly createdAt: Date;
}

const UPLOADS = sql`select u.id, u.plan, u.package, u.files, u.state, u.progress, u.result, u.failure, u.onto_id as "ontoId", u.created_at as "createdAt",
  coalesce((select l.expires_at is null or l.expires_at > now() from lists l where l.id = u.onto_id), false) as "ontoCounts"
  from list_uploads u`;

/** Those of the actor, newest first. */
export const readUploads = async (trx: Trx): Promise<UploadRow[]> =>
  (await sql<UploadRow>`${UPLOADS} order by u.created_at desc, u.id limit 100`.execute(trx)).rows;

/** Null where the actor has none of this id; `isHeld`: until the transaction ends nobody else changes it. */
export const readUpload = async (
  trx: Trx,
  id: string,
  { isHeld }: { readonly isHeld: boolean },
): Promise<UploadRow | null> =>
  (
    await sql<UploadRow>`${UPLOADS} where u.id = ${id}::uuid ${isHeld ? sql`for no key update of u` : sql``}`.execute(
      trx,
    )
  ).rows[0] ?? null;

export const asUpload = (row: UploadRow): ListUpload => ({
  id: row.id,
  // One that was begun before there were packages does not say that it is none.
  plan: ListPlan.parse(row.plan),
  files: row.files.map(({ name, sizeBytes, received }) => ({ name, sizeBytes, received })),
  state: row.state,
  progress: row.state === 'reading' ? row.progress : null,
  preview: row.result === null ? null : previewOf(row.plan, row.result, row.ontoCounts),
  package: row.package,
  failure: row.failure === null ? null : inWords(row.failure),
  createdAt: row.createdAt.toISOString(),
});

const inWords = ({ code, detail, pointer }: Failure): NonNullable<ListUpload['failure']> => {
  const { title, next } = CATALOGUE[code];
  return { code, title, detail, next, pointer };
};
