// An instant as people read it in a list: to the minute, in UTC.

/** `2026-11-30T06:08:28.123Z` as `2026-11-30 06:08`. */
export const minute = (instant: string | Date): string =>
  (instant instanceof Date ? instant.toISOString() : instant).slice(0, 16).replace('T', ' ');
