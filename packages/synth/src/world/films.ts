// The films of an operation: walks through some of its rooms, each with a melody of its own, and what their owners made of them, in exhibits of both agencies. Beside the files that a
// scale promises, and only where ffmpeg can make them.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editFilm, encodeFilm, filmExtension, isWholeEdit, type FilmEdit } from '../film/encode.js';
import { drawTune } from '../film/tune.js';
import { FILM, walkThrough } from '../film/walk.js';
import type { Studio } from '../render/photograph.js';
import type { DayTime } from '../scene/room.js';
import type { TruthFile, TruthFrame } from '../truth/truth.js';
import type { Cast, Scale } from './cast.js';
import { WORLD_UNTIL_MS } from './clock.js';
import type { Library } from './library.js';

export interface FilmCopy {
  readonly edit: FilmEdit;
  readonly exhibit: string;
  readonly path: string;
  readonly modifiedMs: number;
}

export interface FilmPlan {
  readonly id: string;
  readonly room: string;
  readonly seed: string;
  readonly time: DayTime;
  readonly copies: readonly FilmCopy[];
}

/** Of each film, what was made of it: the first where it was taken, the others here and there. */
const COPIES: Readonly<Record<Scale, readonly (readonly FilmEdit[])[]>> = {
  tiny: [],
  small: [
    ['whole', 're-encoded', 'excerpt'],
    ['whole', 'cropped', 'sound alone'],
    ['whole', 'letterboxed', 'faster'],
  ],
  medium: [],
};
const NAMES: Readonly<Record<FilmEdit, string>> = {
  whole: 'walk',
  're-encoded': 'walk small',
  excerpt: 'walk clip',
  letterboxed: 'walk wide',
  cropped: 'walk close',
  faster: 'walk quick',
  'sound alone': 'tune',
};
const DAY_MS = 86_400_000;

export const planFilms = (scale: Scale, cast: Cast, library: Library): FilmPlan[] => {
  const shot = library.rooms.filter(({ frames }) => frames.some(({ kind }) => kind === 'room'));
  return COPIES[scale].flatMap((edits, i) => {
    const room = shot[(i * 4) % shot.length];
    const frame = room?.frames.find(({ kind }) => kind === 'room');
    if (room === undefined || frame === undefined) return [];
    const id = `film-${i + 1}`;
    const copies = edits.map((edit, k): FilmCopy => {
      // Each film is with both agencies.
      const owners = cast.exhibits.filter(
        ({ agency }) => agency === cast.agencies[(i + k) % cast.agencies.length]?.slug,
      );
      const exhibit = owners[(2 * i + k) % owners.length];
      return {
        edit,
        exhibit: exhibit?.reference ?? '',
        path: `films/${NAMES[edit]} ${i + 1}.${filmExtension(edit)}`,
        modifiedMs: WORLD_UNTIL_MS - (20 - i * 3 - k) * DAY_MS,
      };
    });
    return [{ id, room: room.id, seed: room.seed, time: frame.time, copies }];
  });
};

export const filmPath = (staging: string, { id }: FilmPlan, edit: FilmEdit): string =>
  join(staging, `${id}.${edit}.${filmExtension(edit)}`);

/** All files of one film, in its room whose light is baked already. */
export const drawFilm = async (staging: string, film: FilmPlan, studio: Studio): Promise<void> => {
  const [frames, samples] = [join(staging, `${film.id}.rgb`), join(staging, `${film.id}.pcm`)];
  const name = `${film.id}/${film.seed}`;
  await writeFile(frames, walkThrough(studio, name));
  await writeFile(samples, drawTune(name, FILM.shots * FILM.shotSeconds));
  const whole = filmPath(staging, film, 'whole');
  await encodeFilm({ frames, samples }, whole);
  await Promise.all([rm(frames), rm(samples)]);
  for (const { edit } of film.copies) if (edit !== 'whole') await editFilm(edit, whole, filmPath(staging, film, edit));
};

/** A film is one frame of the truth: what is made of it as a whole is the same content, stretches and parts of it are partial. */
export const filmFrame = ({ id, room }: FilmPlan): TruthFrame => ({
  id,
  kind: 'film',
  room,
  camera: null,
  template: null,
  featureless: false,
  objects: [],
});

export interface DrawnFilm extends FilmCopy {
  readonly data: Buffer;
  readonly truth: Pick<TruthFile, 'kind' | 'frames' | 'edits' | 'floor' | 'device' | 'fault' | 'film'>;
}

/** Those that lie in an exhibit. */
export const filmsOf = async (staging: string, films: readonly FilmPlan[], exhibit: string): Promise<DrawnFilm[]> => {
  const drawn: DrawnFilm[] = [];
  for (const film of films)
    for (const copy of film.copies.filter(({ exhibit: owner }) => owner === exhibit)) {
      const { edit } = copy;
      drawn.push({
        ...copy,
        data: await readFile(filmPath(staging, film, edit)),
        truth: {
          kind: edit === 'sound alone' ? 'sound' : 'film',
          frames: [film.id],
          edits: [],
          floor: isWholeEdit(edit),
          device: null,
          fault: null,
          film: edit,
        },
      });
    }
  return drawn;
};
