// The three digests that lists are made of, told apart by their length.
import { fail } from '../../errors/index.js';

export const DIGEST_KINDS = ['md5', 'sha1', 'sha256'] as const;
export type DigestKind = (typeof DIGEST_KINDS)[number];

export const DIGEST_BYTES: Readonly<Record<DigestKind, number>> = { md5: 16, sha1: 20, sha256: 32 };

export const kindOfBytes = (bytes: number): DigestKind | null =>
  DIGEST_KINDS.find((kind) => DIGEST_BYTES[kind] === bytes) ?? null;

/** Errors: HASH_INVALID with the length that was given. */
export const kindOfDigest = (digest: Uint8Array): DigestKind => {
  const kind = kindOfBytes(digest.length);
  if (kind === null) throw fail('HASH_INVALID', `${digest.length} bytes instead of 16, 20 or 32`);
  return kind;
};
