// A match in words: which grade, by what measurement, how far from the threshold.
import type { Reason } from '@redthread/core/contract';
import { filmRange, turnInWords, type MatchGrade } from '@redthread/core/domain';
import { isAtLeastMethod } from '@redthread/core/signals';

const GRADE_WORDS: Readonly<Record<MatchGrade, string>> = {
  identical: 'The same file, byte for byte',
  'same content': 'The same picture',
  partial: 'A part of the same picture',
  'same scene': 'The same place or object in another picture',
  'same source': 'The same camera, device or account',
};

/** Of what has a length, by what its method compares. */
const ALONG_WORDS: Readonly<Record<string, Readonly<Record<'same content' | 'partial', string>>>> = {
  'film-frames': { 'same content': 'The same film', partial: 'A stretch of the same film' },
  'film-still': { 'same content': 'The same film', partial: 'A picture that the film shows' },
  'film-parts': { 'same content': 'The same film', partial: 'A part of what the film shows' },
  'sound-words': { 'same content': 'The same sound', partial: 'A stretch of the same sound' },
};

export interface Measured {
  readonly grade: MatchGrade;
  readonly method: string;
  readonly version: number;
  readonly value: number;
  readonly threshold: number;
  readonly unit: string;
  readonly reasons: readonly Reason[];
}

/** `The same picture, mirrored: pdq v1 measured 8 of at most 31 bits.` The turn is what makes the second medium of the first. */
export const matchInWords = ({ grade, method, version, value, threshold, unit, reasons }: Measured): string => {
  const along = grade === 'same content' || grade === 'partial' ? ALONG_WORDS[method]?.[grade] : undefined;
  const what = along ?? GRADE_WORDS[grade];
  if (grade === 'identical') return `${what}.`;
  const where = reasons.find((reason) => reason.method === method)?.where;
  const turned = where === undefined ? '' : turnInWords(where);
  const [a, b] = [where?.a.timeRange, where?.b.timeRange];
  const times = [a && isTimed(a) && `${filmRange(a)} here`, b && isTimed(b) && `${filmRange(b)} there`].filter(
    (one) => one,
  );
  return `${[what, turned, ...times].filter((one) => one).join(', ')}: ${method} v${version} measured ${round(value)} of ${bound(method)} ${round(threshold)} ${unit}.`;
};

/** On which side of its threshold a match of this method lies; a method that is gone by now was one of distance. */
const bound = (method: string): string => (isAtLeastMethod(method) ? 'at least' : 'at most');

/** A picture is a film of no length, and has no time that could be told. */
const isTimed = ({ endMs }: { readonly endMs: number }): boolean => endMs > 0;

const round = (value: number): string => String(Math.round(value * 100) / 100);
