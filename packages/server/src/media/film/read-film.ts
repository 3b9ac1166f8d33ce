// A film as it is compared: its key frames, and two frames a second where these lie far apart; each hashed, some of them looked at for local features as well.
import { fail, type ItemErrorCode } from '@redthread/core/errors';
import { lookAtFrame, MARK, type Frame } from '@redthread/core/film';
import type { Vocabulary } from '@redthread/core/kernels';
import { filmFramesSignal, filmPartsSignal, partOfFrame, type FilmPart, type Signal } from '@redthread/core/signals';
import type { RandomAccess } from '../walk/index.js';
import type { FfmpegLimits } from './ffmpeg.js';
import type { FrameSize } from './luma-frames.js';
import { stoppedOf, troubleOf, type Stopped } from './trouble.js';
import { sampleFrames, type SampledFrame, type Sampling } from './sample-frames.js';

export interface FilmPicture {
  readonly size: FrameSize;
  readonly durationMs: number;
  readonly signals: readonly Signal[];
  readonly notes: readonly ItemErrorCode[];
  /** What ended it before it had seen all; what it had seen until then is here. */
  readonly stopped: Stopped | null;
  /** Which program decoded it, and which of its frames. */
  readonly decoder: string;
}

/** Key frames that lie farther apart are not enough. */
const FAR_APART_MS = 4_000;
/** Fewer frames than this make no time line: a short film is looked at closely. */
const ENOUGH_FRAMES = 40;
/** Between two frames that are looked at for local features. */
const PART_STEP_MS = 4_000;
const FRAME_STEP_MS = 500;
const MOST_PARTS = 600;

export interface FilmOptions {
  readonly limits: FfmpegLimits;
  readonly vocabulary: Vocabulary;
  /** Each frame, as the reference program of vPDQ looks at them; no local features. */
  readonly isExact: boolean;
}

/**
 * The pictures of a film. Errors: FILM_NO_PICTURE, FILM_CODEC_MISSING, FILM_CORRUPT; DECODER_TIMEOUT, DECODER_MEMORY and DECODER_DIED where nothing was
 * decoded before; FILM_DECODER_MISSING.
 */
export const readFilm = async (file: RandomAccess, demuxer: string, options: FilmOptions): Promise<FilmPicture> => {
  if (options.isExact) return finished([await pass(file, demuxer, 'every', options, [])]);
  const keys = await pass(file, demuxer, 'keys', options, []);
  const durationMs = keys.durationMs;
  const isSparse = [...keys.timesMs, durationMs].some((time, i, all) => time - (all[i - 1] ?? 0) > FAR_APART_MS);
  const isEnough = !isSparse && keys.frames.length >= ENOUGH_FRAMES;
  // What was stopped once in the quicker way is not begun in the slower one.
  if (isEnough || keys.stopped !== null) return finished([keys]);
  return finished([
    keys,
    await pass(
      file,
      demuxer,
      'seconds',
      options,
      keys.parts.map(({ timeMs }) => timeMs),
    ),
  ]);
};

interface Pass {
  readonly frames: readonly Frame[];
  readonly parts: readonly FilmPart[];
  readonly timesMs: readonly number[];
  readonly durationMs: number;
  readonly size: FrameSize | null;
  readonly trouble: ItemErrorCode | null;
  readonly stopped: Stopped | null;
  readonly isDamaged: boolean;
  readonly sampling: Sampling;
  readonly version: string;
}

const pass = async (
  file: RandomAccess,
  demuxer: string,
  sampling: Sampling,
  { isExact, limits, vocabulary }: FilmOptions,
  lookedAtMs: readonly number[],
): Promise<Pass> => {
  const looks: (readonly Frame[])[] = [];
  const parts: { readonly index: number; readonly part: Omit<FilmPart, 'timeMs'> }[] = [];
  const marks = sampling === 'keys' ? MARK.key : 0;
  let lastPart = -Infinity;
  const look = ({ index, luma, size }: SampledFrame): void => {
    const frames = lookAtFrame(luma, size.widthPx, size.heightPx, { marks, timeMs: 0 });
    looks.push(frames);
    // Where key frames are taken alone, each may be the first of a shot.
    const isDue = sampling === 'keys' ? true : index - lastPart >= PART_STEP_MS / FRAME_STEP_MS;
    const roughMs = index * FRAME_STEP_MS;
    const isLookedAt = sampling === 'seconds' && lookedAtMs.some((time) => Math.abs(time - roughMs) < PART_STEP_MS / 2);
    if (isExact || !isDue || isLookedAt || parts.length >= MOST_PARTS) return;
    lastPart = index;
    const part = partOfFrame(luma, size.widthPx, size.heightPx, vocabulary);
    if (part !== null) parts.push({ index, part });
  };
  const sampled = await sampleFrames(file, demuxer, sampling, limits, look);
  const { end, said, size, timesMs } = sampled;
  const frames = looks
    .slice(0, timesMs.length)
    .flatMap((pair, i) => pair.map((frame) => ({ ...frame, timeMs: timesMs[i]! })));
  return {
    frames,
    parts: parts.flatMap(({ index, part }) =>
      timesMs[index] === undefined ? [] : [{ ...part, timeMs: timesMs[index] }],
    ),
    timesMs,
    durationMs: Math.max(said.durationMs ?? 0, timesMs.at(-1) ?? 0),
    size,
    trouble: timesMs.length > 0 ? null : troubleOf(end, said),
    stopped: stoppedOf(end, said),
    isDamaged: said.isDamaged || end === 'failed',
    sampling,
    version: said.version,
  };
};

const finished = (passes: readonly Pass[]): FilmPicture => {
  const size = passes.find((one) => one.size !== null)?.size ?? null;
  const last = passes[passes.length - 1]!;
  if (size === null || passes.every(({ trouble }) => trouble !== null))
    throw fail(last.trouble ?? 'FILM_CORRUPT', 'no frame of it could be decoded');
  const durationMs = Math.max(...passes.map((one) => one.durationMs));
  const frames = merged(passes.map((one) => one.frames));
  const parts = passes.flatMap((one) => one.parts).sort((x, y) => x.timeMs - y.timeMs);
  return {
    size,
    durationMs,
    signals: [filmFramesSignal({ durationMs, frames }), ...(parts.length > 0 ? [filmPartsSignal(parts)] : [])],
    notes: passes.some((one) => one.isDamaged || one.trouble !== null) ? ['FILM_DAMAGED'] : [],
    stopped: passes.find(({ stopped }) => stopped !== null)?.stopped ?? null,
    decoder: `ffmpeg ${last.version} frames=${passes.map((one) => one.sampling).join('+')}`,
  };
};

/** By time; of a frame that two passes saw, one. */
const merged = (passes: readonly (readonly Frame[])[]): Frame[] => {
  const seen = new Set<string>();
  const all = passes.flat().filter(({ marks, timeMs }) => {
    const key = `${timeMs} ${marks & MARK.inner}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return all.sort((x, y) => x.timeMs - y.timeMs || (x.marks & MARK.inner) - (y.marks & MARK.inner));
};
