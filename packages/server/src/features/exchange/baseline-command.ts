// redthread export baseline.
import type { Command } from 'commander';
import type { BaselineSummary } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { purpose } from '../../app/cli/purpose.js';
import { thousands } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { previewBaseline, releaseBaseline } from './baseline.js';

interface Options {
  readonly to: string;
  readonly out?: string;
  readonly preview?: boolean;
  readonly purpose?: string;
  readonly json?: boolean;
}

const lines = ({ alone, disputed, entries, handling, to, withdrawn }: BaselineSummary): string[] => [
  `baseline for ${to}: ${thousands(entries)} entries, ${handling}; ${thousands(withdrawn)} that they had are withdrawn`,
  ...(alone > 0 ? [`held back: ${thousands(alone)} that people of one country alone have looked at`] : []),
  ...(disputed > 0 ? [`held back: ${thousands(disputed)} that somebody who looked finds not baseline`] : []),
];

export const registerBaselineCommand = (group: Command, program: Command, io: Io): void => {
  group
    .command('baseline')
    .description('digests of what two agencies of different countries looked at and found to be baseline')
    .requiredOption('--to <name>', 'who receives it')
    .option('--out <file>', 'a file that is not there yet')
    .option('--preview', 'say what would be in it, and write nothing')
    .option('--purpose <text>', 'why, as it stands in the record', purpose)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread export baseline --to "Police of Nowhere" --out baseline.txt')
    .action(async ({ json, out, preview, purpose: why, to }: Options) => {
      if ((out === undefined) === (preview !== true))
        throw fail('ARGUMENT_INVALID', 'name a file with --out, or ask for a --preview', { pointer: 'out' });
      const summary = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        if (out === undefined) {
          const found = await previewBaseline(store, ctx, { to });
          await recordView(session, 'baseline preview', { count: found.entries });
          return found;
        }
        return intoNewFile(out, async (take) => {
          const released = await releaseBaseline(store, ctx, { to, purpose: why });
          take(released.text);
          return released.summary;
        });
      });
      if (json === true) io.json({ ...summary, file: out ?? null });
      else lines(summary).forEach(io.out);
    });
};
