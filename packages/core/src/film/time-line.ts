// The time line of a film: its looked-at frames with their hashes, packed. 12 bytes of head (u32 frames, u32 duration in milliseconds, u8 form, 3 x 0), then for each
// frame 36: u16 milliseconds since the one before, u8 quality, u8 marks, 32 bytes of PDQ. All little-endian.
import { HASH_BYTES } from '../kernels/pdq/bits.js';

export const TIME_LINE_HEADER_BYTES = 12;
const FRAME_BYTES = 4 + HASH_BYTES;
const FORM = 1;
/** Where nothing was to be seen for longer, the frame before stands again. */
const LONGEST_STEP_MS = 65_535;
export const MOST_FRAMES = 1_000_000;
/** What the head can say: a file may name any time, and each step up to it would be a frame. */
export const LONGEST_MS = 0xffff_ffff;

/** What is known of a frame beside its hash. */
export const MARK = { key: 1, dark: 4, title: 8, inner: 16 } as const;
/** Frames of these never match: they look alike in many films. */
const SAYS_NOTHING = MARK.dark | MARK.title;
/** Under it a hash is mostly noise. */
export const LEAST_FRAME_QUALITY = 50;

export interface Frame {
  readonly timeMs: number;
  readonly quality: number;
  readonly marks: number;
  readonly hash: Uint8Array;
}

export interface TimeLine {
  readonly durationMs: number;
  /** By rising time; a frame with black borders stands a second time, as what lies within them. */
  readonly frames: readonly Frame[];
}

export const isComparable = ({ quality, marks }: Frame): boolean =>
  quality >= LEAST_FRAME_QUALITY && (marks & SAYS_NOTHING) === 0;

/** What a value says of its own length; -1 where it is too short to say anything, or of another form. */
export const timeLineBytes = (value: Uint8Array): number => {
  if (value.length < TIME_LINE_HEADER_BYTES || value[8] !== FORM) return -1;
  const frames = new DataView(value.buffer, value.byteOffset, value.length).getUint32(0, true);
  return frames > MOST_FRAMES ? -1 : TIME_LINE_HEADER_BYTES + frames * FRAME_BYTES;
};

export const packTimeLine = ({ durationMs, frames }: TimeLine): Uint8Array => {
  const timed = frames
    .slice(0, MOST_FRAMES)
    .map((frame) => (frame.timeMs > LONGEST_MS ? { ...frame, timeMs: LONGEST_MS } : frame));
  const steps = timed.flatMap((frame, i) => repeatedUntil(timed[i - 1], frame)).slice(0, MOST_FRAMES);
  const value = new Uint8Array(TIME_LINE_HEADER_BYTES + steps.length * FRAME_BYTES);
  const view = new DataView(value.buffer);
  view.setUint32(0, steps.length, true);
  view.setUint32(4, Math.min(LONGEST_MS, Math.max(0, Math.round(durationMs))), true);
  view.setUint8(8, FORM);
  let before = 0;
  steps.forEach(({ hash, marks, quality, timeMs }, i) => {
    const at = TIME_LINE_HEADER_BYTES + i * FRAME_BYTES;
    view.setUint16(at, timeMs - before, true);
    view.setUint8(at + 2, quality);
    view.setUint8(at + 3, marks);
    value.set(hash, at + 4);
    before = timeMs;
  });
  return value;
};

const repeatedUntil = (before: Frame | undefined, frame: Frame): Frame[] => {
  const shown = before ?? { ...frame, timeMs: 0, quality: 0 };
  const between: Frame[] = [];
  for (let timeMs = shown.timeMs + LONGEST_STEP_MS; timeMs < frame.timeMs; timeMs += LONGEST_STEP_MS)
    between.push({ ...shown, timeMs });
  return [...between, frame];
};

/** The time line of a valid value. */
export const unpackTimeLine = (value: Uint8Array): TimeLine => {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const count = view.getUint32(0, true);
  const frames: Frame[] = [];
  let timeMs = 0;
  for (let i = 0; i < count; i++) {
    const at = TIME_LINE_HEADER_BYTES + i * FRAME_BYTES;
    timeMs += view.getUint16(at, true);
    const hash = value.subarray(at + 4, at + FRAME_BYTES);
    frames.push({ timeMs, quality: Math.min(100, value[at + 2]!), marks: value[at + 3]!, hash });
  }
  return { durationMs: Math.max(view.getUint32(4, true), timeMs), frames };
};
