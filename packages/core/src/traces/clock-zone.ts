// The zone in which the clock of a camera stood, from what its file says twice: the time of its own clock and the time of the satellites, which is
// UTC. A lead: clocks are set wrongly, satellites may have been heard some time before, and both are easily written by hand.
import type { SourceTime } from '../contract/primitives.js';

export interface ClockZone {
  /** Clock less UTC, to the quarter of an hour. */
  readonly offsetMinutes: number;
  /** What is left of the difference: how far clock and satellites disagree. */
  readonly restSeconds: number;
  /** What the file states of its zone itself; null where it states nothing. */
  readonly statedMinutes: number | null;
  /** Of the sun at the stated place, 15 degrees an hour; null without a place. */
  readonly placeMinutes: number | null;
  /** Whether the zone is within three hours of the sun there, as all zones in use are; null without a place. */
  readonly fitsPlace: boolean | null;
}

const QUARTER_S = 900;
const LARGEST_S = 14 * 3_600;
/** Farther apart, the difference is of no zone. */
const MOST_REST_S = 240;
const MOST_FROM_SUN_MIN = 180;

/** Seconds since 1970 of the wall clock as written, its zone aside; null where it is no time. */
const wallSeconds = (text: string): number | null => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || hour === undefined) return null;
  if (minute === undefined || second === undefined || hour > 23 || minute > 59 || second > 60 || year < 1980)
    return null;
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return at.getUTCMonth() === month - 1 ? at.getTime() / 1000 : null;
};

export const clockZone = (times: readonly SourceTime[], longitudeDeg: number | null): ClockZone | null => {
  const own = times.find(({ kind, basis }) => kind === 'taken' && basis === 'exif');
  const heard = times.find(({ basis }) => basis === 'gps');
  const [local, utc] = [wallSeconds(own?.text ?? ''), wallSeconds(heard?.text ?? '')];
  if (own === undefined || local === null || utc === null) return null;
  const difference = local - utc;
  const zone = Math.round(difference / QUARTER_S) * QUARTER_S;
  if (Math.abs(zone) > LARGEST_S || Math.abs(difference - zone) > MOST_REST_S) return null;
  const offsetMinutes = zone / 60 + 0;
  const placeMinutes = longitudeDeg === null ? null : Math.round(longitudeDeg * 4);
  return {
    offsetMinutes,
    restSeconds: difference - zone,
    statedMinutes: own.offsetMinutes,
    placeMinutes,
    fitsPlace: placeMinutes === null ? null : apart(offsetMinutes, placeMinutes) <= MOST_FROM_SUN_MIN,
  };
};

/** Around the day line, +12 and -12 are one. */
const apart = (a: number, b: number): number => {
  const difference = Math.abs(a - b) % 1_440;
  return Math.min(difference, 1_440 - difference);
};
