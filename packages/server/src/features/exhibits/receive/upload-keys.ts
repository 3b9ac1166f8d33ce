// The data key of an upload: made for it, wrapped by the key of its case, and kept as the key of the media when the
// content turns out to be new.
import type { Transaction } from 'kysely';
import { ensureCaseKey, newKey, unwrapKey, wrapKey, type Database, type KeyRing } from '../../../store/index.js';

interface Owner {
  readonly agencyId: string;
  readonly caseId: string;
}

export interface WrappedUpload {
  readonly id: string;
  /** Which of the case's keys it is wrapped under. */
  readonly generation: number;
  readonly wrapped: Buffer;
}

/** Keys of new uploads with these ids, and what is written of each. */
export const newUploadKeys = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, caseId }: Owner,
  ids: readonly string[],
): Promise<(WrappedUpload & { readonly key: Buffer })[]> => {
  const { generation, key: caseKey } = await ensureCaseKey(trx, keys, { agencyId, caseId });
  return ids.map((id) => {
    const key = newKey();
    const wrapped = wrapKey(caseKey, key, { purpose: 'upload', agencyId, caseId, mediaId: id });
    return { id, generation, key, wrapped };
  });
};

/** By id of the upload; one whose case key is gone is absent. */
export const openUploadKeys = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, caseId }: Owner,
  uploads: readonly WrappedUpload[],
): Promise<Map<string, Buffer>> => {
  if (uploads.length === 0) return new Map();
  const rows = await trx
    .selectFrom('case_keys')
    .select(['generation', 'master_key_id', 'wrapped'])
    .where('case_id', '=', caseId)
    .execute();
  const caseKeys = new Map(
    rows
      .filter(({ wrapped }) => wrapped.length > 0)
      .map(({ generation, ...row }) => [generation, keys.unwrap(row, { purpose: 'case', agencyId, caseId })]),
  );
  return new Map(
    uploads.flatMap(({ id, generation, wrapped }) => {
      const caseKey = caseKeys.get(generation);
      const use = { purpose: 'upload', agencyId, caseId, mediaId: id } as const;
      return caseKey === undefined ? [] : [[id, unwrapKey(caseKey, wrapped, use)] as const];
    }),
  );
};
