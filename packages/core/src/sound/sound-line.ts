// The words of a sound, packed. 12 bytes of head (u32 words, u32 duration in milliseconds, u8 form, 3 x 0), then the words, u32 each, little-endian; silence is 0.
import type { SoundLine } from './compare-words.js';

export const SOUND_HEADER_BYTES = 12;
const FORM = 1;
const WORD_BYTES = 4;
export const MOST_WORDS = 4_000_000;

/** What a value says of its own length; -1 where it is too short to say anything, or of another form. */
export const soundLineBytes = (value: Uint8Array): number => {
  if (value.length < SOUND_HEADER_BYTES || value[8] !== FORM) return -1;
  const words = new DataView(value.buffer, value.byteOffset, value.length).getUint32(0, true);
  return words > MOST_WORDS ? -1 : SOUND_HEADER_BYTES + words * WORD_BYTES;
};

export const packSoundLine = ({ durationMs, heard, words }: SoundLine): Uint8Array => {
  const value = new Uint8Array(SOUND_HEADER_BYTES + words.length * WORD_BYTES);
  const view = new DataView(value.buffer);
  view.setUint32(0, words.length, true);
  view.setUint32(4, Math.max(0, Math.round(durationMs)), true);
  view.setUint8(8, FORM);
  // A word that is 0 by itself is told from silence by one bit.
  words.forEach((word, i) => view.setUint32(SOUND_HEADER_BYTES + i * WORD_BYTES, heard[i] === 0 ? 0 : word || 1, true));
  return value;
};

/** The words of a valid value. */
export const unpackSoundLine = (value: Uint8Array): SoundLine => {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const words = Uint32Array.from({ length: view.getUint32(0, true) }, (_, i) =>
    view.getUint32(SOUND_HEADER_BYTES + i * WORD_BYTES, true),
  );
  return { durationMs: view.getUint32(4, true), words, heard: Uint8Array.from(words, (word) => Number(word !== 0)) };
};
