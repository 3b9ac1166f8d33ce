// redthread backup.
import type { Command } from 'commander';
import { fail } from '@redthread/core/errors';
import process from 'node:process';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { bytes, thousands } from '../../app/cli/table.js';
import type { Config } from '../../app/config.js';
import { localConfig, withLocalSession } from '../accounts/index.js';
import { createBackup } from './create.js';
import { restoreBackup } from './restore.js';
import { verifyBackup } from './check.js';

interface Options {
  readonly keys: string;
  readonly destructions?: string;
  readonly keyFile?: string;
  readonly json?: boolean;
}

const REDRAW_MS = 200;

/** Lines of progress, at most five a second. */
const drawing = (io: Io): ((line: string) => void) => {
  let drawnAt = 0;
  return (line) => {
    if (Date.now() - drawnAt < REDRAW_MS) return;
    drawnAt = Date.now();
    io.live([line]);
  };
};

const DESTRUCTIONS = 'folder of the records of destruction, apart from both (default: REDTHREAD_DESTRUCTIONS)';
const KEY_FILE = 'file of the key that seals the backup, in place of the master key';

/** Errors: ARGUMENT_INVALID. */
const destructionsOf = ({ destructions }: Options, config: Config): string => {
  const folder = destructions ?? config.destructionsFolder;
  if (folder === null)
    throw fail(
      'ARGUMENT_INVALID',
      'without the records of destruction a restore would bring back what was destroyed: give --destructions FOLDER or REDTHREAD_DESTRUCTIONS',
    );
  return folder;
};

export const registerBackupCommands = (program: Command, io: Io): void => {
  const backup = program.command('backup').description('back the store up while it works, and restore it elsewhere');

  backup
    .command('create <folder>')
    .description('back up into a folder; a second time only what has changed is copied')
    .requiredOption('--keys <folder>', 'folder for the keys of cases, apart from the backup')
    .option('--destructions <folder>', DESTRUCTIONS)
    .option('--key-file <path>', KEY_FILE)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nThe master key is in none of these folders: keep a copy of it elsewhere.')
    .action(async (folder: string, options: Options) => {
      const draw = drawing(io);
      const made = await withLocalSession(program, ['owner'], ({ store, ctx, config }) =>
        createBackup(
          store,
          ctx,
          {
            folder,
            keys: options.keys,
            destructions: destructionsOf(options, config),
            keyFile: options.keyFile ?? null,
          },
          ({ objects, rows }) => draw(`backup  ${thousands(objects)} objects  ${thousands(rows)} rows`),
        ),
      );
      io.settle();
      if (made.missing > 0) process.exitCode = EXIT.failed;
      if (options.json === true) return io.json(made);
      io.out(
        `${thousands(made.rows)} rows and ${thousands(made.objects)} sealed objects, ` +
          `${thousands(made.copiedObjects)} of them copied now (${bytes(made.copiedBytes)}); ` +
          `${thousands(made.caseKeys)} keys of cases; ${thousands(made.destructions)} records of destruction`,
      );
      if (made.missing > 0)
        io.out(`${thousands(made.missing)} objects are missing in the vault: redthread verify names them`);
      io.note(`Sealed with key ${made.underKeyId}. Look whether it holds: redthread backup verify ${folder}`);
    });

  backup
    .command('verify <folder>')
    .description('look whether a backup is whole; needs its key and no store')
    .option('--keys <folder>', 'look at the keys of cases as well')
    .option('--key-file <path>', KEY_FILE)
    .option('--json', 'print JSON')
    .action(async (folder: string, { json, keyFile, keys }: Partial<Options>) => {
      const draw = drawing(io);
      const verified = await verifyBackup(
        localConfig(program),
        { folder, ...(keys === undefined ? {} : { keys }), ...(keyFile === undefined ? {} : { keyFile }) },
        (objects) => draw(`verify  ${thousands(objects)} objects`),
      );
      io.settle();
      if (verified.broken.length > 0) process.exitCode = EXIT.failed;
      if (json === true) return io.json(verified);
      for (const line of verified.broken) io.out(line);
      io.out(
        `backup of ${verified.at}: ${thousands(verified.rows)} rows, ${thousands(verified.objects)} sealed objects ` +
          `(${bytes(verified.bytes)})${verified.caseKeys === null ? '' : `, ${thousands(verified.caseKeys)} keys of cases`}`,
      );
      io.out(verified.broken.length === 0 ? 'all whole' : `${thousands(verified.broken.length)} broken`);
    });

  backup
    .command('restore <folder>')
    .description('restore into the empty folder that --data names; what was destroyed since is destroyed again')
    .requiredOption('--keys <folder>', 'folder of the keys of cases')
    .option('--destructions <folder>', DESTRUCTIONS)
    .option('--key-file <path>', KEY_FILE)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The master key has to be in place first (REDTHREAD_MASTER_KEY_FILE, or keys/master.key in the new data folder). Interrupted, the
same command begins anew; until it is done nothing else opens the folder.`,
    )
    .action(async (folder: string, options: Options) => {
      const draw = drawing(io);
      const config = localConfig(program);
      const restored = await restoreBackup(
        config,
        {
          folder,
          keys: options.keys,
          destructions: destructionsOf(options, config),
          ...(options.keyFile === undefined ? {} : { keyFile: options.keyFile }),
        },
        ({ objects, rows }) => draw(`restore  ${thousands(rows)} rows  ${thousands(objects)} objects`),
      );
      io.settle();
      if (restored.missing > 0) process.exitCode = EXIT.failed;
      if (options.json === true) return io.json(restored);
      io.out(
        `backup of ${restored.at} restored: ${thousands(restored.rows)} rows, ${thousands(restored.objects)} sealed objects, ` +
          `${thousands(restored.caseKeys)} keys of cases; ${thousands(restored.destroyedAgain)} destructions done again`,
      );
      if (restored.missing > 0)
        io.out(`${thousands(restored.missing)} objects are not in the backup: redthread verify names them`);
    });
};
