// The keys of packages: one secret of 32 bytes, from which a pair that signs (Ed25519, RFC 8032) and a pair that opens (X25519, RFC 7748) follow by HKDF
// (RFC 5869). What is given to others is a file with both public halves; people compare its fingerprint over another way.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { Name } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { z } from 'zod';
import { jsonOf } from './json.js';

// The fixed beginnings of raw keys in PKCS #8 and SubjectPublicKeyInfo (RFC 8410): they differ in the last byte of the algorithm.
const PRIVATE = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' } as const;
const PUBLIC = { ed25519: '302a300506032b6570032100', x25519: '302a300506032b656e032100' } as const;
type Curve = keyof typeof PRIVATE;

const privateKey = (curve: Curve, seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([Buffer.from(PRIVATE[curve], 'hex'), seed]), format: 'der', type: 'pkcs8' });
const publicKey = (curve: Curve, raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([Buffer.from(PUBLIC[curve], 'hex'), raw]), format: 'der', type: 'spki' });
const rawOf = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);

/** What others have of an agency. */
export interface PublicKeys {
  readonly signing: Buffer;
  readonly opening: Buffer;
}

export interface KeyPairs extends PublicKeys {
  sign(text: Buffer): Buffer;
  /** The secret that somebody with the private half of `other` has too. */
  agree(other: Buffer): Buffer;
}

export const keyPairs = (root: Buffer): KeyPairs => {
  const seed = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `redthread exchange v1 ${use}`, 32));
  const signer = privateKey('ed25519', seed('sign'));
  const opener = privateKey('x25519', seed('open'));
  return {
    signing: rawOf(signer),
    opening: rawOf(opener),
    sign: (text) => sign(null, text, signer),
    agree: (other) => diffieHellman({ privateKey: opener, publicKey: publicKey('x25519', other) }),
  };
};

export const isSigned = (signing: Buffer, text: Buffer, signature: Buffer): boolean =>
  verify(null, text, publicKey('ed25519', signing), signature);

/** First 16 bytes of a SHA-256 over both halves, in groups of four letters. */
export const fingerprintOf = ({ opening, signing }: PublicKeys): string =>
  (
    createHash('sha256')
      .update('redthread exchange key v1')
      .update(signing)
      .update(opening)
      .digest('hex')
      .slice(0, 32)
      .match(/.{4}/g) ?? []
  ).join(' ');

const FORM = 'redthread exchange key v1';
const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const KeyFile = z.object({
  form: z.literal(FORM),
  agency: Name,
  country: z.string().regex(/^[A-Z]{2}$/),
  signing: Hex32,
  opening: Hex32,
  /** Over the rest, by the signing key: that whoever wrote the file has it. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

export interface PeerKey extends PublicKeys {
  readonly agency: string;
  readonly country: string;
  readonly fingerprint: string;
}

const signedPart = ({ agency, country, opening, signing }: Omit<PeerKey, 'fingerprint'>): Buffer =>
  Buffer.from(JSON.stringify([FORM, agency, country, signing.toString('hex'), opening.toString('hex')]));

export const exchangeKeyFile = (keys: KeyPairs, agency: string, country: string): string => {
  const { opening, signing } = keys;
  const signature = keys.sign(signedPart({ agency, country, opening, signing })).toString('hex');
  return `${JSON.stringify({ form: FORM, agency, country, signing: signing.toString('hex'), opening: opening.toString('hex'), signature }, null, 2)}\n`;
};

/** Errors: PACKAGE_KEY_INVALID. */
export const readExchangeKey = (text: string): PeerKey => {
  const parsed = KeyFile.safeParse(jsonOf(text.replace(/^\uFEFF/, '')));
  if (!parsed.success)
    throw fail(
      'PACKAGE_KEY_INVALID',
      `${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''}`,
    );
  const { agency, country, signature } = parsed.data;
  const keys = { signing: Buffer.from(parsed.data.signing, 'hex'), opening: Buffer.from(parsed.data.opening, 'hex') };
  if (!isSigned(keys.signing, signedPart({ agency, country, ...keys }), Buffer.from(signature, 'hex')))
    throw fail(
      'PACKAGE_KEY_INVALID',
      'its signature does not hold: it was changed, or was not written by whoever has the key',
    );
  return { agency, country, ...keys, fingerprint: fingerprintOf(keys) };
};
