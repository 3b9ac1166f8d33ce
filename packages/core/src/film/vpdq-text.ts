// The text form of vPDQ (facebook/ThreatExchange): a line a frame, `number,quality,hash,seconds`. Read and written, so that time lines travel.
import { fail } from '../errors/index.js';
import { hashFromHex, hashToHex } from '../kernels/pdq/bits.js';
import { MARK, MOST_FRAMES, type Frame, type TimeLine } from './time-line.js';

const LINE = /^\s*(\d{1,9})\s*,\s*(\d{1,3})\s*,\s*([0-9a-fA-F]{64})\s*,\s*(\d{1,9}(?:\.\d{1,9})?)\s*$/;

/** Whole frames alone: what lies within black borders has no place in the form. */
export const vpdqText = ({ frames }: TimeLine): string =>
  frames
    .filter(({ marks }) => (marks & MARK.inner) === 0)
    .map(({ hash, quality, timeMs }, i) => `${i},${quality},${hashToHex(hash)},${(timeMs / 1000).toFixed(3)}\n`)
    .join('');

/** Errors: HASH_INVALID, naming the line. */
export const readVpdqText = (text: string): TimeLine => {
  const frames: Frame[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const [, , quality, hash, seconds] = LINE.exec(line) ?? [];
    if (hash === undefined || Number(quality) > 100)
      throw fail(
        'HASH_INVALID',
        `line ${i + 1} is not number,quality,hash,seconds: ${JSON.stringify(line.slice(0, 120))}`,
      );
    const timeMs = Math.round(Number(seconds) * 1000);
    if (timeMs < (frames.at(-1)?.timeMs ?? 0))
      throw fail('HASH_INVALID', `line ${i + 1} is earlier than the line before`);
    frames.push({ timeMs, quality: Number(quality), marks: 0, hash: hashFromHex(hash) });
    if (frames.length > MOST_FRAMES) throw fail('HASH_INVALID', `more than ${MOST_FRAMES} frames`);
  });
  return { durationMs: frames.at(-1)?.timeMs ?? 0, frames };
};
