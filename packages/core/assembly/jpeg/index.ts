// Luma of a baseline JPEG at a quarter of its size, straight from the entropy-coded data (ITU-T T.81, annex F).
export { decodeScan } from './scan';
