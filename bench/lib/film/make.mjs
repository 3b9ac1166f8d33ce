// Films and sounds of the suites `film` and `sound`, made by ffmpeg: from those of --data, or from drawn pictures over which a camera moves.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { drawPlanted } from '../../../packages/synth/dist/index.js';
import { comparableFile, createFileReader, filesBelow } from '../../../packages/server/dist/features/compare/index.js';

const run = promisify(execFile);
export const ffmpeg = (...words) => run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...words]);

/** Sets of these suites lie so far from those that anything was tuned on. */
const SEEDS_FROM = 70_000;
const SHOTS = 4;
const SHOT_S = 8;

export const filesOf = async (folder, pattern) => {
  const files = [];
  for await (const file of filesBelow(folder)) if (pattern.test(file)) files.push(file);
  return files.sort();
};

/** `count` films of four shots, each a camera that moves over a drawn room or card of its own. */
export const drawFilms = async ({ seed, tempDir, say }, count) => {
  say(`drawing ${count} films`);
  const set = await drawPlanted({
    seed: SEEDS_FROM + seed,
    pictures: count * SHOTS,
    edited: false,
    group: 1,
    out: join(tempDir, 'stills'),
  });
  const folder = join(tempDir, 'films');
  await mkdir(folder, { recursive: true });
  const films = [];
  for (let i = 0; i < count; i++) {
    const stills = set.pictures.slice(i * SHOTS, (i + 1) * SHOTS).map(({ file }) => file);
    const move =
      `scale=1280:960:force_original_aspect_ratio=increase,crop=1280:960,zoompan=z='1.3+0.2*sin(on/25)':` +
      `x='(iw-iw/zoom)*(0.5+0.5*sin(on/60))':y='(ih-ih/zoom)*(0.5+0.5*cos(on/50))':d=${SHOT_S * 10}:s=640x480:fps=10`;
    const shots = stills.map((_, k) => `[${k}:v]${move}[v${k}]`).join(';');
    const joined = `${stills.map((_, k) => `[v${k}]`).join('')}concat=n=${stills.length}`;
    const file = join(folder, `${i}.mp4`);
    await ffmpeg(
      ...stills.flatMap((still) => ['-i', still]),
      '-filter_complex',
      `${shots};${joined}`,
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-pix_fmt',
      'yuv420p',
      file,
    );
    films.push(file);
  }
  return films;
};

export const measured = async (files) => {
  const reader = createFileReader();
  const media = [];
  try {
    const unread = ({ detail, file }) => {
      throw new Error(`${file}: ${detail}`);
    };
    for await (const file of reader.read(files, unread))
      media.push({ ...comparableFile(file), durationMs: file.film?.durationMs ?? 0 });
  } finally {
    await reader.close();
  }
  return media;
};
