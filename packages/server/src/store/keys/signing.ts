// The key that signs the record: Ed25519 (RFC 8032), its private half wrapped under the master key. A new key is endorsed by the one
// before it, so that whoever trusts the first public key can follow to the last.
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { signedText, type KeyStatement } from '@redthread/core/audit';
import { fail } from '@redthread/core/errors';
import { instantText } from '../instants.js';
import type { Database } from '../tables.js';
import type { KeyRing, WrappedKey } from './key-ring.js';
import { newKey } from './wrap.js';

/** What may be shown of a signing key. */
export interface PublicSigningKey {
  readonly key: string;
  readonly publicKey: Buffer;
  readonly previous: string | null;
  /** Instant, microseconds. */
  readonly at: string;
  /** By the key before it; of the first key, by itself. */
  readonly endorsement: Buffer;
}

export interface Signer {
  /** First 8 bytes, in hex, of SHA-256("redthread signing key id" || public key). */
  readonly key: string;
  readonly publicKey: Buffer;
  sign(text: string): Buffer;
}

// The fixed beginnings of a raw key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410).
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');

export const publicKeyObject = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_DER, raw]), format: 'der', type: 'spki' });

export const signingKeyId = (publicKey: Buffer): string =>
  createHash('sha256').update('redthread signing key id').update(publicKey).digest().subarray(0, 8).toString('hex');

export const isSignedBy = (publicKey: Buffer, text: string, signature: Buffer): boolean =>
  verify(null, Buffer.from(text), publicKeyObject(publicKey), signature);

/** `seed`: the raw private key, 32 bytes. */
const signerOf = (seed: Buffer): Signer => {
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
  return { key: signingKeyId(publicKey), publicKey, sign: (text) => sign(null, Buffer.from(text), privateKey) };
};

/** Every signing key, the first one first. */
export const readSigningKeys = (db: Kysely<Database>): Promise<PublicSigningKey[]> =>
  db
    .selectFrom('signing_keys')
    .select(['key', 'public_key as publicKey', 'previous', 'endorsement', instantText('at').as('at')])
    .orderBy('signing_keys.at')
    .execute();

/** The private half of a stored key. Errors: those of a ring that lacks the master key; VAULT_CORRUPT when it was changed or moved. */
export const openSigner = (keys: KeyRing, row: WrappedKey & { readonly key: string }): Signer =>
  signerOf(keys.unwrap(row, { purpose: 'signing', key: row.key }));

/** The key that signs now; made when there is none yet. Errors: as `openSigner`. */
export const ensureSigner = async (db: Kysely<Database>, keys: KeyRing): Promise<Signer> => {
  const read = () =>
    db
      .selectFrom('signing_keys as k')
      .select(['k.key', 'k.master_key_id', 'k.wrapped'])
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('signing_keys as n').select('n.key').whereRef('n.previous', '=', 'k.key'))),
      )
      .executeTakeFirst();
  const existing = await read();
  if (existing !== undefined) return openSigner(keys, existing);
  const made = await insertKey(db, keys, null);
  if (made !== null) return made;
  const others = await read();
  if (others === undefined) throw new TypeError('a signing key that somebody made is not there');
  return openSigner(keys, others);
};

/** A new key, endorsed by the present one, which signs nothing more. For the owner. Errors: as `openSigner`; ALREADY_EXISTS. */
export const rotateSigner = async (
  db: Kysely<Database>,
  keys: KeyRing,
): Promise<{ readonly signer: Signer; readonly previous: Signer }> => {
  const previous = await ensureSigner(db, keys);
  const signer = await insertKey(db, keys, previous);
  if (signer === null) throw fail('ALREADY_EXISTS', `a signing key that follows ${previous.key}`);
  return { signer, previous };
};

/** Null: somebody else made one at the same time. */
const insertKey = async (db: Kysely<Database>, keys: KeyRing, previous: Signer | null): Promise<Signer | null> => {
  const seed = newKey();
  const signer = signerOf(seed);
  const { rows } = await sql<{ at: string }>`select ${instantText(sql`clock_timestamp()`)} as at`.execute(db);
  const at = rows[0]?.at ?? '';
  const statement = keyStatement({ ...signer, previous: previous?.key ?? null, at });
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('signing_keys')
    .values({
      key: signer.key,
      public_key: signer.publicKey,
      previous: previous?.key ?? null,
      at,
      endorsement: (previous ?? signer).sign(signedText('key', statement)),
      ...keys.wrap(seed, { purpose: 'signing', key: signer.key }),
    })
    .onConflict((conflict) => conflict.column('previous').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 0n ? null : signer;
};

/** What is signed of a new key. */
export const keyStatement = ({
  key,
  publicKey,
  previous,
  at,
}: Pick<PublicSigningKey, 'key' | 'publicKey' | 'previous' | 'at'>): KeyStatement => ({
  v: 1,
  key,
  publicKey: publicKey.toString('hex'),
  previous,
  at,
});

/** A key as records carry it that outlast the store. */
export type EndorsedKey = KeyStatement & { readonly endorsement: string };

export const endorsedKey = (key: PublicSigningKey): EndorsedKey => ({
  ...keyStatement(key),
  endorsement: key.endorsement.toString('hex'),
});
