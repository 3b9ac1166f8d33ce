// What people type to the commands of entities and series, turned into what the services take; what is wrong is named.
import { Area, CONFIDENCES, readCircle, StatedTime, type AgeBandGiven, type Circle } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { oneOf } from '../../app/cli/arguments.js';

export const confidenceOf = (text: string): (typeof CONFIDENCES)[number] => oneOf('confidence', CONFIDENCES, text);

/** Errors: ARGUMENT_INVALID. */
export const timeOf = (what: string, text: string): string => {
  if (StatedTime.safeParse(text).success) return text;
  throw fail('ARGUMENT_INVALID', `${text}: a date, or a date with a time: 2025-07-01T10:00+02:00`, { pointer: what });
};

/** `8-10@2020-06-15`, or `9@2020-06-15`. Errors: ARGUMENT_INVALID. */
export const ageOf = (text: string): AgeBandGiven => {
  const found = /^(\d{1,3})(?:-(\d{1,3}))?@(.+)$/.exec(text);
  if (found === null)
    throw fail('ARGUMENT_INVALID', `${text}: an age band at a date: 8-10@2020-06-15`, { pointer: 'age' });
  const [, low = '', high = low, at = ''] = found;
  const [minYears, maxYears] = [Number(low), Number(high)];
  if (minYears > maxYears || maxYears > 130)
    throw fail('ARGUMENT_INVALID', `${text}: the lower age comes first, and nobody is older than 130`, {
      pointer: 'age',
    });
  return { minYears, maxYears, at: timeOf('age', at) };
};

/** `41.385,2.173,1200`, as the map has it. Errors: ARGUMENT_INVALID. */
export const areaOf = (text: string): Circle => {
  const area = Area.safeParse(readCircle(text));
  if (area.success) return area.data;
  throw fail('ARGUMENT_INVALID', `${text}: latitude, longitude and within how many metres: 41.385,2.173,1200`, {
    pointer: 'area',
  });
};
