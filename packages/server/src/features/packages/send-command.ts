// redthread export package.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { PackageAsk } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { thousands } from '../../app/cli/table.js';
import { readExchangeKey } from '../../formats/package/keys.js';
import { withLocalSession } from '../accounts/index.js';
import { askOfOptions, subjectOptions, type ExportOptions } from '../exchange/index.js';
import { beginPackage } from './send.js';

interface Options extends ExportOptions {
  readonly to: string;
  readonly out: string;
  readonly json?: boolean;
}

/** Errors: SOURCE_UNREADABLE. */
export const textAt = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw fail('SOURCE_UNREADABLE', `${path}: ${(error as Error).message}`, { cause: error });
  }
};

/** To the command `export`, which is there already. */
export const registerSendCommand = (program: Command, io: Io): void => {
  const group = program.commands.find((one) => one.name() === 'export');
  if (group === undefined) return;
  subjectOptions(group.command('package'))
    .description('a package for another agency: sealed to its key, signed with yours; no content, and in the ledger')
    .requiredOption('--to <keyfile>', 'the key file of who receives it, which your agency trusts: see package trust')
    .requiredOption('--out <file>', 'a file that is not there yet')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread export package --case ES-2026-014 --to nowhere.key --out nowhere.package',
    )
    .action(async (options: Options) => {
      const { json, out, to } = options;
      const { fingerprint } = readExchangeKey(textAt(to));
      const sent = await withLocalSession(program, [], async (session) => {
        const ask = await askOfOptions(session, options, PackageAsk, { to: fingerprint });
        return intoNewFile(out, async (take) => {
          const { bytes, ...begun } = await beginPackage(session.store, session.ctx, ask);
          for await (const part of bytes) take(part);
          return begun;
        });
      });
      const { id, summary } = sent;
      if (json === true) io.json({ ...sent, file: out });
      else
        io.out(
          `${summary.subject}: ${thousands(summary.media)} media, ${summary.handling}, sealed for ${summary.to}; package ${id}`,
        );
    });
};
