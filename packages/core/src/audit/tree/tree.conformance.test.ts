// The tree against the definitions of RFC 6962, written down word for word: roots, proofs, growth, and what is refused.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameBytes, toHex, type Digest } from '../digest.js';
import {
  blockSource,
  consistencyProof,
  Frontier,
  inclusionProof,
  isBeginningOf,
  KEPT_LEVELS,
  leafHash,
  memorySource,
  nodeHash,
  rangeHash,
  rootFromInclusion,
  type TreeSource,
} from './index.js';

const digest: Digest = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leavesOf = (size: number): Uint8Array[] => Array.from({ length: size }, (_, i) => leafHash(digest, `leaf ${i}`));

/** MTH of the RFC. */
const mth = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return digest('');
  if (leaves.length === 1) return leaves[0] ?? digest('');
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return nodeHash(digest, mth(leaves.slice(0, k)), mth(leaves.slice(k)));
};

/** What a store keeps: the leaves and every eighth level, as the frontier hands them out. */
const kept = (leaves: readonly Uint8Array[]): TreeSource & { readonly nodes: Map<string, Uint8Array> } => {
  const nodes = new Map<string, Uint8Array>();
  const frontier = new Frontier(digest);
  for (const [i, leaf] of leaves.entries()) {
    nodes.set(`0/${i}`, leaf);
    for (const { level, position, hash } of frontier.append(leaf)) nodes.set(`${level}/${position}`, hash);
  }
  return {
    nodes,
    hashes: (level, from, count) =>
      Promise.resolve(
        Array.from({ length: count }, (_, i) => {
          const node = nodes.get(`${level}/${from + i}`);
          if (node === undefined) throw new Error(`${level}/${from + i} is not kept`);
          return node;
        }),
      ),
  };
};

const size = fc.integer({ min: 1, max: 700 });
const sizes = fc.tuple(size, size).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const leaves = leavesOf(700);
const store = kept(leaves);
const rootOf = (n: number): Uint8Array => mth(leaves.slice(0, n));

