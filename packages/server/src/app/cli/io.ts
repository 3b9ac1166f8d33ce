// The terminal as every command sees it: data on stdout, progress and notes on stderr, colour only where it is wanted.
import process from 'node:process';

/** What commands take that answer with data. */
export interface Json {
  readonly json?: boolean;
}

export interface Io {
  /** One line of data. */
  readonly out: (line: string) => void;
  /** One JSON value a line: what machines read. */
  readonly json: (value: unknown) => void;
  /** One line about the work itself. */
  readonly note: (line: string) => void;
  /** Redraws the live lines of a progress display; a no-op where stderr is no terminal. */
  readonly live: (lines: readonly string[]) => void;
  /** Leaves the live lines as they are and starts below them. */
  readonly settle: () => void;
  readonly interactive: boolean;
  readonly colour: boolean;
  readonly columns: number;
}

const ESCAPE = '\u001b[';

/** Colours of our own (see table.ts) pass; whatever else could move the cursor or rename the window is written out. */
const OWN_COLOUR = /\u001b\[(?:0|1|2|38;5;203)m/g;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Names of seized files may hold control characters and marks that turn the writing direction: shown as `\\u001b`. */
export const visible = (line: string): string => {
  const spelled = (part: string): string =>
    part.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const colours = line.match(OWN_COLOUR) ?? [];
  return line
    .split(OWN_COLOUR)
    .map((part, position) => spelled(part) + (colours[position] ?? ''))
    .join('');
};

export const terminalIo = (): Io => {
  const interactive = process.stderr.isTTY === true;
  const colour = process.env['NO_COLOR'] === undefined && process.stdout.isTTY === true;
  let drawn = 0;
  return {
    out: (line) => void process.stdout.write(`${visible(line)}\n`),
    // JSON leaves C1 and marks of direction as they are; spelled as `\\u009b` they mean the same to whoever parses it.
    json: (value) => void process.stdout.write(`${visible(JSON.stringify(value))}\n`),
    note: (line) => void process.stderr.write(`${visible(line)}\n`),
    live: (lines) => {
      if (!interactive) return;
      const up = drawn > 0 ? `${ESCAPE}${drawn}A` : '';
      process.stderr.write(up + lines.map((line) => `${ESCAPE}2K${visible(line)}\n`).join(''));
      drawn = lines.length;
    },
    settle: () => {
      drawn = 0;
    },
    interactive,
    colour,
    columns: process.stderr.columns ?? 100,
  };
};
