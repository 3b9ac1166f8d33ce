// Keys that the database stores wrapped: one a case (it wraps the data keys of its media) and one an agency (it names
// the objects of the vault, so that a name does not tell which content it is).
import { createHmac } from 'node:crypto';
import type { Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database, VaultKind } from '../tables.js';
import type { KeyRing } from './key-ring.js';
import { newKey, unwrapKey, wrapKey } from './wrap.js';

/** The key of a case of `agencyId`, made in this transaction when there is none; safe when two do so at once. */
export const ensureCaseKey = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  { agencyId, caseId }: { readonly agencyId: string; readonly caseId: string },
): Promise<Buffer> => {
  const use = { purpose: 'case', agencyId, caseId } as const;
  const master = keys.master();
  const read = () => trx.selectFrom('case_keys').select('wrapped').where('case_id', '=', caseId).executeTakeFirst();
  const existing = await read();
  if (existing !== undefined) return unwrapKey(master.bytes, existing.wrapped, use);
  await trx
    .insertInto('case_keys')
    .values({
      case_id: caseId,
      agency_id: agencyId,
      master_key_id: master.id,
      wrapped: wrapKey(master.bytes, newKey(), use),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await read();
  if (made === undefined) throw fail('CASE_UNKNOWN', caseId);
  return unwrapKey(master.bytes, made.wrapped, use);
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
  const master = keys.master();
  const read = () =>
    trx.selectFrom('agency_keys').select('wrapped').where('agency_id', '=', agencyId).executeTakeFirst();
  let row = await read();
  if (row === undefined) {
    await trx
      .insertInto('agency_keys')
      .values({ agency_id: agencyId, master_key_id: master.id, wrapped: wrapKey(master.bytes, newKey(), use) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    row = await read();
  }
  if (row === undefined) throw fail('NOT_FOUND', `agency ${agencyId}`);
  return objectNamer(unwrapKey(master.bytes, row.wrapped, use));
};

/** HMAC-SHA256(agency key, SHA-256 of the content || kind) in hex: same content, another agency: another name. */
export const objectNamer =
  (agencyKey: Buffer): ObjectNamer =>
  (sha256, kind) =>
    createHmac('sha256', agencyKey).update(sha256).update(kind).digest('hex');
