// Films and sounds as files: encoded, and edited, by the ffmpeg of the machine. One thread and nothing of its own in the file, so that the same version gives the same bytes.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TUNE_RATE_HZ } from './tune.js';
import { FILM } from './walk.js';

const run = promisify(execFile);
const EXACT = [
  '-threads',
  '1',
  '-map_metadata',
  '-1',
  '-fflags',
  '+bitexact',
  '-flags:v',
  '+bitexact',
  '-flags:a',
  '+bitexact',
];

const ffmpeg = async (...words: readonly string[]): Promise<void> => {
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...words]);
};

/** Whether films can be made here. */
export const hasFfmpeg = (): Promise<boolean> =>
  run('ffmpeg', ['-version']).then(
    () => true,
    () => false,
  );

/** What is done to a film to make another file of it; of the last only its sound is left. */
export type FilmEdit = 'whole' | 're-encoded' | 'excerpt' | 'letterboxed' | 'cropped' | 'faster' | 'sound alone';

/** Seconds of the film that an excerpt, and a sound alone, are. */
export const EXCERPT = { fromS: 2, forS: 7 } as const;
const FASTER = 1.1;

const H264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '10'];
const AAC = ['-c:a', 'aac', '-b:a', '64k'];
const CUT = ['-ss', String(EXCERPT.fromS), '-t', String(EXCERPT.forS)];

/** Whether a film that was edited so is the same content as a whole. */
export const isWholeEdit = (edit: FilmEdit): boolean => !['excerpt', 'cropped', 'sound alone'].includes(edit);

export const filmExtension = (edit: FilmEdit): string =>
  edit === 'sound alone' ? 'wav' : edit === 're-encoded' ? 'webm' : 'mp4';

interface RawFilm {
  /** Files of bare frames and of bare samples. */
  readonly frames: string;
  readonly samples: string;
}

export const encodeFilm = ({ frames, samples }: RawFilm, to: string): Promise<void> =>
  ffmpeg(
    ...[
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-s',
      `${FILM.width}x${FILM.height}`,
      '-r',
      String(FILM.framesPerSecond),
      '-i',
      frames,
    ],
    ...['-f', 's16le', '-ar', String(TUNE_RATE_HZ), '-ac', '1', '-i', samples],
    ...['-r', '10', ...H264, '-crf', '22', ...AAC, '-shortest', ...EXACT, to],
  );

const EDITS: Readonly<
  Record<Exclude<FilmEdit, 'whole'>, { readonly input: readonly string[]; readonly output: readonly string[] }>
> = {
  're-encoded': {
    input: [],
    output: [
      '-vf',
      'scale=240:180',
      '-c:v',
      'libvpx',
      '-b:v',
      '200k',
      '-deadline',
      'good',
      '-cpu-used',
      '4',
      '-c:a',
      'libopus',
      '-b:a',
      '32k',
    ],
  },
  excerpt: { input: CUT, output: [...H264, '-crf', '28', ...AAC] },
  letterboxed: { input: [], output: ['-vf', 'pad=iw:ih*4/3:0:(oh-ih)/2', ...H264, '-crf', '26', ...AAC] },
  cropped: { input: [], output: ['-vf', 'crop=iw*0.8:ih*0.8', ...H264, '-crf', '24', '-an'] },
  faster: {
    input: [],
    output: ['-vf', `setpts=PTS/${FASTER}`, '-af', `atempo=${FASTER}`, ...H264, '-crf', '24', ...AAC],
  },
  'sound alone': { input: CUT, output: ['-vn', '-ar', '16000', '-c:a', 'pcm_s16le'] },
};

export const editFilm = (edit: Exclude<FilmEdit, 'whole'>, from: string, to: string): Promise<void> => {
  const { input, output } = EDITS[edit];
  return ffmpeg(...input, '-i', from, ...output, ...EXACT, to);
};
