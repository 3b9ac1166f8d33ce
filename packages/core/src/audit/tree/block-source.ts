// A tree source that remembers what it has read, a block of neighbours at a time: proofs for many leaves of one tree ask for the
// same hashes over and over.
import type { TreeSource } from './tree-source.js';

const BLOCK = 256;

/** Of a tree of `size` leaves. */
export const blockSource = (source: TreeSource, size: number): TreeSource => {
  const blocks = new Map<string, Promise<readonly Uint8Array[]>>();
  return {
    hashes: async (level, from, count) => {
      const start = from - (from % BLOCK);
      if (from + count > start + BLOCK) return source.hashes(level, from, count);
      const name = `${level}/${start}`;
      const length = Math.min(BLOCK, Math.floor(size / 2 ** level) - start);
      const block = blocks.get(name) ?? source.hashes(level, start, length);
      blocks.set(name, block);
      return (await block).slice(from - start, from - start + count);
    },
  };
};
