// Kernels of PDQ: luma, tent filter, transform, bits. Sums are rounded to single precision in the order of the published program,
// so that hashes agree with it bit for bit. packages/core/src/kernels/pdq/kernel.ts lays out the memory.
export { luma } from './luma';
export { sweep } from './box-filter';
export { transpose } from './transpose';
export { lowFrequencies } from './dct';
export { gradients } from './quality';
export { hashPair } from './bits';
