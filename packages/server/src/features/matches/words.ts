// A match in words: which grade, by what measurement, how far from the threshold.
import type { Reason } from '@redthread/core/contract';
import type { MatchGrade } from '@redthread/core/domain';
import { METHODS } from '@redthread/core/signals';

const GRADE_WORDS: Readonly<Record<MatchGrade, string>> = {
  identical: 'The same file, byte for byte',
  'same content': 'The same picture',
  partial: 'A part of the same picture',
  'same scene': 'The same place or object in another picture',
  'same source': 'The same camera, device or account',
};

const ORIENTATION_WORDS: Readonly<Record<string, string>> = {
  rotate90: 'turned by 90°',
  rotate180: 'turned by 180°',
  rotate270: 'turned by 270°',
  mirror: 'mirrored',
  flip: 'turned upside down in a mirror',
  transpose: 'mirrored and turned',
  transverse: 'mirrored and turned',
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

/** `The same picture, mirrored: pdq v1 measured 8 of at most 31 bits.` */
export const matchInWords = ({ grade, method, version, value, threshold, unit, reasons }: Measured): string => {
  const what = GRADE_WORDS[grade];
  if (grade === 'identical') return `${what}.`;
  const where = reasons.find((reason) => reason.method === method)?.where;
  const turned = [where?.a.orientation, where?.b.orientation].find((o) => o !== undefined && o !== 'upright');
  const how = turned === undefined ? '' : `, ${ORIENTATION_WORDS[turned] ?? turned}`;
  return `${what}${how}: ${method} v${version} measured ${round(value)} of ${bound(method)} ${round(threshold)} ${unit}.`;
};

/** On which side of its threshold a match of this method lies; a method that is gone by now was one of distance. */
const bound = (method: string): string =>
  METHODS.find(({ name }) => name === method)?.matchesWhen === 'at-least' ? 'at least' : 'at most';

const round = (value: number): string => String(Math.round(value * 100) / 100);
