// The terminal as every command sees it: data on stdout, progress and notes on stderr, colour only where it is wanted.
import process from 'node:process';

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

export const terminalIo = (): Io => {
  const interactive = process.stderr.isTTY === true;
  const colour = process.env['NO_COLOR'] === undefined && process.stdout.isTTY === true;
  let drawn = 0;
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    live: (lines) => {
      if (!interactive) return;
      const up = drawn > 0 ? `${ESCAPE}${drawn}A` : '';
      process.stderr.write(up + lines.map((line) => `${ESCAPE}2K${line}\n`).join(''));
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
