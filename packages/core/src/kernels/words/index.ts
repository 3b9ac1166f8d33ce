// Public door of the kernels of visual words.
export { BRANCHES, CODE_BITS, CODE_BYTES, DIMENSIONS, LEAVES, NEAREST_WORDS, WORDS } from './layout.js';
export { Vocabulary, type VocabularyParts, type WordsOfFeatures } from './vocabulary.js';
export { decodeVocabulary, encodeVocabulary, VOCABULARY_VERSION, type TrainingSet } from './vocabulary-file.js';