describe('the root', () => {
  it('is that of the RFC for its test vectors', () => {
    const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const hashed = data.map((hex) => leafHash(digest, Buffer.from(hex, 'hex')));
    const frontier = new Frontier(digest);
    const roots = hashed.map((leaf) => (frontier.append(leaf), toHex(frontier.root())));
    expect(toHex(new Frontier(digest).root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(roots[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(roots[7]).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('is the same by growing, by reading what is kept, and by definition', async () => {
    await fc.assert(
      fc.asyncProperty(size, async (n) => {
        const grown = new Frontier(digest);
        for (const leaf of leaves.slice(0, n)) grown.append(leaf);
        const read = await rangeHash(digest, store, 0, n);
        const resumed = await Frontier.at(digest, store, n);
        for (const root of [
          grown.root(),
          read,
          resumed.root(),
          await rangeHash(digest, memorySource(digest, leaves), 0, n),
        ])
          expect(sameBytes(root, rootOf(n))).toBe(true);
        expect(resumed.size).toBe(n);
      }),
      { numRuns: 60 },
    );
  });

  it('goes on from wherever it was, and keeps each node once', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ([first, second]) => {
        const resumed = await Frontier.at(digest, store, first);
        for (const leaf of leaves.slice(first, second))
          for (const { level, position, hash } of resumed.append(leaf)) {
            expect(level % KEPT_LEVELS).toBe(0);
            expect(sameBytes(hash, mth(leaves.slice(position * 2 ** level, (position + 1) * 2 ** level)))).toBe(true);
          }
        expect(sameBytes(resumed.root(), rootOf(second))).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect([...store.nodes.keys()].filter((name) => !name.startsWith('0/'))).toEqual(['8/0', '8/1']);
  });

  it('reads a bounded number of hashes, however long the log is', async () => {
    let read = 0;
    const hash = leafHash(digest, 'x');
    const endless: TreeSource = {
      hashes: (_level, _from, count) => {
        read += count;
        return Promise.resolve(Array.from({ length: count }, () => hash));
      },
    };
    await Frontier.at(digest, endless, 123_456_789_012);
    expect(read).toBeLessThan(5 * 256);
  });
});

describe('a proof of inclusion', () => {
  const place = size.chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n - 1 })));

  it('leads from each leaf to the root', async () => {
    await fc.assert(
      fc.asyncProperty(place, async ([n, index]) => {
        const proof = await inclusionProof(digest, blockSource(store, n), index, n);
        const root = rootFromInclusion(digest, leaves[index] ?? digest(''), index, n, proof);
        expect(root !== null && sameBytes(root, rootOf(n))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('leads elsewhere from another leaf, another place, another size, or with a hash that was changed, added or left out', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat(), async ([n, index], choice) => {
        fc.pre(n > 1);
        const proof = await inclusionProof(digest, store, index, n);
        const leaf = leaves[index] ?? digest('');
        const at = choice % proof.length;
        const flipped = proof.map((hash, i) =>
          i === at ? Uint8Array.from(hash, (b, k) => (k === choice % 32 ? b ^ 1 : b)) : hash,
        );
        const attempts = [
          rootFromInclusion(digest, leafHash(digest, 'other'), index, n, proof),
          rootFromInclusion(digest, leaf, (index + 1 + (choice % (n - 1))) % n, n, proof),
          rootFromInclusion(digest, leaf, index, n, flipped),
          rootFromInclusion(digest, leaf, index, n, [...proof, leaf]),
          rootFromInclusion(digest, leaf, index, n, proof.slice(1)),
          rootFromInclusion(digest, leaf, n, n, proof),
          rootFromInclusion(digest, leaf, -1, n, proof),
        ];
        for (const root of attempts) expect(root === null || !sameBytes(root, rootOf(n))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is not made of a leaf that is not there', async () => {
    await expect(inclusionProof(digest, store, 5, 5)).rejects.toThrow(RangeError);
  });
});

describe('a proof of consistency', () => {
  it('shows for all sizes that one tree is the beginning of the other', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ([first, second]) => {
        const proof = await consistencyProof(digest, store, first, second);
        const older = { size: first, root: rootOf(first) };
        const newer = { size: second, root: rootOf(second) };
        expect(isBeginningOf(digest, older, newer, proof)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(isBeginningOf(digest, { size: 0, root: digest('') }, { size: 9, root: rootOf(9) }, [])).toBe(true);
  });

  it('shows nothing for a tree that was rewritten, a proof that was changed, or sizes that are not theirs', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async ([first, second], choice) => {
        fc.pre(first < second);
        const proof = await consistencyProof(digest, store, first, second);
        const older = { size: first, root: rootOf(first) };
        const newer = { size: second, root: rootOf(second) };
        const rewritten = [...leaves.slice(0, second)];
        rewritten[choice % first] = leafHash(digest, 'rewritten');
        const forged = await consistencyProof(digest, memorySource(digest, rewritten), first, second);
        const forgedRoot = { size: second, root: mth(rewritten) };
        const at = choice % proof.length;
        const flipped = proof.map((hash, i) =>
          i === at ? Uint8Array.from(hash, (b, k) => (k === choice % 32 ? b ^ 1 : b)) : hash,
        );
        expect(isBeginningOf(digest, older, forgedRoot, forged)).toBe(false);
        expect(isBeginningOf(digest, older, forgedRoot, proof)).toBe(false);
        expect(isBeginningOf(digest, older, newer, flipped)).toBe(false);
        expect(isBeginningOf(digest, older, newer, [...proof, digest('more')])).toBe(false);
        expect(isBeginningOf(digest, older, newer, proof.slice(1))).toBe(false);
        expect(isBeginningOf(digest, newer, older, proof)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
