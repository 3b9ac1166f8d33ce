// Plain tables and colours for the terminal: numbers to the right, thin spaces between thousands, no boxes.
import { visible } from './io.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** 360112 -> "360 112" with a no-break thin space, as everywhere in the interface. */
export const thousands = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');

export const bytes = (value: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${units[unit] ?? 'B'}`;
};

export const duration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
};

/** Letters and signs that take two cells of a terminal (Unicode annex 11, roughly). */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const cellsOf = (character: string): number => (WIDE.test(character) ? 2 : 1);

/** Whole characters from the start of `text` that fit into so many cells. */
const head = (text: readonly string[], cells: number): string => {
  let left = cells;
  return text
    .slice(
      0,
      [...text, ''].findIndex((character) => (left -= cellsOf(character)) < 0),
    )
    .join('');
};

/** The text in at most so many cells of a terminal; of a longer one the beginning and the end, which name most. */
export const cut = (text: string, cells: number): string => {
  const characters = [...text];
  if (characters.reduce((sum, character) => sum + cellsOf(character), 0) <= cells) return text;
  const end = [...head([...characters].reverse(), Math.floor((cells - 1) / 2))].reverse().join('');
  return `${head(characters, cells - 1 - Math.floor((cells - 1) / 2))}…${end}`;
};

/** Lines of a table with a head line and a rule of light lines under it. */
export const table = (columns: readonly Column[], given: readonly (readonly string[])[]): string[] => {
  // A line feed in a name would tear the table, so names are spelled out before anything is measured.
  const rows = given.map((row) => row.map(visible));
  const width = columns.map((column, i) => Math.max(column.title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, i) =>
        column.align === 'right' ? (cells[i] ?? '').padStart(width[i] ?? 0) : (cells[i] ?? '').padEnd(width[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(columns.map((c) => c.title)), width.map((w) => '─'.repeat(w)).join('  '), ...rows.map(line)];
};

const paint =
  (code: string) =>
  (text: string, colour: boolean): string =>
    colour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const dim = paint('2');
export const bold = paint('1');
export const thread = paint('38;5;203');
