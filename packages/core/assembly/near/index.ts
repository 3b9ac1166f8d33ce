// Kernels of the near index: building a segment, searching it, comparing in a row, and the checksum of its file.
export { arrange, fillChunks, orderIds } from './build';
export { addToChecksum, beginChecksum, endChecksum } from './checksum';
export { writeFlips } from './flips';
export { distance } from './hamming';
export { spread } from './spread';
export { scan, scanSegment, search, slotOfPosting } from './search';
