// The three digests of a content from one pass over its bytes.
import { createHash } from 'node:crypto';

export interface Digests {
  readonly sha256: Buffer;
  readonly sha1: Buffer;
  readonly md5: Buffer;
}

const SHA256_BYTES = 32;
const SHA1_BYTES = 20;
const MD5_BYTES = 16;
/** SHA-256, SHA-1 and MD5 one after the other: how a thread hands them over. */
export const DIGESTS_BYTES = SHA256_BYTES + SHA1_BYTES + MD5_BYTES;

/** All three, or SHA-256 alone with zeros for the others: whoever sends a content elsewhere needs no more. */
export type DigestSet = 'all' | 'sha256';

/** Takes bytes in pieces; `finish` once. */
export class Digester {
  readonly #hashes;
  readonly #rest: Buffer;

  constructor(set: DigestSet = 'all') {
    const names = set === 'all' ? ['sha256', 'sha1', 'md5'] : ['sha256'];
    this.#hashes = names.map((name) => createHash(name));
    this.#rest = Buffer.alloc(set === 'all' ? 0 : SHA1_BYTES + MD5_BYTES);
  }

  update(bytes: Uint8Array): void {
    for (const hash of this.#hashes) hash.update(bytes);
  }

  finish(): Buffer {
    return Buffer.concat([...this.#hashes.map((hash) => hash.digest()), this.#rest]);
  }
}

export const digestsOf = (bytes: Uint8Array, set: DigestSet = 'all'): Buffer => {
  const digester = new Digester(set);
  digester.update(bytes);
  return digester.finish();
};

/** Number `index` of packed digests; copies, so that the block can go. */
export const unpackDigests = (packed: Uint8Array, index: number): Digests => {
  const all = Buffer.from(packed.subarray(index * DIGESTS_BYTES, (index + 1) * DIGESTS_BYTES));
  return {
    sha256: all.subarray(0, SHA256_BYTES),
    sha1: all.subarray(SHA256_BYTES, SHA256_BYTES + SHA1_BYTES),
    md5: all.subarray(SHA256_BYTES + SHA1_BYTES),
  };
};
