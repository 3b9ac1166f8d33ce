// Keys under keys: AES-256-GCM (NIST SP 800-38D) with a random nonce; what a key is for is authenticated with it, so
// that a wrapped key moved to another case, agency or media does not open.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fail } from '@redthread/core/errors';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** version | nonce | wrapped key | tag. */
export const WRAPPED_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** What a wrapped key is for. */
export type KeyPurpose =
  | { readonly purpose: 'agency-names'; readonly agencyId: string }
  | { readonly purpose: 'case'; readonly agencyId: string; readonly caseId: string }
  /** Belongs to the instance: signs the heads of the record. */
  | { readonly purpose: 'signing'; readonly key: string }
  /** Signs and opens contribution packages. */
  | { readonly purpose: 'exchange'; readonly key: string }
  /** Makes the codes of an authenticator app. */
  | { readonly purpose: 'second-factor'; readonly key: string }
  /** Seals what this instance proves itself with at the provider of an agency. */
  | { readonly purpose: 'provider'; readonly key: string }
  /** Seals the part of a picture that a question to other countries shows. */
  | { readonly purpose: 'crop'; readonly key: string }
  /** Seals the rows of a backup, or the keys of cases beside it. */
  | { readonly purpose: 'backup'; readonly key: string }
  | { readonly purpose: 'data'; readonly agencyId: string; readonly caseId: string; readonly mediaId: string }
  /** A content on its way into an exhibit of the case. */
  | { readonly purpose: 'upload'; readonly agencyId: string; readonly caseId: string; readonly mediaId: string };

const associatedData = (use: KeyPurpose): Buffer =>
  Buffer.from(
    [
      'redthread key v1',
      use.purpose,
      'key' in use ? use.key : use.agencyId,
      'caseId' in use ? use.caseId : '',
      'mediaId' in use ? use.mediaId : '',
    ].join('|'),
  );

export const newKey = (): Buffer => randomBytes(KEY_BYTES);

export const wrapKey = (wrapping: Buffer, key: Buffer, use: KeyPurpose): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(associatedData(use));
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
};

/** Errors: VAULT_CORRUPT when the wrapped key was changed, or was wrapped for something else. */
export const unwrapKey = (wrapping: Buffer, wrapped: Buffer, use: KeyPurpose): Buffer => {
  try {
    if (wrapped.length !== WRAPPED_BYTES || wrapped[0] !== VERSION) throw new Error('not a wrapped key');
    const nonce = wrapped.subarray(1, 1 + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: TAG_BYTES })
      .setAAD(associatedData(use))
      .setAuthTag(wrapped.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(wrapped.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw fail('VAULT_CORRUPT', `the ${use.purpose} key of ${describe(use)} fails its seal`, { cause });
  }
};

/** A few bytes under a key that seals nothing else: nonce | bytes | tag. */
export const sealSmall = (key: Buffer, bytes: Buffer): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
};

/** Errors: VAULT_CORRUPT. */
export const openSmall = (key: Buffer, sealed: Buffer): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    }).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw fail('VAULT_CORRUPT', 'what lies in the database fails its seal', { cause });
  }
};

const describe = (use: KeyPurpose): string => {
  if ('key' in use) return `${use.purpose} ${use.key}`;
  return 'mediaId' in use ? `media ${use.mediaId}` : 'caseId' in use ? `case ${use.caseId}` : `agency ${use.agencyId}`;
};
