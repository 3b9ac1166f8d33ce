// Decides how far two films are the same, or a film and a still: what compareMedia asks where one of the two has a length in time.
import type { Note, Reason } from '../contract/comparison.js';
import type { Grade } from '../domain/grade.js';
import {
  filmFrames,
  filmOfStill,
  filmParts,
  filmPartsSignal,
  filmPlaces,
  filmStill,
  isFeatureless,
  isView,
  LEAST_FEATURES,
  localFeatures,
  pdq,
  signalOf,
  soundLineOf,
  soundWords,
  type Comparison,
  type Signal,
  type SignalMethod,
} from '../signals/index.js';
import { strongestGrade } from './grades.js';
import { compareBoth, reasonOf, split, type MediaComparison } from './reasons.js';

/** True for a film and a sound. */
export const hasLength = (signals: readonly Signal[]): boolean =>
  signalOf(signals, filmFrames) !== undefined || signalOf(signals, soundWords) !== undefined;

/** One at least has a length; a picture is taken for a film of one frame. */
export const compareFilms = (a: readonly Signal[], b: readonly Signal[], unlike: Reason): MediaComparison => {
  const isStill = !hasLength(a) || !hasLength(b);
  const [first, second] = [asFilm(a), asFilm(b)];
  const compared: (readonly [SignalMethod, Comparison])[] = [];
  const tryOne = (method: SignalMethod, counts = (_: Comparison) => true): Comparison | null => {
    const comparison = compareBoth(method, first, second);
    if (comparison !== null) compared.push([method, counts(comparison) ? comparison : { ...comparison, grade: null }]);
    return comparison;
  };
  const frames = tryOne(isStill ? filmStill : filmFrames);
  // Of a film of a second or two a frame is all there is.
  if (!isStill && frames?.note !== undefined) tryOne(filmStill);
  // Local features take longer, and say nothing more where whole frames agree.
  const parts = frames === null || frames.grade === null ? tryOne(filmParts) : null;
  if (parts !== null && parts.grade === null) tryOne(filmPlaces, (places) => isView(places));
  const sound = isStill ? null : tryOne(soundWords);
  const hasPictures = signalOf(a, filmFrames) !== undefined || signalOf(b, filmFrames) !== undefined;
  if (sound !== null && sound.grade !== null && hasPictures)
    // What is heard alike need not be seen alike.
    compared[compared.length - 1] = [soundWords, { ...sound, grade: 'partial' }];
  const grade = strongestGrade(compared.map(([, comparison]): Grade => comparison.grade ?? 'none'));
  const reasons = compared.map(([method, comparison]) => reasonOf(method, comparison, comparison.grade !== null));
  const notes = compared.flatMap(([, { note }]): Note[] => (note === undefined ? [] : [note]));
  return split(grade, [...reasons, unlike], grade === 'none' ? notes : pictureAndSound(frames, sound, a, b));
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

/** Shifts of picture and of sound that lie so near to one another are one. */
const AGREEMENT_MS = 500;

/** What picture and sound say of one another: each is a channel of its own. */
const pictureAndSound = (
  frames: Comparison | null,
  sound: Comparison | null,
  a: readonly Signal[],
  b: readonly Signal[],
): Note[] => {
  if (frames === null || sound === null) return [];
  const [isSeen, isHeard] = [frames.grade !== null, sound.grade !== null];
  if (isSeen && isHeard) {
    const [seen, heard] = [shiftMs(frames), shiftMs(sound)];
    if (seen === null || heard === null || Math.abs(seen - heard) > AGREEMENT_MS) return [];
    const apart = Math.round(Math.abs(seen - heard));
    return [
      { code: 'SOUND_AGREES', detail: `picture and sound, each by itself, lie at the same shift, ${apart} ms apart` },
    ];
  }
  if (isSeen && sound.note === undefined && isAudible(a) && isAudible(b))
    return [{ code: 'OTHER_SOUND', detail: 'the pictures are the same and the sound is another one' }];
  if (isHeard && frames.note === undefined)
    return [{ code: 'OTHER_PICTURE', detail: 'the sound is the same and the pictures are others' }];
  return [];
};

/** From the middle of the stretch in `a` to that in `b`. */
const shiftMs = ({ where }: Comparison): number | null => {
  const [a, b] = [where.a.timeRange, where.b.timeRange];
  // At another speed there is no one shift.
  if (where.segments?.[0]?.speed !== 1) return null;
  return a === undefined || b === undefined ? null : (b.startMs + b.endMs - a.startMs - a.endMs) / 2;
};

const isAudible = (signals: readonly Signal[]): boolean => {
  const sound = signalOf(signals, soundWords);
  return sound !== undefined && soundLineOf(sound).heard.some((one) => one === 1);
};
