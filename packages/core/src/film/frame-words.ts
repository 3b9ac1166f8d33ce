// Hashes of frames as words, side by side, so that all pairs of two films are compared quickly.
import type { Orientation } from '../kernels/orientation.js';
import type { Frame } from './time-line.js';
import { turnedHash } from './turned-hash.js';

const WORDS = 8;

/** Eight words a frame. */
export const frameWords = (frames: readonly Frame[], orientation: Orientation): Int32Array => {
  const bytes = new Uint8Array(frames.length * WORDS * 4);
  frames.forEach(({ hash }, i) =>
    bytes.set(orientation === 'upright' ? hash : turnedHash(hash, orientation), i * WORDS * 4),
  );
  return new Int32Array(bytes.buffer);
};
