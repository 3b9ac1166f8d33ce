// How old a person was at a time, from how old they were at another: whole years, as an interval that holds every case that the age
// band and the times allow. Nothing here reads a picture: the band is what a person or a document said.
import { intervalOf, type TimeAsWritten } from './source-interval.js';

export interface AgeBand {
  readonly minYears: number;
  readonly maxYears: number;
  readonly at: TimeAsWritten;
}

export interface Years {
  readonly min: number;
  readonly max: number;
}

const DAY_MS = 86_400_000;

const yearsEarlier = (ms: number, years: number): number => {
  const date = new Date(ms);
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return date.getTime();
};

/** Birthdays between two instants; negative before the birth. */
const yearsBetween = (bornMs: number, atMs: number): number => {
  const [born, at] = [new Date(bornMs), new Date(atMs)];
  const years = at.getUTCFullYear() - born.getUTCFullYear();
  const isBefore =
    at.getUTCMonth() < born.getUTCMonth() ||
    (at.getUTCMonth() === born.getUTCMonth() && at.getUTCDate() < born.getUTCDate());
  return isBefore ? years - 1 : years;
};

/**
 * The ages that the person can have had at `time`; null where a time cannot be read. Negative years: before the birth. Somebody of n
 * years has had the n-th birthday and not the next: they were born after `at` less n + 1 years, and no later than `at` less n. A day
 * is added on either side, since a birthday is a day and an instant lies in two of them.
 */
export const ageAt = ({ minYears, maxYears, at }: AgeBand, time: TimeAsWritten): Years | null => {
  const [then, now] = [intervalOf(at), intervalOf(time)];
  if (then === null || now === null) return null;
  const bornEarliestMs = yearsEarlier(then.earliestMs, maxYears + 1);
  const bornLatestMs = yearsEarlier(then.latestMs, minYears) + DAY_MS;
  return {
    min: yearsBetween(bornLatestMs, now.earliestMs),
    max: yearsBetween(bornEarliestMs, now.latestMs),
  };
};
