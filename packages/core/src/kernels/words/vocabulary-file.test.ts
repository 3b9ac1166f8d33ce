// The vocabulary that is shipped says what it was trained on; one that is damaged, cut off, foreign or of another version is refused by code.
import { describe, expect, it } from 'vitest';
import { training, vocabulary, vocabularyBytes } from '../../../test-support/features.js';
import { CODE_BITS, decodeVocabulary, encodeVocabulary, NEAREST_WORDS, WORDS, type VocabularyParts } from './index.js';

const parts: VocabularyParts = {
  directions: Int8Array.from({ length: CODE_BITS * 128 }, (_, i) => ((i * 37) % 255) - 127),
  branches: Uint8Array.from({ length: 128 * 128 }, (_, i) => (i * 91) % 251),
  leaves: Uint8Array.from({ length: WORDS * 128 }, (_, i) => (i * 53) % 253),
  medians: Int16Array.from({ length: WORDS * CODE_BITS }, (_, i) => ((i * 7) % 4001) - 2000),
};
const descriptors = Uint8Array.from({ length: 50 * 128 }, (_, i) => (i * 29) % 200);

describe('a vocabulary as a file', () => {
  it('names every set that it was trained on, with its licence', () => {
    expect(training.trainedOn.length).toBeGreaterThan(3);
    for (const { licence, pictures, set } of training.trainedOn) {
      expect(set.length).toBeGreaterThan(5);
      expect(licence.length).toBeGreaterThan(3);
      expect(pictures).toBeGreaterThan(0);
    }
  });

  it('gives the words and codes that it gave before it was written, also from bytes that lie anywhere', () => {
    const bytes = encodeVocabulary(parts, { trainedOn: [], descriptors: 0 });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const direct = decodeVocabulary(bytes).vocabulary.wordsOf(descriptors);
    expect(decodeVocabulary(shifted.subarray(3)).vocabulary.wordsOf(descriptors)).toEqual(direct);
    expect(decodeVocabulary(Buffer.from(bytes)).vocabulary.wordsOf(descriptors)).toEqual(direct);
    expect(vocabulary.wordsOf(descriptors)).not.toEqual(direct);
    expect(direct.words.length).toBe(50 * NEAREST_WORDS);
  });

  it('is refused where a byte is wrong, missing or of another time', () => {
    const bytes = vocabularyBytes();
    const changed = bytes.slice();
    changed[2_000_000]! ^= 1;
    expect(() => decodeVocabulary(changed)).toThrow(/VOCABULARY_INVALID.*checksum/);
    expect(() => decodeVocabulary(bytes.subarray(0, 1_000_000))).toThrow(/VOCABULARY_INVALID.*1000000 bytes/);
    expect(() => decodeVocabulary(bytes.subarray(0, 10))).toThrow(/VOCABULARY_INVALID/);
    expect(() => decodeVocabulary(new Uint8Array(500))).toThrow(/VOCABULARY_INVALID/);
    const newer = bytes.slice();
    newer[8] = 9;
    expect(() => decodeVocabulary(newer)).toThrow(/VOCABULARY_VERSION_UNSUPPORTED.*9/);
  });
});
