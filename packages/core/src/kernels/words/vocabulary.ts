// The vocabulary: 16,384 visual words in a tree of two storeys, and for each the medians that make codes of descriptors. Trained by
// scripts/train-vocabulary.mjs on pictures that are named in the file; read from bytes, without I/O.
import { fail } from '../../errors/index.js';
import { createMemory, instantiate } from '../../wasm/index.js';
import { words as kernelBytes } from '../../wasm/generated/words.js';
import { BRANCHES, CODE_BITS, CODE_BYTES, DESCRIPTORS_AT_ONCE, DIMENSIONS, NEAREST_WORDS, WORDS } from './layout.js';

/** What a vocabulary is made of. Centres are bytes, as descriptors are. */
export interface VocabularyParts {
  /** 64 x 128 directions of -127..127. */
  readonly directions: Int8Array;
  readonly branches: Uint8Array;
  readonly leaves: Uint8Array;
  /** 64 for each word. */
  readonly medians: Int16Array;
}

export interface WordsOfFeatures {
  /** `NEAREST_WORDS` for each descriptor, nearest first. */
  readonly words: Uint16Array;
  /** 8 bytes for each of those. */
  readonly codes: Uint8Array;
}

interface Exports {
  assign(
    descriptors: number,
    count: number,
    branches: number,
    branchLengths: number,
    leaves: number,
    leafLengths: number,
    words: number,
    room: number,
  ): void;
  project(descriptors: number, count: number, directions: number, output: number, room: number): void;
  encode(
    projections: number,
    words: number,
    count: number,
    perDescriptor: number,
    medians: number,
    codes: number,
  ): void;
}

const places = () => {
  let end = 64;
  const place = (bytes: number): number => {
    const at = Math.ceil(end / 64) * 64;
    end = at + bytes;
    return at;
  };
  return {
    directions: place(CODE_BITS * DIMENSIONS * 2),
    branches: place(BRANCHES * DIMENSIONS * 2),
    branchLengths: place(BRANCHES * 4),
    leaves: place(WORDS * DIMENSIONS * 2),
    leafLengths: place(WORDS * 4),
    medians: place(WORDS * CODE_BITS * 2),
    descriptors: place(DESCRIPTORS_AT_ONCE * DIMENSIONS),
    words: place(DESCRIPTORS_AT_ONCE * NEAREST_WORDS * 2),
    projections: place(DESCRIPTORS_AT_ONCE * CODE_BITS * 2),
    codes: place(DESCRIPTORS_AT_ONCE * NEAREST_WORDS * CODE_BYTES),
    room: place(1_024),
    bytes: end + 64,
  };
};

const AT = places();

export class Vocabulary {
  readonly #run: Exports;
  readonly #buffer: ArrayBuffer | SharedArrayBuffer;

  constructor({ directions, branches, leaves, medians }: VocabularyParts) {
    const memory = createMemory(AT.bytes, 'plain');
    this.#buffer = memory.buffer;
    this.#run = instantiate<Exports>(kernelBytes, memory);
    new Int16Array(this.#buffer, AT.directions).set(directions);
    new Int16Array(this.#buffer, AT.branches).set(branches);
    new Int16Array(this.#buffer, AT.leaves).set(leaves);
    new Int16Array(this.#buffer, AT.medians).set(medians);
    new Int32Array(this.#buffer, AT.branchLengths).set(squaredLengths(branches));
    new Int32Array(this.#buffer, AT.leafLengths).set(squaredLengths(leaves));
  }

  /** Words and codes of descriptors of 128 bytes each. */
  wordsOf(descriptors: Uint8Array): WordsOfFeatures {
    const count = descriptors.length / DIMENSIONS;
    if (!Number.isInteger(count)) throw fail('HASH_INVALID', `${descriptors.length} bytes are no whole descriptors`);
    const words = new Uint16Array(count * NEAREST_WORDS);
    const codes = new Uint8Array(count * NEAREST_WORDS * CODE_BYTES);
    for (let from = 0; from < count; from += DESCRIPTORS_AT_ONCE) {
      const some = Math.min(DESCRIPTORS_AT_ONCE, count - from);
      this.#assign(descriptors.subarray(from * DIMENSIONS, (from + some) * DIMENSIONS), some);
      this.#run.project(AT.descriptors, some, AT.directions, AT.projections, AT.room);
      this.#run.encode(AT.projections, AT.words, some, NEAREST_WORDS, AT.medians, AT.codes);
      const found = some * NEAREST_WORDS;
      words.set(new Uint16Array(this.#buffer, AT.words, found), from * NEAREST_WORDS);
      codes.set(new Uint8Array(this.#buffer, AT.codes, found * CODE_BYTES), from * NEAREST_WORDS * CODE_BYTES);
    }
    return { words, codes };
  }

  /** Projections of descriptors along the 64 directions, for training. */
  projectionsOf(descriptors: Uint8Array): Int16Array {
    const count = descriptors.length / DIMENSIONS;
    const all = new Int16Array(count * CODE_BITS);
    for (let from = 0; from < count; from += DESCRIPTORS_AT_ONCE) {
      const some = Math.min(DESCRIPTORS_AT_ONCE, count - from);
      const part = descriptors.subarray(from * DIMENSIONS, (from + some) * DIMENSIONS);
      new Uint8Array(this.#buffer, AT.descriptors).set(part);
      this.#run.project(AT.descriptors, some, AT.directions, AT.projections, AT.room);
      all.set(new Int16Array(this.#buffer, AT.projections, some * CODE_BITS), from * CODE_BITS);
    }
    return all;
  }

  #assign(descriptors: Uint8Array, count: number): void {
    new Uint8Array(this.#buffer, AT.descriptors).set(descriptors);
    const { branches, branchLengths, leaves, leafLengths, words, room } = AT;
    this.#run.assign(AT.descriptors, count, branches, branchLengths, leaves, leafLengths, words, room);
  }
}

const squaredLengths = (centres: Uint8Array): Int32Array =>
  Int32Array.from({ length: centres.length / DIMENSIONS }, (_, i) => {
    let sum = 0;
    for (let k = i * DIMENSIONS; k < (i + 1) * DIMENSIONS; k++) sum += centres[k]! * centres[k]!;
    return sum;
  });
