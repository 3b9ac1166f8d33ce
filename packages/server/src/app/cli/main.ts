// Entry of the command line: loads the one command that was asked for, and turns errors into code, what, what to do.
import { userInfo } from 'node:os';
import process from 'node:process';
import { CommanderError } from 'commander';
import { CATALOGUE, fail, isRedthreadError } from '@redthread/core/errors';
import { isFull } from '../../disk/disk-error.js';
import { EXIT } from './exit-codes.js';
import { terminalIo } from './io.js';
import { buildProgram } from './program.js';

const USAGE = new Set<string>(['ARGUMENT_INVALID', 'REQUEST_INVALID']);
const REFUSALS = new Set([401, 403, 404]);

/** Prints an error on stderr as code, what, what to do; returns the exit code. */
const explain = (error: unknown, note: (line: string) => void): number => {
  // The end of a log or a stack: what follows is indented, so that no name of a file passes for a line of ours.
  const noteLines = (text: string): void => text.split('\n').forEach((line, i) => note(i === 0 ? line : `  ${line}`));
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (isRedthreadError(error)) {
    noteLines(`${error.code}: ${error.title}: ${error.detail}`);
    note(`  ${error.next}`);
    if (USAGE.has(error.code)) return EXIT.usage;
    return REFUSALS.has(error.status) ? EXIT.refused : EXIT.failed;
  }
  // Wherever the disk ran full, a stack helps nobody.
  if (isFull(error)) return explain(fail('DISK_FULL', (error as Error).message, { cause: error }), note);
  noteLines(
    `INTERNAL: ${CATALOGUE.INTERNAL.title}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return EXIT.failed;
};

const io = terminalIo();
// A reader that goes away (`| head`) ends the command quietly, as it does for every tool of the system.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});
try {
  const program = await buildProgram(io, process.argv.slice(2), userInfo().username);
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = explain(error, io.note);
}
