// Shots of a film, from its time line: a new one begins where a frame looks unlike the one before.
import { distanceBits256 } from '../kernels/hamming.js';
import { MARK, type Frame } from './time-line.js';

/** Two frames of one shot seldom differ by so much within a second. */
const CUT_BITS = 90;

/** First frames of the shots; what lies within black borders does not count. */
export const shotsOf = (frames: readonly Frame[]): readonly Frame[] => {
  const whole = frames.filter(({ marks }) => (marks & MARK.inner) === 0);
  return whole.filter((frame, i) => {
    const before = whole[i - 1];
    return before === undefined || distanceBits256(before.hash, frame.hash) > CUT_BITS;
  });
};
