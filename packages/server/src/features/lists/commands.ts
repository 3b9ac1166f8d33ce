// redthread list.
import { Option, type Command } from 'commander';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { purpose } from '../../app/cli/purpose.js';
import { withContext, type Store } from '../../store/index.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { importList, listLists, showList } from './service.js';
import { countingList, withdrawList } from './withdraw.js';

interface ImportOptions {
  readonly name: string;
  readonly polarity: List['polarity'];
  readonly listVersion: string;
  readonly share?: string;
  readonly expires?: string;
  readonly handling?: string;
  readonly json?: boolean;
}

interface WithdrawOptions {
  readonly reason: string;
  readonly listVersion?: string;
  readonly json?: boolean;
}

const listLines = (lists: readonly List[]): string[] =>
  table(
    [
      { title: 'list' },
      { title: 'version' },
      { title: 'polarity' },
      { title: 'agency' },
      { title: 'entries', align: 'right' },
      { title: 'hits', align: 'right' },
      { title: 'expires' },
    ],
    lists.map((list) => [
      list.name,
      list.version,
      list.polarity,
      list.agency.name,
      thousands(list.entryCount),
      thousands(list.hits),
      list.expired ? `expired ${list.expiresAt?.slice(0, 10)}` : (list.expiresAt?.slice(0, 10) ?? ''),
    ]),
  );

const dateOf = (text: string): Date => {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw fail('ARGUMENT_INVALID', `${text}: a date such as 2027-12-31`, { pointer: 'expires' });
  return date;
};

export const registerListCommands = (program: Command, io: Io): void => {
  const list = program.command('list').description('lists of hashes: what is known');

  list
    .command('import <file>')
    .description('import a plain list, one MD5, SHA-1 or SHA-256 a line, as a whole or not at all')
    .requiredOption('--name <name>', 'name of the list')
    .addOption(
      new Option('--polarity <polarity>', 'what being on it means')
        .choices(['known-bad', 'known-good', 'other'])
        .makeOptionMandatory(),
    )
    .option('--list-version <version>', 'version of the list', '1')
    .option('--share <operation>', 'let the members of an operation use it')
    .option('--handling <code>', 'handling code (default: TLP:AMBER)')
    .option('--expires <date>', 'the day from which it counts no longer')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExample:\n  $ redthread list import baseline.txt --name baseline --polarity known-bad --list-version 2026-05`,
    )
    .action(async (file: string, options: ImportOptions) => {
      const { list: imported, emptyFiles } = await withLocalSession(program, [], ({ store, ctx }) =>
        importList(store, ctx, {
          file,
          name: options.name,
          polarity: options.polarity,
          version: options.listVersion,
          shareWith: options.share,
          handling: options.handling,
          expiresAt: options.expires === undefined ? undefined : dateOf(options.expires),
        }),
      );
      if (emptyFiles > 0)
        io.note(`left out: ${emptyFiles} digest(s) of an empty file, which would hit every empty file`);
      if (options.json === true) io.json(imported);
      else
        io.out(
          `imported ${imported.name} ${imported.version}: ${thousands(imported.entryCount)} hashes, ${thousands(imported.hits)} hits`,
        );
    });

  list
    .command('withdraw <name>')
    .description('take a list back: from now on it counts no longer; it stays for what was decided by it')
    .requiredOption('--reason <text>', 'why; stands in the record', purpose)
    .option('--list-version <version>', 'which version (default: the one that still counts)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread list withdraw baseline --reason "imported with the wrong polarity"',
    )
    .action(async (name: string, options: WithdrawOptions) => {
      const withdrawn = await withLocalSession(program, [], async ({ store, ctx }) => {
        const id = await withContext(store.app, ctx, (trx) => countingList(trx, name, options.listVersion));
        return withdrawList(store, ctx, id, options);
      });
      if (options.json === true) io.json(withdrawn);
      else io.out(`withdrew ${withdrawn.name} ${withdrawn.version}: it counts no longer`);
    });

  const seen = (read: (store: Store, ctx: Context) => Promise<List[]>): Promise<List[]> =>
    withLocalSession(program, [], async (session) => {
      const lists = await read(session.store, session.ctx);
      await recordView(session, 'lists', { count: lists.length });
      return lists;
    });

  const print = (lists: readonly List[], json: boolean | undefined): void =>
    json === true ? lists.forEach((one) => io.json(one)) : listLines(lists).forEach(io.out);

  list
    .command('list')
    .description('every list that you may use')
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) =>
      print(await seen((store, ctx) => listLists(store, ctx)), options.json),
    );

  list
    .command('show <name>')
    .description('the versions of a list, with their hits')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { readonly json?: boolean }) =>
      print(await seen((store, ctx) => showList(store, ctx, name)), options.json),
    );
};
