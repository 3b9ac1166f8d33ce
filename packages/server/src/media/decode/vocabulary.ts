// The vocabulary of visual words that comes with core, as a decoder child reads it: before it gives up its rights, since nobody may read nothing.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeVocabulary, VOCABULARY_VERSION, type Vocabulary } from '@redthread/core/kernels';

/** Errors: VOCABULARY_INVALID, VOCABULARY_VERSION_UNSUPPORTED; those of the file system. */
export const loadVocabulary = (): Vocabulary => {
  const file = import.meta.resolve(`@redthread/core/vocabulary/words-${VOCABULARY_VERSION}.bin`);
  return decodeVocabulary(readFileSync(fileURLToPath(file))).vocabulary;
};
