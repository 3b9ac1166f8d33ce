// Public door of the Merkle tree.
export { blockSource } from './block-source.js';
export { isBeginningOf, rootFromInclusion, type TreeSize } from './check-proofs.js';
export { Frontier, type KeptNode } from './frontier.js';
export { emptyRoot, leafHash, nodeHash } from './hashes.js';
export { consistencyProof, inclusionProof } from './proofs.js';
export { rangeHash } from './subtree.js';
export { KEPT_LEVELS, memorySource, type TreeSource } from './tree-source.js';
