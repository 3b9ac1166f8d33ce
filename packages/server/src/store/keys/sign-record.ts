// Signs records of an agency: with a key that is derived from the agency's own by HKDF (RFC 5869). So it lies under the master key like
// every other, goes along when that is changed, and is the same after a restore.
import { hkdfSync } from 'node:crypto';
import type { Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database } from '../tables.js';
import type { KeyRing } from './key-ring.js';
import { signerOf } from './signing.js';

const SEED_BYTES = 32;

export interface SignedRecord {
  readonly signature: Buffer;
  /** Raw, 32 bytes. */
  readonly publicKey: Buffer;
}

/** Errors: those of a ring that lacks the master key; NOT_FOUND for an agency that has taken nothing in. */
export const signRecord = async (
  trx: Transaction<Database>,
  keys: KeyRing,
  agencyId: string,
  text: string,
): Promise<SignedRecord> => {
  const row = await trx
    .selectFrom('agency_keys')
    .select(['master_key_id', 'wrapped'])
    .where('agency_id', '=', agencyId)
    .executeTakeFirst();
  if (row === undefined) throw fail('NOT_FOUND', `agency ${agencyId} has no key yet`);
  const agencyKey = keys.unwrap(row, { purpose: 'agency-names', agencyId });
  const seed = Buffer.from(hkdfSync('sha256', agencyKey, Buffer.alloc(0), 'redthread record signing v1', SEED_BYTES));
  const { publicKey, sign } = signerOf(seed);
  return { signature: sign(text), publicKey };
};
