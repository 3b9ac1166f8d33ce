// Public door of the index of visual words.
export { WordIndex } from './word-index.js';
