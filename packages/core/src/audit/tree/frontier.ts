// A tree that grows: the roots of its complete subtrees, one for each bit of its size, are all that is needed to go on.
import type { Digest } from '../digest.js';
import { emptyRoot, nodeHash } from './hashes.js';
import { completeSubtree } from './subtree.js';
import { KEPT_LEVELS, type TreeSource } from './tree-source.js';

/** A node of a kept level whose subtree has just become complete. */
export interface KeptNode {
  readonly level: number;
  readonly position: number;
  readonly hash: Uint8Array;
}

export class Frontier {
  readonly #digest: Digest;
  /** Largest subtree first; level of each beside it. */
  readonly #complete: { readonly level: number; readonly hash: Uint8Array }[];
  #size: number;

  constructor(digest: Digest, complete: readonly { readonly level: number; readonly hash: Uint8Array }[] = []) {
    this.#digest = digest;
    this.#complete = [...complete];
    this.#size = complete.reduce((sum, { level }) => sum + 2 ** level, 0);
  }

  /** Where a log of `size` leaves stands, read from what is kept of it. */
  static async at(digest: Digest, source: TreeSource, size: number): Promise<Frontier> {
    const complete: { level: number; hash: Uint8Array }[] = [];
    for (let start = 0; start < size;) {
      const level = Math.floor(Math.log2(size - start));
      complete.push({ level, hash: await completeSubtree(digest, source, start, level) });
      start += 2 ** level;
    }
    return new Frontier(digest, complete);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf; answers the nodes to keep that it completes. */
  append(leaf: Uint8Array): KeptNode[] {
    const kept: KeptNode[] = [];
    let [level, hash] = [0, leaf];
    this.#size += 1;
    for (let last = this.#complete.at(-1); last?.level === level; last = this.#complete.at(-1)) {
      this.#complete.pop();
      hash = nodeHash(this.#digest, last.hash, hash);
      level += 1;
      if (level % KEPT_LEVELS === 0) kept.push({ level, position: this.#size / 2 ** level - 1, hash });
    }
    this.#complete.push({ level, hash });
    return kept;
  }

  root(): Uint8Array {
    let root: Uint8Array | null = null;
    for (const { hash } of [...this.#complete].reverse())
      root = root === null ? hash : nodeHash(this.#digest, hash, root);
    return root ?? emptyRoot(this.#digest);
  }
}
