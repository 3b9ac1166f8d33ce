// Public door of the kernels of local features.
export { extractFeatures, type FeatureOptions, type LocalFeatures } from './local-features.js';
export { mirroredDescriptors } from './mirror.js';
export {
  FEATURE_LIMIT,
  featureSetOf,
  HEADER_BYTES as FEATURE_HEADER_BYTES,
  INDEXED_LIMIT,
  mirrored,
  packFeatures,
  statedBytes,
  unpackFeatures,
  type FeatureSet,
} from './feature-set.js';
