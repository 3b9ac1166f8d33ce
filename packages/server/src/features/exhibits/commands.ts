// redthread ingest: from a source to matches, with a live line a stage, and what came of it at the end.
import type { Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import { EXIT } from '../../app/cli/exit-codes.js';

interface IngestFlags {
  readonly case: string;
  readonly exhibit: string;
  readonly inPlace?: boolean;
  readonly wait: boolean;
  readonly json?: boolean;
}

export const registerExhibitCommands = (program: Command, io: Io): void => {
  program
    .command('ingest')
    .description('take an exhibit in: hash, store, decode, match; run again after an interruption, it goes on')
    .argument('<source>', 'a folder, or a .zip, .tar or .tar.gz (by content, not by name)')
    .requiredOption('--case <reference>', 'case of your agency')
    .requiredOption('--exhibit <reference>', 'reference of the exhibit within the case')
    .option('--in-place', 'leave the files where they are, under a root of REDTHREAD_IN_PLACE_ROOTS')
    .option('--no-wait', 'end when everything is stored; workers of the server decode and match')
    .option('--json', 'one line of JSON for machines')
    .addHelpText('after', '\nExample:\n  $ redthread ingest /mnt/seized/phone --case ES-2026-014 --exhibit 7')
    .action(async (source: string, flags: IngestFlags) => {
      const { runIngestCommand } = await import('./ingest-command.js');
      const unread = await runIngestCommand(program, io, {
        source,
        ...flags,
        inPlace: flags.inPlace === true,
        json: flags.json === true,
      });
      if (unread) process.exitCode = EXIT.someUnread;
    });
};
