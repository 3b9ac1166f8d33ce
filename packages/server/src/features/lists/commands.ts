// redthread list.
import { Option, type Command } from 'commander';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { dayOf } from '../../app/cli/day.js';
import { purpose } from '../../app/cli/purpose.js';
import { withContext, type Store } from '../../store/index.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { LIST_FORMATS, NOTE_CODES, type ListFormat, type NoteCode } from '../../formats/lists/index.js';
import { registerVersionCommands } from './version-commands.js';
import { importList } from './import.js';
import { listLists, showList } from './service.js';
import { countingList } from './own-list.js';
import { withdrawList } from './withdraw.js';

interface ImportOptions {
  readonly name: string;
  readonly polarity: List['polarity'];
  readonly format?: ListFormat;
  readonly listVersion?: string;
  readonly owner?: string;
  readonly onto?: string;
  readonly skipBadLines?: boolean;
  readonly notNist?: boolean;
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

/** What was noticed, with the first place of each kind. */
const noteLines = (notes: List['notes']): string[] =>
  notes.map(({ code, count, places }) => {
    const meaning = Object.hasOwn(NOTE_CODES, code) ? NOTE_CODES[code as NoteCode] : '';
    const [first] = places;
    return `${code} ${thousands(count)}: ${meaning}${first === undefined ? '' : `; first: ${first}`}`;
  });

export const registerListCommands = (program: Command, io: Io): void => {
  const list = program.command('list').description('lists of hashes: what is known');

  list
    .command('import <files...>')
    .description('import a list in a format of the field, as a whole or not at all; several files are pages of one')
    .requiredOption('--name <name>', 'name of the list')
    .addOption(
      new Option('--polarity <polarity>', 'what being on it means')
        .choices(['known-bad', 'known-good', 'other'])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--format <format>', 'instead of the one that the content says').choices(LIST_FORMATS))
    .option('--list-version <version>', 'version of the list (default: the one that the file names, or 1)')
    .option('--owner <name>', 'whose list it is')
    .option('--onto <version>', 'apply additions and deletions to this version; the result is a new one')
    .option('--share <operation>', 'let the members of an operation use it')
    .option('--handling <code>', 'handling code (default: TLP:AMBER)')
    .option('--expires <date>', 'the day from which it counts no longer')
    .option('--skip-bad-lines', 'take a plain list without the lines that hold no hash')
    .option('--not-nist', 'known-bad in VICS 1.2: say that it is not the known good of NIST')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExamples:\n  $ redthread list import baseline.txt --name baseline --polarity known-bad --list-version 2026-05
  $ redthread list import page1.xml page2.xml --name shared --polarity known-bad --onto 2026-04 --list-version 2026-05`,
    )
    .action(async (files: string[], options: ImportOptions) => {
      const imported = await withLocalSession(program, ['worker'], ({ store, ctx }) =>
        importList(store, ctx, {
          files,
          format: options.format,
          name: options.name,
          polarity: options.polarity,
          version: options.listVersion,
          owner: options.owner,
          onto: options.onto,
          shareWith: options.share,
          handling: options.handling,
          expiresAt: options.expires === undefined ? undefined : dayOf(options.expires, 'expires'),
          skipsBadLines: options.skipBadLines === true,
          isNotNist: options.notNist === true,
          onProgress: (entries, part) =>
            io.live([`${thousands(entries)} entries, ${Math.floor(100 * part)} % of the bytes`]),
        }),
      );
      io.settle();
      for (const line of noteLines(imported.notes)) io.note(line);
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

  registerVersionCommands(list, program, io);

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
