// Sounds that were cut and re-encoded: how many are found at their places, how many others are matched, and what a minute costs.
import { join } from 'node:path';
import { compareMedia } from '../../packages/core/dist/graph/index.js';
import { ffmpeg, filesOf, measured } from '../lib/film/make.mjs';

const IS_SOUND = /\.(ogg|mp3|m4a|wav|flac|opus)$/i;
const MELODIES = 10;
const MELODY_S = 60;
const PLACES = [0.1, 0.3, 0.5, 0.7, 0.9];
const NEAR_MS = 1_500;

const melody = (seed) => {
  const note = (rate, salt, notes) =>
    `pow(2\\,floor(${notes}*mod(abs(sin((floor(t*${rate})+1)*(12.9898+${salt})*${seed})*43758.5)\\,1))/12)`;
  return `aevalsrc='0.3*sin(2*PI*t*220*${note(4, 1, 24)})+0.2*sin(2*PI*t*147*${note(3, 5, 12)})':d=${MELODY_S}:s=44100`;
};

const draw = async ({ seed, tempDir }) => {
  const files = [];
  for (let i = 0; i < MELODIES; i++) {
    const file = join(tempDir, `melody-${i}.wav`);
    await ffmpeg('-f', 'lavfi', '-i', melody(71_000 + seed * 100 + i), file);
    files.push(file);
  }
  return files;
};

export const prepare = async (context) => {
  const files = context.dataDir === null ? await draw(context) : await filesOf(context.dataDir, IS_SOUND);
  const sounds = await measured(files);
  const set =
    context.dataDir === null
      ? `${sounds.length} drawn melodies of seed ${context.seed}`
      : `${sounds.length} sounds of ${context.dataDir}`;
  return { sounds, set };
};

const excerptRow = (name, seconds, bar) => ({
  name,
  unit: 'share found',
  better: 'higher',
  bar,
  runs: 1,
  run: async ({ say, tempDir }, { set, sounds }) => {
    const made = [];
    for (const [i, sound] of sounds.entries())
      for (const place of PLACES) {
        const startMs = Math.round(place * (sound.durationMs - seconds * 1_000));
        if (startMs < 0) continue;
        const file = join(tempDir, `${name}-${i}-${startMs}.m4a`);
        await ffmpeg(
          '-ss',
          String(startMs / 1_000),
          '-t',
          String(seconds),
          '-i',
          sound.file,
          '-vn',
          '-c:a',
          'aac',
          '-b:a',
          '32k',
          file,
        );
        made.push({ file, sound, startMs });
      }
    const media = await measured(made.map(({ file }) => file));
    let wrong = 0;
    const found = made.filter(({ sound, startMs }, i) => {
      for (const other of sounds) if (other !== sound && compareMedia(other, media[i]).grade !== 'none') wrong += 1;
      const [reason] = compareMedia(sound, media[i]).reasons;
      return reason !== undefined && Math.abs(reason.where.a.timeRange.startMs - startMs) <= NEAR_MS;
    }).length;
    say(`${name}: ${wrong} matches with other sounds`);
    return {
      value: found / made.length,
      n: made.length,
      set: `${made.length} excerpts of ${seconds} s, AAC at 32 kb/s, of ${set}`,
    };
  },
});

export const rows = [
  excerptRow('sound-aac32-5s', 5, 0.98),
  excerptRow('sound-aac32-15s', 15, null),
  {
    name: 'sound-per-minute',
    unit: 's',
    better: 'lower',
    bar: 0.2,
    run: async (_context, { set, sounds }) => {
      const { durationMs, file } = sounds[0];
      const startedMs = performance.now();
      await measured([file]);
      return {
        value: (performance.now() - startedMs) / 1_000 / (durationMs / 60_000),
        n: 1,
        set: `one of ${set}, decoding included`,
      };
    },
  },
];
