import pino from 'pino';
import { expect, it } from 'vitest';
import { entryInWords } from './log.js';

const logged = (write: (logger: pino.Logger) => void): string => {
  let json = '';
  write(pino({ level: 'trace' }, { write: (line: string) => void (json += line) }));
  return entryInWords(json);
};

it('writes what machines read as one line for people', () => {
  expect(logged((logger) => logger.info('ready'))).toMatch(/^\d\d:\d\d:\d\d ready$/);
  expect(logged((logger) => logger.warn('a worker ended (exit 1)'))).toMatch(/^\d\d:\d\d:\d\d warn a worker ended/);
});

it('keeps the stack of an error below its code, and lets no name of a file move the cursor', () => {
  const error = new Error('cannot read \u001b[2J.jpg');
  const [head = '', first = '', ...frames] = logged((logger) =>
    logger.error({ err: error, code: 'INTERNAL' }, 'The program failed'),
  ).split('\n');
  expect(head).toMatch(/ error INTERNAL: The program failed$/);
  expect(first).toBe('  Error: cannot read \\u001b[2J.jpg');
  expect(frames.length).toBeGreaterThan(0);
});
