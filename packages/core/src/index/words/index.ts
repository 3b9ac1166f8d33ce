// Public door of the index of visual words.
export { WordIndex, type WordHit, type WordSearch } from './word-index.js';
