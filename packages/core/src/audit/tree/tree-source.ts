// Where the hashes of a tree are read from. Beside the leaves every eighth level is kept, each node once its subtree is complete
// and never changed again, so that a root or a proof reads some hundred hashes whatever the size of the log.
import type { Digest } from '../digest.js';
import { nodeHash } from './hashes.js';

/** Levels that are kept: 0 (the leaves), 8, 16, ... */
export const KEPT_LEVELS = 8;

export interface TreeSource {
  /** `count` hashes of a kept level from position `from` on; each stands for 2^level leaves. Errors: those of reading. */
  hashes(level: number, from: number, count: number): Promise<readonly Uint8Array[]>;
}

/** Of complete neighbours, as many as a power of two: the node above them all. */
export const foldComplete = (digest: Digest, hashes: readonly Uint8Array[]): Uint8Array => {
  let row = hashes;
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, i) =>
      nodeHash(digest, row[2 * i] ?? new Uint8Array(), row[2 * i + 1] ?? new Uint8Array()),
    );
  const [top] = row;
  if (top === undefined) throw new RangeError('a node stands for at least one leaf');
  return top;
};

/** A tree whose leaves are in memory: few enough to be hashed again for each question. */
export const memorySource = (digest: Digest, leaves: readonly Uint8Array[]): TreeSource => ({
  hashes: (level, from, count) => {
    const width = 2 ** level;
    const nodes = Array.from({ length: count }, (_, i) =>
      foldComplete(digest, leaves.slice((from + i) * width, (from + i + 1) * width)),
    );
    return Promise.resolve(nodes);
  },
});
