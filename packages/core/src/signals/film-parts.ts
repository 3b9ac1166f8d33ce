// A part of a film's picture in the other film: cropped, set into another picture, shown on a screen. Local features of key frames; the pairs of frames that share a
// part lie on one line in time. What two cameras explain better is another view of the place, and no part. docs/methods/film-parts.md.
import { exchangedPlaces } from '../domain/places.js';
import { alignHits, type Hit, type Line } from '../film/index.js';
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
import { localFeatures, SUPPORTED_PARTIAL_CELLS } from './local-features.js';
import type { Comparison, MethodExample, Signal, SignalMethod } from './method.js';
import { sceneGeometry } from './scene-geometry.js';

/** Places that pairs of frames on one line in time have to explain together. */
const THRESHOLD_PLACES = 21;
/** What the places of every further pair count. */
const REPEATED = 0.25;
/**
 * Of what two cameras explain in the pairs of a line a copy explains all but the odd place (0.94 and more of 32 copies that were cropped, set in or filmed from a screen), another view of
 * the place less (0.25 to 0.71 in 13 of 15 streets): single pairs, of few places, tell less.
 */
const COPY_SHARE = 0.8;
/** Pairs of frames that are compared, the film being long. */
const MOST_PAIRS = 400;
const TOLERANCE_S = 3;
const GAP_S = 60;
const SPEEDS = [1, 0.8, 0.85, 0.9, 0.95, 1.05, 1.1, 1.15, 1.2, 1.25, -1];

interface Pair extends Hit {
  readonly cells: number;
  /** Places that a copy explains by the rules of two cameras, and those that these explain. */
  readonly copied: number;
  readonly viewed: number;
  readonly where: Comparison['where'];
}

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [from, to] = (isInOrder ? [a, b] : [b, a]).map(filmPartsOf) as [FilmPart[], FilmPart[]];
  const pairs = pairsOf(from, to);
  const [timesA, timesB] = [from, to].map((parts) => parts.map(({ timeMs }) => timeMs / 1000)) as [number[], number[]];
  const options = { timesA, timesB, speeds: SPEEDS, toleranceS: TOLERANCE_S, gapS: GAP_S };
  const lines = alignHits(pairs, options)
    .filter(isCopy)
    .map((line) => ({ line, places: placesOn(line) }));
  const best = lines.sort((x, y) => y.places - x.places)[0];
  const isSaying = leastFrames(a, b, from, to) > 0;
  const value = best?.places ?? 0;
  const isMatch = isSaying && value >= THRESHOLD_PLACES;
  const where = isMatch && best ? whereOf(best.line, from, to) : { a: {}, b: {} };
  return {
    value,
    unit: 'places',
    threshold: THRESHOLD_PLACES,
    grade: isMatch ? 'partial' : null,
    where: isInOrder ? where : exchangedPlaces(where),
    ...(isSaying ? {} : { note: NO_FRAME }),
  };
};

/** Frames that share a part: proposed by their words, decided by one transform of the plane. */
const pairsOf = (from: readonly FilmPart[], to: readonly FilmPart[]): Pair[] =>
  proposedPairs(from, to, MOST_PAIRS).flatMap(({ a, b }) => {
    const [there, here] = [pictureSignalOf(from[a]!), pictureSignalOf(to[b]!)];
    const { explains = 0, value, where } = localFeatures.compare(there, here);
    if (value < SUPPORTED_PARTIAL_CELLS) return [];
    const viewed = sceneGeometry.compare(there, here).value;
    return [{ a, b, cells: value, copied: explains, viewed, where, weight: Math.min(1, value / 18) }];
  });

/** Those of the strongest pair, and a part of the others': the next frame shows mostly what this one shows. */
const placesOn = (line: Line): number => {
  const most = Math.max(...(line.hits as readonly Pair[]).map(({ cells }) => cells));
  return Math.floor(most + REPEATED * (sumOn(line, ({ cells }) => cells) - most));
};

const isCopy = (line: Line): boolean =>
  sumOn(line, ({ copied }) => copied) >= COPY_SHARE * sumOn(line, ({ viewed }) => viewed);

const sumOn = ({ hits }: Line, countOf: (pair: Pair) => number): number =>
  (hits as readonly Pair[]).reduce((sum, pair) => sum + countOf(pair), 0);

const whereOf = ({ hits }: Line, from: readonly FilmPart[], to: readonly FilmPart[]): Comparison['where'] => {
  const pairs = hits as readonly Pair[];
  const strongest = pairs.reduce((most, pair) => (pair.cells > most.cells ? pair : most));
  const rangeOf = (times: readonly number[]) => ({ startMs: Math.min(...times), endMs: Math.max(...times) });
  const { a, b, transform } = strongest.where;
  return {
    a: { ...a, timeRange: rangeOf(pairs.map((pair) => from[pair.a]!.timeMs)) },
    b: { ...b, timeRange: rangeOf(pairs.map((pair) => to[pair.b]!.timeMs)) },
    ...(transform ? { transform } : {}),
  };
};

export const filmParts: SignalMethod = {
  name: FILM_PART_SIGNAL,
  version: 2,
  title: "A part of a film's picture in the other film, by local features of its key frames",
  mediaTypes: ['film'],
  unit: 'places',
  threshold: THRESHOLD_PLACES,
  matchesWhen: 'at-least',
  headerBytes: FILM_PART_HEADER_BYTES,
  reads: { name: FILM_PART_SIGNAL, version: FILM_PART_SIGNAL_VERSION },
  rates: FILM_RATES.filmParts,
  get examples(): readonly MethodExample[] {
    return [
      { ...exampleFilmParts(THRESHOLD_PLACES), value: THRESHOLD_PLACES, grade: 'partial' },
      { ...exampleFilmParts(THRESHOLD_PLACES - 1), value: THRESHOLD_PLACES - 1, grade: null },
    ];
  },
  validate: validateFilmParts,
  compare,
};
