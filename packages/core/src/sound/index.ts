// Public door of sound: its words, and where two sounds agree.
export { ChromaWords, SOUND_RATE_HZ, WORD_SPAN_S, WORD_STEP_S } from './chroma-words.js';
export { compareSounds, LEAST_WORDS, type SoundLine, type SoundSegment } from './compare-words.js';
export { Loudness, LOUDNESS_BARS } from './loudness.js';
export { MOST_WORDS, packSoundLine, SOUND_HEADER_BYTES, soundLineBytes, unpackSoundLine } from './sound-line.js';
