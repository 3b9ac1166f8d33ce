// Kernels of visual words: the nearest words of descriptors, and the codes that tell descriptors of one word apart (Hamming embedding: Jegou, Douze,
// Schmid, "Improving bag-of-features for large scale image search", IJCV 87, 2010). packages/core/src/kernels/words lays out the memory.
export { assign } from './assign';
export { encode, project } from './encode';
