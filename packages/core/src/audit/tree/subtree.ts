// The hash over a range of leaves, read from the highest level that is kept below it.
import type { Digest } from '../digest.js';
import { emptyRoot, nodeHash, splitOf } from './hashes.js';
import { foldComplete, KEPT_LEVELS, type TreeSource } from './tree-source.js';

/** Of the 2^level leaves from `start` on, a multiple of their number. */
export const completeSubtree = async (
  digest: Digest,
  source: TreeSource,
  start: number,
  level: number,
): Promise<Uint8Array> => {
  const below = level - (level % KEPT_LEVELS);
  return foldComplete(digest, await source.hashes(below, start / 2 ** below, 2 ** (level - below)));
};

/** MTH(D[start:end]) of RFC 6962 for a range that its recursion comes to; (0, size) is the root. */
export const rangeHash = async (
  digest: Digest,
  source: TreeSource,
  start: number,
  end: number,
): Promise<Uint8Array> => {
  const size = end - start;
  if (size === 0) return emptyRoot(digest);
  const level = Math.log2(size);
  if (Number.isInteger(level)) return completeSubtree(digest, source, start, level);
  const middle = start + splitOf(size);
  return nodeHash(digest, await rangeHash(digest, source, start, middle), await rangeHash(digest, source, middle, end));
};
