// The vocabulary as bytes of a file: magic (8), version (u32), bytes of the description (u32), checksum of all that follows (u32), 0 (u32); then the description
// (JSON in ASCII: what it was trained on), zeros up to a multiple of 8, and directions, branches, leaves and medians. Little-endian.
import { fail } from '../../errors/index.js';
import { BRANCHES, CODE_BITS, DIMENSIONS, WORDS } from './layout.js';
import { Vocabulary, type VocabularyParts } from './vocabulary.js';

const MAGIC = 'RTWORDS\n';
const HEADER_BYTES = 24;
/** Rises with every other vocabulary: words and codes of two versions have nothing to do with one another. */
export const VOCABULARY_VERSION = 1;

/** What a vocabulary was trained on, so that a reader knows which pictures no accuracy may be claimed for. */
export interface TrainingSet {
  readonly trainedOn: readonly { readonly set: string; readonly licence: string; readonly pictures: number }[];
  readonly descriptors: number;
}

const DIRECTION_BYTES = CODE_BITS * DIMENSIONS;
const BRANCH_BYTES = BRANCHES * DIMENSIONS;
const LEAF_BYTES = WORDS * DIMENSIONS;
const MEDIAN_BYTES = WORDS * CODE_BITS * 2;

export const encodeVocabulary = (parts: VocabularyParts, training: TrainingSet): Uint8Array => {
  const text = Uint8Array.from(JSON.stringify(training), (letter) => letter.charCodeAt(0));
  const described = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(HEADER_BYTES + described + DIRECTION_BYTES + BRANCH_BYTES + LEAF_BYTES + MEDIAN_BYTES);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, VOCABULARY_VERSION, true);
  view.setUint32(12, text.length, true);
  bytes.set(text, HEADER_BYTES);
  let at = HEADER_BYTES + described;
  for (const part of [parts.directions, parts.branches, parts.leaves]) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.length), at);
    at += part.length;
  }
  parts.medians.forEach((median, i) => view.setInt16(at + 2 * i, median, true));
  view.setUint32(16, checksum(bytes.subarray(HEADER_BYTES)), true);
  return bytes;
};

/** Errors: VOCABULARY_INVALID (damaged, cut off, or something else), VOCABULARY_VERSION_UNSUPPORTED. */
export const decodeVocabulary = (bytes: Uint8Array): { vocabulary: Vocabulary; training: TrainingSet } => {
  const isOurs = bytes.length > HEADER_BYTES && [...MAGIC].every((letter, i) => bytes[i] === letter.charCodeAt(0));
  if (!isOurs) throw fail('VOCABULARY_INVALID', `${bytes.length} bytes do not begin as a vocabulary does`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(8, true);
  if (version !== VOCABULARY_VERSION)
    throw fail('VOCABULARY_VERSION_UNSUPPORTED', `version ${version}; this program reads ${VOCABULARY_VERSION}`);
  const textBytes = view.getUint32(12, true);
  const partsAt = HEADER_BYTES + Math.ceil(textBytes / 8) * 8;
  const expected = partsAt + DIRECTION_BYTES + BRANCH_BYTES + LEAF_BYTES + MEDIAN_BYTES;
  if (bytes.length !== expected)
    throw fail('VOCABULARY_INVALID', `${bytes.length} bytes where the header promises ${expected}`);
  if (view.getUint32(16, true) !== checksum(bytes.subarray(HEADER_BYTES)))
    throw fail('VOCABULARY_INVALID', 'the checksum does not hold');
  // A copy, so that the 16-bit values lie where they may (a slice of a Buffer is none).
  const parts = new Uint8Array(bytes.subarray(partsAt)).buffer;
  const leavesAt = DIRECTION_BYTES + BRANCH_BYTES;
  const vocabulary = new Vocabulary({
    directions: new Int8Array(parts, 0, DIRECTION_BYTES),
    branches: new Uint8Array(parts, DIRECTION_BYTES, BRANCH_BYTES),
    leaves: new Uint8Array(parts, leavesAt, LEAF_BYTES),
    medians: new Int16Array(parts, leavesAt + LEAF_BYTES, WORDS * CODE_BITS),
  });
  const text = String.fromCharCode(...bytes.subarray(HEADER_BYTES, HEADER_BYTES + textBytes));
  return { vocabulary, training: JSON.parse(text) as TrainingSet };
};

/** FNV-1a of 32 bits (Fowler, Noll, Vo): against damage, not against an adversary. */
const checksum = (bytes: Uint8Array): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
};
