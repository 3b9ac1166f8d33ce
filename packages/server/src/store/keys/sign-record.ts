// Signs records of an agency: Ed25519 (RFC 8032), with a key that is derived from the agency's own by HKDF (RFC 5869). So it lies
// under the master key like every other, goes along when that is changed, and is the same after a restore.
import { createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto';
import type { Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database } from '../tables.js';
import type { KeyRing } from './key-ring.js';

// The fixed beginnings of a raw key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410).
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');
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
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
  return { signature: sign(null, Buffer.from(text), privateKey), publicKey };
};

export const isSignedRecord = (text: string, { signature, publicKey }: SignedRecord): boolean =>
  verify(
    null,
    Buffer.from(text),
    createPublicKey({ key: Buffer.concat([PUBLIC_DER, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );
