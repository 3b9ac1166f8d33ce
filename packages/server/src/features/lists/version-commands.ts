// redthread list diff, expire and export: what is done with the versions that are here.
import { Option, type Command } from 'commander';
import { CATALOGUE } from '@redthread/core/errors';
import { dayOf } from '../../app/cli/day.js';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { table, thousands } from '../../app/cli/table.js';
import { withContext } from '../../store/index.js';
import { withLocalSession } from '../accounts/index.js';
import { checkLists } from './check.js';
import { diffList, type ListDiff } from './diff.js';
import { expireList } from './expire.js';
import { EXPORT_FORMATS, exportList, type ExportFormat } from './export.js';
import { countingList } from './own-list.js';

interface Options {
  readonly json?: boolean;
  readonly listVersion?: string;
}

export const registerVersionCommands = (list: Command, program: Command, io: Io): void => {
  registerCheckCommand(list, program, io);
  list
    .command('diff <name> <from> <to>')
    .description(
      'what came and went between two versions of a list of your agency, digest by digest; stands in the record',
    )
    .option('--digests', 'print each digest that came (+) or went (-)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread list diff baseline 2026-04 2026-05 --digests')
    .action(async (name: string, from: string, to: string, options: Options & { readonly digests?: boolean }) => {
      const diff = await withLocalSession(program, [], ({ store, ctx }) =>
        diffList(store, ctx, { name, from, to }, (change, kind, digest) => {
          if (options.digests !== true) return;
          if (options.json === true) io.json({ change, kind, digest });
          else io.out(`${change === 'added' ? '+' : '-'} ${digest}`);
        }),
      );
      if (options.json === true) io.json(diff);
      else diffLines(diff).forEach(io.out);
    });

  list
    .command('expire <name>')
    .description('say until when a list of your agency counts')
    .requiredOption('--on <date>', 'the day from which it counts no longer')
    .option('--list-version <version>', 'which version (default: the one that still counts)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread list expire baseline --on 2027-12-31')
    .action(async (name: string, options: Options & { readonly on: string }) => {
      const on = dayOf(options.on, 'on');
      const expired = await withLocalSession(program, [], async ({ store, ctx }) => {
        const id = await withContext(store.app, ctx, (trx) => countingList(trx, name, options.listVersion));
        return expireList(store, ctx, id, on);
      });
      if (options.json === true) io.json(expired);
      else io.out(`${expired.name} ${expired.version} counts until ${on.toISOString().slice(0, 10)}`);
    });

  list
    .command('export <name>')
    .description('write a list of your agency into a file, as its source said it; stands in the record')
    .requiredOption('--out <file>', 'a file that is not there yet')
    .addOption(
      new Option('--format <format>', 'media set of VICS, table with everything that is said, or bare hashes')
        .choices(EXPORT_FORMATS)
        .makeOptionMandatory(),
    )
    .option('--list-version <version>', 'which version (default: the one that still counts)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread list export baseline --format vics --out baseline.json')
    .action(async (name: string, options: Options & { readonly out: string; readonly format: ExportFormat }) => {
      const { format, listVersion: version, out } = options;
      const exported = await intoNewFile(out, (take) =>
        withLocalSession(program, [], ({ store, ctx }) => exportList(store, ctx, { name, version, format }, take)),
      );
      if (options.json === true) io.json({ ...exported, format, file: out });
      else io.out(`wrote ${thousands(exported.entries)} entries of ${exported.name} ${exported.version} to ${out}`);
    });
};

/** Apart from the others: it looks into files, and may look everything up again. */
const registerCheckCommand = (list: Command, program: Command, io: Io): void => {
  list
    .command('check [name]')
    .description(
      'read every byte of the lists of your agency: what is damaged is set aside, what was and is whole again counts again',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread list check baseline')
    .action(async (name: string | undefined, options: { readonly json?: boolean }) => {
      const checks = await withLocalSession(program, ['worker'], ({ store, ctx }) =>
        checkLists(store, ctx, name ?? null),
      );
      for (const one of checks) {
        if (options.json === true) io.json(one);
        else if (one.state === 'damaged')
          io.out(`${one.name} ${one.version}: damaged (${one.code}): ${CATALOGUE.LIST_DAMAGED.next}`);
        else if (one.state === 'whole') io.out(`${one.name} ${one.version}: whole`);
        else
          io.out(`${one.name} ${one.version}: whole again, and in use; ${thousands(one.hits ?? 0)} media stand on it`);
      }
      if (checks.some(({ state }) => state === 'damaged')) process.exitCode = EXIT.failed;
    });
};

const diffLines = ({ changes }: ListDiff): string[] =>
  table(
    [
      { title: 'digests' },
      { title: 'added', align: 'right' },
      { title: 'removed', align: 'right' },
      { title: 'same', align: 'right' },
    ],
    changes.map(({ added, kind, removed, same }) => [kind, thousands(added), thousands(removed), thousands(same)]),
  );
