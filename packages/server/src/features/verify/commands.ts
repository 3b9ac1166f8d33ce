// redthread verify.
import process from 'node:process';
import { Option, type Command } from 'commander';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { bytes, thousands } from '../../app/cli/table.js';
import { withLocalSession } from '../accounts/index.js';
import { verifyStore, type Verified, type VerifyPart } from './service.js';

const REDRAW_MS = 200;

interface VerifyOptions {
  readonly only?: VerifyPart;
  readonly json?: boolean;
}

export const registerVerifyCommands = (program: Command, io: Io): void => {
  program
    .command('verify')
    .description('verify every sealed object, its digest and its references, and the sealed record; changes nothing')
    .addOption(new Option('--only <part>', 'only this part').choices(['vault', 'record']))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Exit code 0 when all is whole, 1 when something is broken: each is named. What cannot be found with what there is,
such as a record that was set back as a whole where no anchor is configured, is said as well.`,
    )
    .action(async ({ json, only = undefined }: VerifyOptions) => {
      let drawnAt = 0;
      const verified = await withLocalSession(program, ['worker', 'sealer'], ({ store, ctx }) =>
        verifyStore(store, ctx, { only: only ?? null }, (progress) => {
          if (Date.now() - drawnAt < REDRAW_MS && progress.checked < progress.total) return;
          drawnAt = Date.now();
          io.live([
            `verify  ${thousands(progress.checked)} / ${thousands(progress.total)} objects  ${bytes(progress.bytes)}`,
          ]);
        }),
      );
      io.settle();
      if (verified.broken.length > 0) process.exitCode = EXIT.failed;
      if (json === true) return io.json(verified);
      for (const line of reportLines(verified)) io.out(line);
    });
};

const reportLines = ({ broken, checkedBytes, checkedObjects, counts, record }: Verified): string[] => {
  const lines = broken.map(({ code, detail, object }) => `${code}: ${object}: ${detail}`);
  if (record !== null && record.unlisted > 0) lines.push(`and ${thousands(record.unlisted)} more`);
  if (counts !== null)
    lines.push(
      `vault   ${thousands(checkedObjects)} sealed objects (${bytes(checkedBytes)}), ` +
        `${thousands(counts.media)} media, ${thousands(counts.occurrences)} files in ${thousands(counts.exhibits)} exhibits`,
    );
  if (record !== null) {
    lines.push(
      `record  ${thousands(record.events)} sealed events in ${thousands(record.logs)} logs, ${thousands(record.heads)} signed heads, ` +
        `${thousands(record.destructions)} records of destruction, ` +
        `the last of ${record.lastHeadAt ?? 'never'}; newest anchor ${record.lastAnchorAt ?? 'none'}`,
    );
    lines.push(...record.limits.map((limit) => `        ${limit}`));
  }
  const count = broken.length + (record?.unlisted ?? 0);
  lines.push(count === 0 ? 'all whole' : `${thousands(count)} broken`);
  return lines;
};
