// Public door of the indexes over signals.
export { BruteForceNearIndex } from './near/brute-force.js';
export {
  NEAR_HASH_BYTES,
  NEAR_REACH_BITS,
  type NearHit,
  type NearIndex,
  type SearchOptions,
} from './near/near-index.js';
export { mergeGroup, wastefulSegments } from './near/merge-plan.js';
export { ScopeSet } from './near/scope-set.js';
export { NearSegment, type NearPosting, type SegmentMarks } from './near/segment.js';
export {
  decodeSegment,
  encodeSegment,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  segmentFileBytes,
} from './near/segment-file.js';
export { SegmentedNearIndex, type SegmentedOptions } from './near/segmented.js';
export * from './exact/index.js';
export { SoundIndex } from './sound/sound-index.js';
export * from './words/index.js';
