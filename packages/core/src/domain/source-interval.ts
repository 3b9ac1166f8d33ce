// What a source time can mean, as an interval of instants: without an offset it is 14 hours wider each way, and as wide as it is exact.
// What follows from such times (at once, before, so old) is certain only where it follows from every instant of the interval.

/** The parts of a source time that say when. */
export interface TimeAsWritten {
  readonly text: string;
  readonly offsetMinutes: number | null;
  readonly precisionMs: number;
}

export interface Interval {
  readonly earliestMs: number;
  /** Inclusive. */
  readonly latestMs: number;
}

const UNKNOWN_ZONE_MS = 14 * 3_600_000;
const DAY_MS = 86_400_000;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;

/** Milliseconds of a wall clock as if it stood in UTC, or null for a date or a time that no calendar has. */
const wallMs = (parts: readonly number[]): number | null => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, ms);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && hour < 24 && minute < 60 && second < 60 ? date.getTime() : null;
};

const offsetOf = (zone: string | undefined): number | null => {
  if (zone === undefined) return null;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
};

/**
 * A time as a person states it: a date, or a date with a time, with or without a zone; null for anything else. A zone that is not
 * there is never guessed.
 */
export const readStatedTime = (text: string): TimeAsWritten | null => {
  const found = ISO.exec(text.trim());
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const ms = (fraction ?? '0').padEnd(3, '0');
  const parts = [year, month, day, hour ?? 0, minute ?? 0, second ?? 0, ms].map(Number);
  if (wallMs(parts) === null) return null;
  const precisionMs = hour === undefined ? DAY_MS : second === undefined ? 60_000 : fraction === undefined ? 1_000 : 1;
  return { text: text.trim(), offsetMinutes: offsetOf(zone), precisionMs };
};

/** The wall clock as written, in ISO or as EXIF writes it. */
export const wallOf = (text: string): number | null => {
  const parts = /^(\d{4})[-:](\d{2})[-:](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?/.exec(text);
  if (parts === null) return null;
  const [, ...numbers] = parts;
  return wallMs(numbers.map((part, i) => Number(i === 6 ? (part ?? '0').padEnd(3, '0') : (part ?? (i < 3 ? 1 : 0)))));
};

/** Every instant that a time can mean; null where it cannot be read. */
export const intervalOf = ({ text, offsetMinutes, precisionMs }: TimeAsWritten): Interval | null => {
  const wall = wallOf(text.trim());
  if (wall === null) return null;
  const doubt = offsetMinutes === null ? UNKNOWN_ZONE_MS : 0;
  const start = wall - (offsetMinutes ?? 0) * 60_000;
  return { earliestMs: start - doubt, latestMs: start + doubt + Math.max(1, precisionMs) - 1 };
};

/** From when to when something holds. */
export interface Validity {
  readonly from: TimeAsWritten;
  readonly to: TimeAsWritten;
}

export type Overlap = 'certain' | 'possible' | 'none';

/** Whether two things hold at once: certainly, if some instant lies in both whatever their times mean. */
export const overlapOf = (a: Validity, b: Validity): Overlap => {
  const [fromA, toA, fromB, toB] = [intervalOf(a.from), intervalOf(a.to), intervalOf(b.from), intervalOf(b.to)];
  if (fromA === null || toA === null || fromB === null || toB === null) return 'possible';
  if (Math.max(fromA.latestMs, fromB.latestMs) <= Math.min(toA.earliestMs, toB.earliestMs)) return 'certain';
  return Math.max(fromA.earliestMs, fromB.earliestMs) <= Math.min(toA.latestMs, toB.latestMs) ? 'possible' : 'none';
};
