// The data key of an upload: made for it, wrapped by the key of its case, and kept as the key of the media when the
// content turns out to be new.
import type { Transaction } from 'kysely';
import { ensureCaseKey, newKey, unwrapKey, wrapKey, type Database, type KeyRing } from '../../../store/index.js';

interface Owner {
  readonly agencyId: string;
  readonly caseId: string;
}

export interface WrappedKey {
  readonly id: string;
  readonly wrapped: Buffer;
}

/** Keys of new uploads with these ids, and what is written of each. */
export const newUploadKeys = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, caseId }: Owner,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly key: Buffer; readonly wrapped: Buffer }[]> => {
  const caseKey = await ensureCaseKey(trx, keys, { agencyId, caseId });
  return ids.map((id) => {
    const key = newKey();
    return { id, key, wrapped: wrapKey(caseKey, key, { purpose: 'upload', agencyId, caseId, mediaId: id }) };
  });
};

/** By id of the upload. */
export const openUploadKeys = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, caseId }: Owner,
  uploads: readonly WrappedKey[],
): Promise<Map<string, Buffer>> => {
  if (uploads.length === 0) return new Map();
  const caseKey = await ensureCaseKey(trx, keys, { agencyId, caseId });
  const open = ({ id, wrapped }: WrappedKey): Buffer =>
    unwrapKey(caseKey, wrapped, { purpose: 'upload', agencyId, caseId, mediaId: id });
  return new Map(uploads.map((upload) => [upload.id, open(upload)]));
};
