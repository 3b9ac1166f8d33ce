export { PartIndex } from './part-index.js';
