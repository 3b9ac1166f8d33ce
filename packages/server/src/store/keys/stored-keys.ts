// Keys that the database stores wrapped: those of a case (they wrap the data keys of its media) and one an agency (it names
// the objects of the vault, so that a name does not tell which content it is).
import { createHmac } from 'node:crypto';
import type { Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database, VaultKind } from '../tables.js';
import type { KeyRing, WrappedKey } from './key-ring.js';
import { newKey } from './wrap.js';

/** A case's key with its place among the keys that the case has had: a later one replaces an earlier one. */
export interface CaseKey {
  readonly generation: number;
  readonly key: Buffer;
}

/** The key of a case that was destroyed is a row without a key: nothing wrapped under it opens any more. */
export const isDestroyed = (wrapped: Buffer): boolean => wrapped.length === 0;

/** The newest key of a case of `agencyId`, made in this transaction when there is none; safe when two do so at once. */
export const ensureCaseKey = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, caseId }: { readonly agencyId: string; readonly caseId: string },
): Promise<CaseKey> => {
  const use = { purpose: 'case', agencyId, caseId } as const;
  keys.requireReady();
  const open = ({ generation, ...row }: WrappedKey & { readonly generation: number }): CaseKey => {
    if (isDestroyed(row.wrapped)) throw fail('CASE_ENDED', 'the key of this case was destroyed');
    return { generation, key: keys.unwrap(row, use) };
  };
  const read = () =>
    trx
      .selectFrom('case_keys')
      .select(['generation', 'master_key_id', 'wrapped'])
      .where('case_id', '=', caseId)
      .orderBy('generation', 'desc')
      .limit(1)
      .executeTakeFirst();
  const existing = await read();
  if (existing !== undefined) return open(existing);
  await trx
    .insertInto('case_keys')
    .values({ case_id: caseId, agency_id: agencyId, ...keys.wrap(newKey(), use) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await read();
  if (made === undefined) throw fail('CASE_UNKNOWN', caseId);
  return open(made);
};

/** Names vault objects of one agency; see `objectNamer`. */
export type ObjectNamer = (sha256: Buffer, kind: VaultKind) => string;

/** The namer of `agencyId`; its key is made in this transaction when there is none. */
export const ensureObjectNamer = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  agencyId: string,
): Promise<ObjectNamer> => {
  const use = { purpose: 'agency-names', agencyId } as const;
  keys.requireReady();
  const read = () =>
    trx
      .selectFrom('agency_keys')
      .select(['master_key_id', 'wrapped'])
      .where('agency_id', '=', agencyId)
      .executeTakeFirst();
  let row = await read();
  if (row === undefined) {
    await trx
      .insertInto('agency_keys')
      .values({ agency_id: agencyId, ...keys.wrap(newKey(), use) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    row = await read();
  }
  if (row === undefined) throw fail('NOT_FOUND', `agency ${agencyId}`);
  return objectNamer(keys.unwrap(row, use));
};

/** HMAC-SHA256(agency key, SHA-256 of the content || kind) in hex: same content, another agency: another name. */
export const objectNamer =
  (agencyKey: Buffer): ObjectNamer =>
  (sha256, kind) =>
    createHmac('sha256', agencyKey).update(sha256).update(kind).digest('hex');
