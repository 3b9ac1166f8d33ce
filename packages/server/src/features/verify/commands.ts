// redthread verify.
import process from 'node:process';
import type { Command } from 'commander';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { bytes, thousands } from '../../app/cli/table.js';
import { withLocalSession } from '../accounts/index.js';
import { verifyStore } from './service.js';

const REDRAW_MS = 200;

export const registerVerifyCommands = (program: Command, io: Io): void => {
  program
    .command('verify')
    .description('verify every sealed object, its digest and its references; changes nothing')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code 0 when all is whole, 1 when something is broken: each is named.')
    .action(async (options: { readonly json?: boolean }) => {
      let drawnAt = 0;
      const verified = await withLocalSession(program, ['worker'], ({ store, ctx }) =>
        verifyStore(store, ctx, (progress) => {
          if (Date.now() - drawnAt < REDRAW_MS && progress.checked < progress.total) return;
          drawnAt = Date.now();
          io.live([
            `verify  ${thousands(progress.checked)} / ${thousands(progress.total)} objects  ${bytes(progress.bytes)}`,
          ]);
        }),
      );
      io.settle();
      if (verified.broken.length > 0) process.exitCode = EXIT.failed;
      if (options.json === true) return io.json(verified);
      for (const { object, code, detail } of verified.broken) io.out(`${code}: ${object}: ${detail}`);
      const { counts, checkedObjects, checkedBytes, broken } = verified;
      io.out(
        `${thousands(checkedObjects)} sealed objects (${bytes(checkedBytes)}), ${thousands(counts.media)} media, ` +
          `${thousands(counts.occurrences)} files in ${thousands(counts.exhibits)} exhibits: ` +
          (broken.length === 0 ? 'all whole' : `${thousands(broken.length)} broken`),
      );
    });
};
