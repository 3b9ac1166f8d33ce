// The log of a server: lines for people on a terminal, JSON a line for machines everywhere else; never a mixture.
import process from 'node:process';
import pino, { type Logger } from 'pino';
import { visible } from './cli/io.js';
import type { LogLevel } from './config-settings.js';

interface Entry {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly code?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
}

const clock = (time: number): string => new Date(time).toTimeString().slice(0, 8);

/** One entry as somebody reads it: time of day, level unless it is information, words, and the stack of an error. */
export const entryInWords = (json: string): string => {
  const { level, time, msg = '', code, err } = JSON.parse(json) as Entry;
  const label = level > 30 ? ` ${pino.levels.labels[level] ?? level}` : '';
  const head = `${clock(time)}${label} ${code === undefined ? '' : `${code}: `}${msg}`;
  const stack = (err?.stack ?? err?.message ?? '').split('\n').filter((line) => line !== '');
  return [head, ...stack.map((line) => `  ${line.trim()}`)].map(visible).join('\n');
};

export interface ServerLog {
  readonly logger: Logger;
  /** For the HTTP side: on a terminal it is silent about the address, which the command prints. */
  readonly http: Logger;
  /** Information for whoever runs the server. */
  readonly say: (line: string) => void;
}

export const openLog = (level: LogLevel, terminal = process.stderr.isTTY === true): ServerLog => {
  if (!terminal) {
    const logger = pino({ level }, pino.destination(2));
    return { logger, http: logger, say: (line) => logger.warn(line) };
  }
  const write = (line: string): void => void process.stderr.write(`${line}\n`);
  const logger = pino({ level }, { write: (json: string) => write(entryInWords(json)) });
  const http = level === 'info' ? logger.child({}, { level: 'warn' }) : logger;
  return { logger, http, say: (line) => write(visible(line)) };
};
