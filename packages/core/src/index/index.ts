// Public door of the indexes over signals.
export { BruteForceNearIndex } from './near/brute-force.js';
export { MultiIndexNearIndex } from './near/multi-index.js';
export { NEAR_HASH_BYTES, NEAR_REACH_BITS, type NearHit, type NearIndex } from './near/near-index.js';
