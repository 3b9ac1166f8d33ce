// Data keys of media: one key a media, wrapped once per case that holds an occurrence of it. Who can open the case can
// open its media; a case that is closed for good takes its wrapping with it.
import { sql, type Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { KeyRing, WrappedKey } from '../keys/key-ring.js';
import { ensureCaseKey } from '../keys/stored-keys.js';
import { newKey, unwrapKey, wrapKey } from '../keys/wrap.js';
import type { Database } from '../tables.js';

export interface EnvelopeRequest {
  readonly mediaId: string;
  /** The key that was used for sealing already, when the bytes went by before the media was known. */
  readonly proposedKey?: Buffer;
}

export interface DataKey {
  readonly key: Buffer;
  /** False: the media had a key before, and what was sealed with a proposed one must be sealed again or dropped. */
  readonly isNew: boolean;
}

/**
 * Data keys of media in one case, made and wrapped where missing. Runs as the role `worker`. Locks the media in the order
 * of their ids, so that two ingests of the same files neither make two keys nor wait for each other in a circle.
 */
export const envelopesFor = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, caseId }: { readonly agencyId: string; readonly caseId: string },
  requests: readonly EnvelopeRequest[],
): Promise<Map<string, DataKey>> => {
  const answer = new Map<string, DataKey>();
  if (requests.length === 0) return answer;
  await ensureCaseKey(trx, keys, { agencyId, caseId });
  const wanted = new Map(requests.map((request) => [request.mediaId, request]));
  const ids = [...wanted.keys()];

  for (const [mediaId, key] of await keysThrough(trx, keys, ids, { agencyId, caseId }))
    answer.set(mediaId, { key, isNew: false });
  const missing = ids.filter((id) => !answer.has(id));
  if (missing.length === 0) return answer;

  await trx
    .selectFrom('media')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', '=', sql<string>`any(${missing}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const elsewhere = await keysThrough(trx, keys, missing, { agencyId });
  // Asked for last: a key that replaced it meanwhile is the one to wrap under.
  const { generation, key: caseKey } = await ensureCaseKey(trx, keys, { agencyId, caseId });
  const rows = missing.map((mediaId) => {
    const known = elsewhere.get(mediaId);
    const key = known ?? wanted.get(mediaId)?.proposedKey ?? newKey();
    answer.set(mediaId, { key, isNew: known === undefined });
    const wrapped = wrapKey(caseKey, key, { purpose: 'data', agencyId, caseId, mediaId });
    return { agency_id: agencyId, media_id: mediaId, case_id: caseId, generation, wrapped };
  });
  await trx
    .insertInto('envelopes')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return answer;
};

/** `envelopesFor` of one media. */
export const dataKeyFor = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, mediaId, caseId }: { readonly agencyId: string; readonly mediaId: string; readonly caseId: string },
): Promise<Buffer> => {
  const found = (await envelopesFor(trx, keys, { agencyId, caseId }, [{ mediaId }])).get(mediaId);
  if (found === undefined) throw fail('NOT_FOUND', `media ${mediaId}`);
  return found.key;
};

interface StoredEnvelope extends WrappedKey {
  readonly media_id: string;
  readonly case_id: string;
  readonly agency_id: string;
  /** The data key under the case's key; `wrapped` is the case's key under the master key. */
  readonly wrapped_data_key: Buffer;
}

const openEnvelope = (keys: KeyRing, row: StoredEnvelope): Buffer => {
  const use = { agencyId: row.agency_id, caseId: row.case_id };
  const caseKey = keys.unwrap(row, { purpose: 'case', ...use });
  return unwrapKey(caseKey, row.wrapped_data_key, { purpose: 'data', ...use, mediaId: row.media_id });
};

/**
 * Data keys for reading, through whatever cases the transaction may see (as `app`: by row-level security); media that it
 * may not open are absent. Errors: KEY_MISSING, KEY_DAMAGED, KEY_WRONG, KEY_HALF_ROTATED, VAULT_CORRUPT.
 */
export const dataKeysToRead = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  mediaIds: readonly string[],
): Promise<Map<string, Buffer>> => {
  keys.requireReady();
  return keysThrough(trx, keys, mediaIds, {});
};

/** Keys of media through any case, or those that are given; also one that this transaction has waited for. */
const keysThrough = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  mediaIds: readonly string[],
  { agencyId, caseId }: { readonly agencyId?: string; readonly caseId?: string },
): Promise<Map<string, Buffer>> => {
  const rows = await trx
    .selectFrom('envelopes as e')
    .innerJoin('case_keys as k', (join) =>
      join.onRef('k.case_id', '=', 'e.case_id').onRef('k.generation', '=', 'e.generation'),
    )
    .select(['e.media_id', 'e.case_id', 'e.wrapped as wrapped_data_key', 'k.master_key_id', 'k.wrapped', 'k.agency_id'])
    .distinctOn('e.media_id')
    .where('e.media_id', '=', sql<string>`any(${[...mediaIds]}::uuid[])`)
    // A case that is being destroyed opens nothing; another one that holds the same media still does.
    .where(sql<boolean>`octet_length(k.wrapped) > 0`)
    .$if(agencyId !== undefined, (query) => query.where('e.agency_id', '=', agencyId ?? ''))
    .$if(caseId !== undefined, (query) => query.where('e.case_id', '=', caseId ?? ''))
    .orderBy('e.media_id')
    .orderBy('e.case_id')
    .execute();
  return new Map(rows.map((row) => [row.media_id, openEnvelope(keys, row)]));
};
