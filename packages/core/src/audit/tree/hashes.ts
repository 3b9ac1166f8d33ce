// The hashes of a Merkle tree as RFC 6962, section 2.1, takes them: leaves and nodes cannot pass for each other.
import { PREFIX, type Digest } from '../digest.js';

/** Of a tree without leaves. */
export const emptyRoot = (digest: Digest): Uint8Array => digest('');
export const leafHash = (digest: Digest, data: Uint8Array | string): Uint8Array => digest(PREFIX.leaf, data);
export const nodeHash = (digest: Digest, left: Uint8Array, right: Uint8Array): Uint8Array =>
  digest(PREFIX.node, left, right);

/** The largest power of two that is smaller than `size` (2 or more): where the tree divides. */
export const splitOf = (size: number): number => {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
};
