// Hands a new master key to a process that holds the old one, through the database, so that neither the database nor a
// backup of it ever holds the new key under the old: who asks sends an X25519 key of the moment (RFC 7748) with a proof that
// they hold the old key, and the answer is sealed to it (HKDF-SHA256, RFC 5869; AES-256-GCM). When the asker is gone, so is
// the only key that opens the answer.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { fail } from '@redthread/core/errors';
import { keyId, type MasterKey } from './master-key.js';

/** What a hand-over is about; authenticated with everything that is sent. */
export interface HandOver {
  /** Random id of the request. */
  readonly id: string;
  readonly fromKeyId: string;
  readonly toKeyId: string;
}

export interface HandOverRequest {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
  /** HMAC-SHA256 under the old master key. */
  readonly proof: Buffer;
  /** Stays in the memory of the asker. */
  readonly privateKey: KeyObject;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const about = ({ id, fromKeyId, toKeyId }: HandOver): Buffer =>
  Buffer.from(['redthread key hand-over v1', id, fromKeyId, toKeyId].join('|'));

const proofOf = (oldKey: MasterKey, handOver: HandOver, publicKey: Buffer): Buffer =>
  createHmac('sha256', oldKey.bytes).update(about(handOver)).update(publicKey).digest();

/** Asks for the new key, as a holder of the old one. */
export const askForKey = (oldKey: MasterKey, handOver: HandOver): HandOverRequest => {
  const pair = generateKeyPairSync('x25519');
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' });
  return { publicKey, proof: proofOf(oldKey, handOver, publicKey), privateKey: pair.privateKey };
};

/** The secret of both sides. The old key is part of it: who breaks the exchange later still lacks that. */
const sharedKey = (oldKey: MasterKey, own: KeyObject, other: KeyObject, handOver: HandOver): Buffer =>
  Buffer.from(
    hkdfSync('sha256', diffieHellman({ privateKey: own, publicKey: other }), oldKey.bytes, about(handOver), 32),
  );

/** The new key, sealed to whoever asked; null when they did not prove that they hold the old one. */
export const sealKey = (
  keys: { readonly old: MasterKey; readonly next: MasterKey },
  handOver: HandOver,
  request: Pick<HandOverRequest, 'publicKey' | 'proof'>,
): Buffer | null => {
  const proof = proofOf(keys.old, handOver, request.publicKey);
  if (request.proof.length !== proof.length || !timingSafeEqual(request.proof, proof)) return null;
  const pair = generateKeyPairSync('x25519');
  const other = createPublicKey({ key: request.publicKey, format: 'der', type: 'spki' });
  const nonce = randomBytes(NONCE_BYTES);
  const key = sharedKey(keys.old, pair.privateKey, other, handOver);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about(handOver));
  const own = pair.publicKey.export({ format: 'der', type: 'spki' });
  return Buffer.concat([
    Buffer.of(own.length),
    own,
    nonce,
    cipher.update(keys.next.bytes),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
};

/** Opens the answer. Errors: KEY_WRONG when it does not hold the key that was promised. */
export const openKey = (oldKey: MasterKey, handOver: HandOver, privateKey: KeyObject, sealed: Buffer): MasterKey => {
  try {
    const start = 1 + (sealed[0] ?? 0);
    const other = createPublicKey({ key: sealed.subarray(1, start), format: 'der', type: 'spki' });
    const key = sharedKey(oldKey, privateKey, other, handOver);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(start, start + NONCE_BYTES))
      .setAAD(about(handOver))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const bytes = Buffer.concat([decipher.update(sealed.subarray(start + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    if (keyId(bytes) !== handOver.toKeyId) throw new Error('another key');
    return { id: handOver.toKeyId, bytes };
  } catch (cause) {
    throw fail('KEY_WRONG', `what was handed over is not master key ${handOver.toKeyId}`, { cause });
  }
};
