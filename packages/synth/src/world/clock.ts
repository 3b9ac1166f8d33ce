// Wall clocks of the drawn world, written the ways cameras, phones and file systems write them.

const two = (value: number): string => String(value).padStart(2, '0');

/** Splits UTC milliseconds as if they were local: the drawn clocks carry no zone. */
const parts = (ms: number): readonly string[] => {
  const at = new Date(ms);
  return [
    String(at.getUTCFullYear()),
    two(at.getUTCMonth() + 1),
    two(at.getUTCDate()),
    two(at.getUTCHours()),
    two(at.getUTCMinutes()),
    two(at.getUTCSeconds()),
  ];
};

/** 2026:01:14 18:22:05 */
export const exifTime = (ms: number): string => {
  const [y, mo, d, h, mi, s] = parts(ms);
  return `${y}:${mo}:${d} ${h}:${mi}:${s}`;
};

/** 20260114 */
export const compactDay = (ms: number): string => parts(ms).slice(0, 3).join('');
/** 182205 */
export const compactTime = (ms: number): string => parts(ms).slice(3).join('');
/** 2026-01-14-18-22-05 */
export const dashedTime = (ms: number): string => parts(ms).join('-');

/** The drawn world happens between these instants. */
export const WORLD_FROM_MS = Date.UTC(2025, 8, 1);
export const WORLD_UNTIL_MS = Date.UTC(2026, 2, 20);
