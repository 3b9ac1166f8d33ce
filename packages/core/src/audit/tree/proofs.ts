// Proofs of RFC 6962, sections 2.1.1 and 2.1.2: that a leaf is in a tree, and that one tree is the beginning of another.
import type { Digest } from '../digest.js';
import { splitOf } from './hashes.js';
import { rangeHash } from './subtree.js';
import type { TreeSource } from './tree-source.js';

/** PATH(index, D[0:size]), from the leaf upwards. */
export const inclusionProof = async (
  digest: Digest,
  source: TreeSource,
  index: number,
  size: number,
): Promise<Uint8Array[]> => {
  if (index < 0 || index >= size) throw new RangeError('no such leaf in a tree of this size');
  const proof: Uint8Array[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      proof.unshift(await rangeHash(digest, source, middle, end));
      end = middle;
    } else {
      proof.unshift(await rangeHash(digest, source, start, middle));
      start = middle;
    }
  }
  return proof;
};

/** PROOF(first, D[0:second]); nothing has to be shown for an empty tree or for the same one. */
export const consistencyProof = async (
  digest: Digest,
  source: TreeSource,
  first: number,
  second: number,
): Promise<Uint8Array[]> => {
  if (first > second) throw new RangeError('the first tree is not the smaller one');
  if (first === 0 || first === second) return [];
  const proof: Uint8Array[] = [];
  let [start, end] = [0, second];
  while (first !== end) {
    const middle = start + splitOf(end - start);
    if (first <= middle) {
      proof.unshift(await rangeHash(digest, source, middle, end));
      end = middle;
    } else {
      proof.unshift(await rangeHash(digest, source, start, middle));
      start = middle;
    }
  }
  if (start > 0) proof.unshift(await rangeHash(digest, source, start, end));
  return proof;
};
