// Where two pictures show the same, as the method says that grants the grade: for people who look at both.
import type { Grade } from '../domain/grade.js';
import { copiedPlaces, localFeatures, signalOf, viewedPlaces, type CommonPlace } from '../signals/index.js';
import type { ComparableMedia } from './compare-media.js';

/** None for grades of the whole picture, which say it of all places. */
export const commonPlaces = (a: ComparableMedia, b: ComparableMedia, grade: Grade): CommonPlace[] => {
  const [first, second] = [signalOf(a.signals, localFeatures), signalOf(b.signals, localFeatures)];
  if (first === undefined || second === undefined) return [];
  if (grade === 'partial') return copiedPlaces(first, second);
  return grade === 'same scene' ? viewedPlaces(first, second) : [];
};
