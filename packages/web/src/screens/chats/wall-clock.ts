// Wall clocks of exports in words. They have no zone, and none is given to them: days and hours are taken from the text as it stands.
import { language } from '../../text/index.js';
import type { ChatMessage } from '@redthread/core/contract';

type Time = ChatMessage['time'];

/** "2025-03-14" of "2025-03-14T16:05". */
export const dayOf = (local: string | null): string | null => local?.slice(0, 10) ?? null;
/** "16:05", or "16:05:30" where the export says seconds. */
export const clockOf = (local: string | null): string | null => local?.slice(11) ?? null;
/** "2025-03-14 16:05" */
export const wallClock = (local: string): string => local.replace('T', ' ');

/** The clock where it could be read, otherwise as it stands in the source. */
export const timeInWords = ({ local, text }: Time): string => (local === null ? text : wallClock(local));

const inDays = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** "Friday", in the language of the pages. */
export const weekday = (day: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(inDays(day));

/** "3 April 2021", with the month as a word: nobody can take it for another day. */
export const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    inDays(day),
  );

/** Minutes since a day long ago, to draw by; null where there is no time. */
export const minutesOf = (local: string | null): number | null => {
  const ms = local === null ? NaN : Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  return Number.isNaN(ms) ? null : ms / 60_000;
};

/** Of two letters of ISO 3166-1, in the language of the pages. */
export const countryName = (code: string): string => {
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
};
