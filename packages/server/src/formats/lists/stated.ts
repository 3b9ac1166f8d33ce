// Flags and numbers as lists write them.
import type { Stated } from './entry.js';
import type { Notes } from './notes.js';

const YES = new Set(['y', 'yes', 't', 'true', '1']);
const NO = new Set(['n', 'no', 'f', 'false', '0']);

/** Nothing, null and an empty text say nothing; what is neither yes nor no is noted and says nothing either. */
export const statedOf = (raw: unknown, place: string, notes: Notes): Stated => {
  if (typeof raw === 'boolean') return raw;
  if (raw === null || raw === undefined) return null;
  const text = typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim().toLowerCase() : null;
  if (text === '' || text === 'null') return null;
  if (text !== null && YES.has(text)) return true;
  if (text !== null && NO.has(text)) return false;
  notes.add('FLAG_UNREADABLE', place, JSON.stringify(raw));
  return null;
};

/** A whole number from 0 on, also where it stands as text; null, with a note, for anything else that is there. */
export const countOf = (raw: unknown, place: string, notes: Notes): number | null => {
  if (raw === null || raw === undefined || raw === '') return null;
  const text = typeof raw === 'string' ? raw.trim() : raw;
  if (text === '') return null;
  const value = typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : text;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  notes.add('SIZE_UNREADABLE', place, typeof raw === 'string' ? raw : JSON.stringify(raw));
  return null;
};

/** What a table of ours has under a name that a file gives: never what every object has, such as `constructor`. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A text that says something. */
export const textOf = (raw: unknown): string | null => (typeof raw === 'string' && raw !== '' ? raw : null);
