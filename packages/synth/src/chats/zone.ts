// Clocks of phones: a zone with its daylight saving, and how far the phone was wrong.

export interface Zone {
  /** Minutes ahead of UTC in winter. */
  readonly minutes: number;
  /** European Union: last Sundays of March and October, 01:00 UTC. United States: second Sunday of March, first of November, 02:00 there. */
  readonly saving: 'eu' | 'us' | null;
}

const HOUR_MS = 3_600_000;

/** Milliseconds of the nth Sunday (from 1; 0: the last) of a month, at midnight UTC. */
const sunday = (year: number, month: number, nth: number): number => {
  if (nth === 0) {
    const last = new Date(Date.UTC(year, month + 1, 0));
    return last.getTime() - last.getUTCDay() * 24 * HOUR_MS;
  }
  const first = new Date(Date.UTC(year, month, 1));
  return first.getTime() + (((7 - first.getUTCDay()) % 7) + 7 * (nth - 1)) * 24 * HOUR_MS;
};

/** Seconds ahead of UTC at an instant. */
export const zoneSeconds = ({ minutes, saving }: Zone, atMs: number): number => {
  const year = new Date(atMs).getUTCFullYear();
  const [from, to] =
    saving === 'eu'
      ? [sunday(year, 2, 0) + HOUR_MS, sunday(year, 9, 0) + HOUR_MS]
      : saving === 'us'
        ? [sunday(year, 2, 2) + (2 - minutes / 60) * HOUR_MS, sunday(year, 10, 1) + (1 - minutes / 60) * HOUR_MS]
        : [Infinity, Infinity];
  return minutes * 60 + (atMs >= from && atMs < to ? 3600 : 0);
};

const two = (value: number): string => String(value).padStart(2, '0');

/** A wall clock, ISO 8601 without a zone. */
export const wallClock = (wallMs: number, seconds: boolean): string =>
  new Date(wallMs).toISOString().slice(0, seconds ? 19 : 16);

/** A head of a line as a locale writes it. */
export const writtenTime = (form: string, halves: readonly [string, string], wallMs: number): string => {
  const at = new Date(wallMs);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const [hour, minute, second] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(year),
    YY: two(year % 100),
    MM: two(month),
    M: String(month),
    DD: two(day),
    D: String(day),
    HH: two(hour),
    H: String(hour),
    h: String(hour % 12 === 0 ? 12 : hour % 12),
    mm: two(minute),
    ss: two(second),
    A: hour < 12 ? halves[0] : halves[1],
  };
  return form.replace(/YYYY|YY|MM|M|DD|D|HH|H|h|mm|ss|A/gu, (part) => parts[part] ?? part);
};
