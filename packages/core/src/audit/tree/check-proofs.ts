// Checks proofs with nothing but a digest (RFC 9162, sections 2.1.3.2 and 2.1.4.2).
import { sameBytes, type Digest } from '../digest.js';
import { emptyRoot, nodeHash } from './hashes.js';

const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** The root that a leaf and its proof lead to, or null when they are of no tree of this size. */
export const rootFromInclusion = (
  digest: Digest,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | null => {
  if (index < 0 || index >= size) return null;
  let [position, last, hash] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return null;
    if (isOdd(position) || position === last) {
      hash = nodeHash(digest, beside, hash);
      while (!isOdd(position) && position !== 0) [position, last] = [half(position), half(last)];
    } else hash = nodeHash(digest, hash, beside);
    [position, last] = [half(position), half(last)];
  }
  return last === 0 ? hash : null;
};

export interface TreeSize {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether the tree of `first` is the beginning of that of `second`. */
export const isBeginningOf = (
  digest: Digest,
  first: TreeSize,
  second: TreeSize,
  proof: readonly Uint8Array[],
): boolean => {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && sameBytes(first.root, second.root);
  if (first.size === 0) return proof.length === 0 && sameBytes(first.root, emptyRoot(digest));
  const isComplete = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isComplete ? [first.root, ...proof] : proof;
  if (start === undefined) return false;
  let [position, last] = [first.size - 1, second.size - 1];
  while (isOdd(position)) [position, last] = [half(position), half(last)];
  let [older, newer] = [start, start];
  for (const beside of rest) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      older = nodeHash(digest, beside, older);
      newer = nodeHash(digest, beside, newer);
      while (!isOdd(position) && position !== 0) [position, last] = [half(position), half(last)];
    } else newer = nodeHash(digest, newer, beside);
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && sameBytes(older, first.root) && sameBytes(newer, second.root);
};
