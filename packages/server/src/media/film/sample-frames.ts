// Frames of a film through ffmpeg: its key frames alone, two a second, or each. Grey, with the time of each.
import { MOST_FRAMES } from '@redthread/core/film';
import type { RandomAccess } from '../walk/index.js';
import { runFfmpeg, type FfmpegEnd, type FfmpegLimits } from './ffmpeg.js';
import { LumaFrames, type FrameSize } from './luma-frames.js';
import { streamable } from './streamable.js';

/** `keys`: what can be decoded by itself, some hundred times as fast as it plays. `seconds`: two frames a second. `every`: all. */
export type Sampling = 'keys' | 'seconds' | 'every';

export interface SampledFrame {
  /** 0 where ffmpeg has not yet said. */
  readonly index: number;
  readonly luma: Uint8Array;
  readonly size: FrameSize;
}

export interface Sampled {
  readonly end: FfmpegEnd;
  /** Times of the frames that were handed out. */
  readonly timesMs: readonly number[];
  /** Size of the film as it is shown; null where there was no frame. */
  readonly size: FrameSize | null;
  readonly said: FilmMessages;
}

/** What ffmpeg said of the file, as far as we read it. */
export interface FilmMessages {
  readonly durationMs: number | null;
  /** It has streams, but none of pictures. */
  readonly hasNoStream: boolean;
  readonly hasNoCodec: boolean;
  readonly isDamaged: boolean;
  /** The system refused it memory. */
  readonly hasNoMemory: boolean;
  /** Of the program. */
  readonly version: string;
}

/** A larger frame is made smaller before it comes to us; vPDQ looks at frames as they are, and of those that are larger one sees no more. */
const SIDE = 1_920;
const SCALE = `scale=w='iw*min(1\\,${SIDE}/max(iw\\,ih))':h='ih*min(1\\,${SIDE}/max(iw\\,ih))':flags=area`;

/** What a decoder is told to leave out: all but key frames, and, of frames that no other refers to, all (half of them, in most films). */
export const KEYS_ALONE = ['-skip_frame', 'nokey'] as const;
export const WITHOUT_UNREFERRED = ['-skip_frame', 'noref', '-skip_loop_filter', 'noref'] as const;

const CHOICE: Readonly<Record<Sampling, { readonly decoder: readonly string[]; readonly filter: string }>> = {
  keys: { decoder: KEYS_ALONE, filter: '' },
  seconds: {
    decoder: WITHOUT_UNREFERRED,
    filter: "select='isnan(prev_selected_t)+gte(t-prev_selected_t\\,0.49)',",
  },
  every: { decoder: [], filter: '' },
};

/** A film of small frames may have millions of them. Two a second, and key frames of any film that was made to be played, are far fewer. */
const MOST_OF: Readonly<Record<Sampling, number>> = { keys: 200_000, seconds: 200_000, every: MOST_FRAMES };

export const sampleFrames = async (
  file: RandomAccess,
  demuxer: string,
  sampling: Sampling,
  limits: FfmpegLimits,
  onFrame: (frame: SampledFrame) => void,
): Promise<Sampled> => {
  const { decoder, filter } = CHOICE[sampling];
  const messages = new Messages();
  let index = 0;
  const frames = new LumaFrames((luma, size) => onFrame({ index: index++, luma, size }));
  const end = await runFfmpeg({
    demuxer,
    inputOptions: decoder,
    // V: a picture that is attached to a sound is not a film.
    outputOptions: [
      ...['-map', '0:V:0', '-an', '-sn', '-dn', '-vf', `${filter}showinfo=checksum=0,${SCALE},format=gray`],
      ...['-vsync', 'passthrough', '-frames:v', String(MOST_OF[sampling]), '-f', 'yuv4mpegpipe'],
    ],
    input: streamable(file, demuxer),
    limits,
    onOutput: (piece) => frames.take(piece),
    onMessage: (line) => messages.take(line),
  });
  // A frame that was killed in the making was told of, but not handed out.
  return { end, timesMs: messages.timesMs.slice(0, index), size: messages.size, said: messages };
};

const FRAME = /^\[Parsed_showinfo_\d+ @ 0x[0-9a-f]+\] n: *\d+ pts:.* pts_time:(-?[\d.e+-]+) .* s:(\d{1,5})x(\d{1,5}) /;
const VERSION = /^ffmpeg version ([\w.+~:-]{1,60})/;
const DURATION = /^ {2}Duration: (\d+):(\d\d):(\d\d\.\d+)/;
const DAMAGED =
  /error while decoding|Invalid data found|partial file|ended prematurely|corrupt|truncat|invalid as first byte|moov atom not found|concealing \d+/i;

/** No film is longer. A time beyond it is of a damaged file, or of one that is made to keep us busy: a time line has an entry at least every minute. */
const LATEST_MS = 7 * 86_400_000;
const inMs = (seconds: number): number => Math.min(LATEST_MS, Math.max(0, Math.round(seconds * 1000) || 0));

/** Lines of ffmpeg; their text goes no further, since it may quote the file. */
export class Messages implements FilmMessages {
  readonly timesMs: number[] = [];
  size: FrameSize | null = null;
  durationMs: number | null = null;
  #hasStreams = false;
  #matchesNone = false;
  hasNoCodec = false;
  isDamaged = false;
  hasNoMemory = false;
  version = 'of unknown version';

  get hasNoStream(): boolean {
    return this.#hasStreams && this.#matchesNone;
  }

  take(line: string): void {
    const frame = FRAME.exec(line);
    if (frame !== null) {
      this.timesMs.push(inMs(Number(frame[1])));
      this.size ??= { widthPx: Number(frame[2]), heightPx: Number(frame[3]) };
      return;
    }
    const version = VERSION.exec(line);
    if (version?.[1] !== undefined) this.version = version[1];
    const duration = DURATION.exec(line);
    if (duration !== null)
      this.durationMs = inMs(Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]));
    if (/^ {2}Stream #0:\d/.test(line)) this.#hasStreams = true;
    if (line.includes('matches no streams')) this.#matchesNone = true;
    if (/Unknown decoder|Decoder .* not found|no decoder found/i.test(line)) this.hasNoCodec = true;
    if (line.includes('Cannot allocate memory')) this.hasNoMemory = true;
    if (DAMAGED.test(line)) this.isDamaged = true;
  }
}
