// One place in two films, or in a film and a picture, from two viewpoints: key frames of both whose local features the geometry of two cameras explains. Nothing need
// run alike in time. docs/methods/film-places.md.
import { exchangedPlaces } from '../domain/places.js';
import { isFirst } from './feature-signal.js';
import { exampleFilmParts } from './film-examples.js';
import { proposedPairs } from './film-part-pairs.js';
import {
  FILM_PART_HEADER_BYTES,
  FILM_PART_SIGNAL,
  FILM_PART_SIGNAL_VERSION,
  filmPartsOf,
  leastFrames,
  NO_FRAME,
  pictureSignalOf,
  validateFilmParts,
  type FilmPart,
} from './film-parts-signal.js';
import { FILM_RATES } from './film-rates.js';
import { localFeatures } from './local-features.js';
import type { Comparison, MethodExample, Signal, SignalMethod } from './method.js';
import { sceneGeometry } from './scene-geometry.js';

/** Places that two cameras have to explain in the strongest pair of frames: more than of two pictures, since many pairs are asked. */
const THRESHOLD_PLACES = 14;
/** Of what two cameras explain in a pair, one plane explains less: else it is a copy, or a page or a sign that both show. */
const PLANE_SHARE = 0.75;
/** Pairs of frames that are compared. */
const MOST_PAIRS = 120;

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [from, to] = (isInOrder ? [a, b] : [b, a]).map(filmPartsOf) as [FilmPart[], FilmPart[]];
  const { explains, value, where } = strongestPair(from, to);
  const isSaying = leastFrames(a, b, from, to) > 0;
  const isMatch = isSaying && value >= THRESHOLD_PLACES;
  const said = isMatch ? where : { a: {}, b: {} };
  return {
    value,
    unit: 'places',
    threshold: THRESHOLD_PLACES,
    grade: isMatch ? 'same scene' : null,
    where: isInOrder ? said : exchangedPlaces(said),
    explains,
    ...(isSaying ? {} : { note: NO_FRAME }),
  };
};

interface Pair {
  readonly value: number;
  /** Places of it that a copy explains. */
  readonly explains: number;
  readonly where: Comparison['where'];
}

/** True where both show the place from where two cameras stood, and not one flat thing. */
export const isView = ({ explains = 0, value }: Pick<Comparison, 'explains' | 'value'>): boolean =>
  explains < PLANE_SHARE * value;

/** A view before anything flat, then by places. */
const strongestPair = (from: readonly FilmPart[], to: readonly FilmPart[]): Pair => {
  let best: Pair = { value: 0, explains: 0, where: { a: {}, b: {} } };
  for (const { a, b } of proposedPairs(from, to, MOST_PAIRS)) {
    const [there, here] = [pictureSignalOf(from[a]!), pictureSignalOf(to[b]!)];
    const scene = sceneGeometry.compare(there, here);
    if (scene.grade === null || (isView(best) && scene.value <= best.value)) continue;
    const { explains = 0 } = localFeatures.compare(there, here);
    const pair: Pair = {
      value: scene.value,
      explains,
      where: {
        a: { ...scene.where.a, timeRange: at(from[a]!) },
        b: { ...scene.where.b, timeRange: at(to[b]!) },
      },
    };
    if (isView(pair) ? !isView(best) || pair.value > best.value : !isView(best) && pair.value > best.value) best = pair;
  }
  return best;
};

const at = ({ timeMs }: FilmPart) => ({ startMs: timeMs, endMs: timeMs });

export const filmPlaces: SignalMethod = {
  name: 'film-places',
  version: 1,
  title: 'The same place in both films from two viewpoints, by local features of their key frames',
  mediaTypes: ['film'],
  unit: 'places',
  threshold: THRESHOLD_PLACES,
  matchesWhen: 'at-least',
  headerBytes: FILM_PART_HEADER_BYTES,
  reads: { name: FILM_PART_SIGNAL, version: FILM_PART_SIGNAL_VERSION },
  rates: FILM_RATES.filmPlaces,
  get examples(): readonly MethodExample[] {
    return [
      { ...exampleFilmParts(THRESHOLD_PLACES), value: THRESHOLD_PLACES, grade: 'same scene' },
      { ...exampleFilmParts(THRESHOLD_PLACES - 1), value: THRESHOLD_PLACES - 1, grade: null },
    ];
  },
  validate: validateFilmParts,
  compare,
};
