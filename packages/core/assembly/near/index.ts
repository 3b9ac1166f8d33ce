// Kernels of the near index.
export { distance } from './hamming';
