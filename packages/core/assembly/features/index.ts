// Kernels of local features: scale space, extrema, orientations, descriptors (D. Lowe, "Distinctive image features from scale-invariant
// keypoints", IJCV 60, 2004; RootSIFT: Arandjelovic and Zisserman, CVPR 2012). packages/core/src/kernels/features lays out the memory.
export { resample } from './resample';
export { blur, double, halve, subtract } from './scale-space';
export { findExtrema } from './extrema';
export { orient } from './orient';
export { describe } from './describe';
