// The keys that sign: each endorsed by the one before it, none made by somebody without the master key.
import type { Kysely } from 'kysely';
import { signedText } from '@redthread/core/audit';
import { isRedthreadError } from '@redthread/core/errors';
import {
  isSignedBy,
  keyStatement,
  openSigner,
  readSigningKeys,
  signingKeyId,
  type Database,
  type KeyRing,
  type PublicSigningKey,
} from '../../../store/index.js';
import type { Findings } from './findings.js';

/** Public keys by their ids; what is signed by another key is signed by nobody. */
export type KnownKeys = ReadonlyMap<string, Buffer>;

export const checkKeys = async (db: Kysely<Database>, findings: Findings, keys: KeyRing): Promise<KnownKeys> => {
  const listed = await readSigningKeys(db);
  const known = new Map(listed.map(({ key, publicKey }) => [key, publicKey]));
  for (const one of listed) {
    const fault = faultOf(one, known);
    if (fault !== null) findings.add('RECORD_CHANGED', `signing key ${one.key}`, fault);
  }
  if (keys.ready) await checkPrivateHalves(db, findings, keys);
  return known;
};

const faultOf = (one: PublicSigningKey, known: KnownKeys): string | null => {
  const { endorsement, key, previous, publicKey } = one;
  if (signingKeyId(publicKey) !== key) return 'its public key has another id';
  const by = known.get(previous ?? key);
  if (by === undefined) return `the key ${previous} before it is gone`;
  const isEndorsed = isSignedBy(by, signedText('key', keyStatement(one)), endorsement);
  return isEndorsed ? null : `it is not endorsed by ${previous ?? 'itself'}`;
};

/** Whoever made a key without the master key could not wrap its private half. */
const checkPrivateHalves = async (db: Kysely<Database>, findings: Findings, keys: KeyRing): Promise<void> => {
  for (const row of await db
    .selectFrom('signing_keys')
    .select(['key', 'master_key_id', 'wrapped', 'public_key'])
    .execute()) {
    try {
      if (openSigner(keys, row).publicKey.equals(row.public_key)) continue;
      findings.add('RECORD_CHANGED', `signing key ${row.key}`, 'its private half belongs to another public key');
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      findings.add('RECORD_CHANGED', `signing key ${row.key}`, error.detail);
    }
  }
};
