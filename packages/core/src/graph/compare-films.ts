// Decides how far two films are the same, or a film and a still: what compareMedia asks where one of the two has a length in time.
import type { Note, Reason } from '../contract/comparison.js';
import type { Grade } from '../domain/grade.js';
import {
  filmFrames,
  filmOfStill,
  filmParts,
  filmPartsSignal,
  filmStill,
  isFeatureless,
  LEAST_FEATURES,
  localFeatures,
  pdq,
  signalOf,
  type Comparison,
  type Signal,
  type SignalMethod,
} from '../signals/index.js';
import { strongestGrade } from './grades.js';
import { compareBoth, reasonOf, split, type MediaComparison } from './reasons.js';

/** True for a film. */
export const hasLength = (signals: readonly Signal[]): boolean => signalOf(signals, filmFrames) !== undefined;

/** One at least has a length; a picture is taken for a film of one frame. */
export const compareFilms = (a: readonly Signal[], b: readonly Signal[], unlike: Reason): MediaComparison => {
  const isStill = !hasLength(a) || !hasLength(b);
  const [first, second] = [asFilm(a), asFilm(b)];
  const compared: (readonly [SignalMethod, Comparison])[] = [];
  const tryOne = (method: SignalMethod): Comparison | null => {
    const comparison = compareBoth(method, first, second);
    if (comparison !== null) compared.push([method, comparison]);
    return comparison;
  };
  const frames = tryOne(isStill ? filmStill : filmFrames);
  // Of a film of a second or two a frame is all there is.
  if (!isStill && frames?.note !== undefined) tryOne(filmStill);
  // Local features take longer, and say nothing more where whole frames agree.
  if (frames === null || frames.grade === null) tryOne(filmParts);
  const grade = strongestGrade(compared.map(([, comparison]): Grade => comparison.grade ?? 'none'));
  const reasons = compared.map(([method, comparison]) => reasonOf(method, comparison, comparison.grade !== null));
  const notes = compared.flatMap(([, { note }]): Note[] => (note === undefined ? [] : [note]));
  return split(grade, [...reasons, unlike], grade === 'none' ? notes : []);
};

const asFilm = (signals: readonly Signal[]): readonly Signal[] => {
  if (hasLength(signals)) return signals;
  const [still, features] = [signalOf(signals, pdq), signalOf(signals, localFeatures)];
  return [
    ...(still === undefined || isFeatureless(still) ? [] : [filmOfStill(still)]),
    ...(features === undefined || (features.quality ?? 0) < LEAST_FEATURES
      ? []
      : [filmPartsSignal([{ timeMs: 0, features: features.value }])]),
  ];
};
