// Excerpts of films, edited and re-encoded: how many are found, at their places; how many pairs of different films are matched; how fast a film is read.
import { join } from 'node:path';
import { compareMedia } from '../../packages/core/dist/graph/index.js';
import { EDITS, encoded } from '../lib/film/edits.mjs';
import { drawFilms, ffmpeg, filesOf, measured } from '../lib/film/make.mjs';

const FILMS = 8;
const EXCERPT_S = 10;
const NEAR_MS = 1_000;
const IS_FILM = /\.(mp4|mkv|webm|mov|avi)$/i;
const PLACES = [0.05, 0.35, 0.6];

/** Films that are long enough to cut from, measured once. */
export const prepare = async (context) => {
  const files = context.dataDir === null ? await drawFilms(context, FILMS) : await filesOf(context.dataDir, IS_FILM);
  const films = (await measured(files)).filter(({ durationMs }) => durationMs >= EXCERPT_S * 1_000);
  const set =
    context.dataDir === null
      ? `${films.length} drawn films of seed ${context.seed}`
      : `${films.length} films of ${context.dataDir}`;
  return { films, set };
};

const excerpts = async (row, { options }, { films }, { tempDir }) => {
  const made = [];
  for (const [i, film] of films.entries())
    for (const place of PLACES) {
      const startMs = Math.round(place * (film.durationMs - EXCERPT_S * 1_000));
      const file = join(tempDir, `${row}-${i}-${startMs}.mp4`);
      await ffmpeg('-ss', String(startMs / 1_000), '-t', String(EXCERPT_S), '-i', film.file, ...encoded(options), file);
      made.push({ film, file, startMs });
    }
  return made;
};

const editRows = Object.entries(EDITS).map(([name, edit]) => ({
  name,
  unit: 'per cent found',
  better: 'higher',
  bar: edit.bar,
  runs: 1,
  run: async (context, prepared) => {
    const made = await excerpts(name, edit, prepared, context);
    const media = await measured(made.map(({ file }) => file));
    // Of the excerpt its ends are asked for as well, of the others that they are found.
    const isFound = ({ film, startMs }, excerpt) => {
      const { grade, reasons } = compareMedia(film, excerpt);
      const range = reasons[0]?.where.a.timeRange;
      if (grade === 'none' || range === undefined) return false;
      const isWithin = range.startMs < startMs + EXCERPT_S * 1_000 && range.endMs > startMs;
      const isExact =
        Math.abs(range.startMs - startMs) <= NEAR_MS && Math.abs(range.endMs - startMs - EXCERPT_S * 1_000) <= NEAR_MS;
      return name === 'film-excerpt' ? isExact : isWithin;
    };
    const found = made.filter((one, i) => isFound(one, media[i])).length;
    return { value: (100 * found) / made.length, n: made.length, set: `${made.length} excerpts of ${prepared.set}` };
  },
}));

export const rows = [
  ...editRows,
  {
    name: 'film-false',
    unit: 'false matches',
    better: 'lower',
    bar: 0,
    runs: 1,
    run: async (_context, { films, set }) => {
      const pairs = films.flatMap((a, i) => films.slice(0, i).map((b) => [a, b]));
      const matched = pairs.filter(([a, b]) => compareMedia(a, b).grade !== 'none').length;
      return { value: matched, n: pairs.length, set: `every two of ${set}` };
    },
  },
  {
    name: 'film-speed',
    unit: 'x real time',
    better: 'higher',
    bar: 100,
    run: async (_context, { films, set }) => {
      const { durationMs, file } = films[0];
      const startedMs = performance.now();
      await measured([file]);
      return {
        value: durationMs / (performance.now() - startedMs),
        n: 1,
        set: `one of ${set}, with the start of the program's children`,
      };
    },
  },
];
