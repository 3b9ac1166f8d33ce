// redthread list.
import { Option, type Command } from 'commander';
import type { List, ListPreview } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { dayOf } from '../../app/cli/day.js';
import { minute } from '../../app/cli/minute.js';
import { purpose } from '../../app/cli/purpose.js';
import { withContext, type Store } from '../../store/index.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { LIST_FORMATS, type ListFormat } from '../../formats/lists/index.js';
import { registerNegativeCommands } from './negative-commands.js';
import { registerVersionCommands } from './version-commands.js';
import { importList, previewImport, type ListImport } from './import.js';
import { meaningOf } from './preview.js';
import { listLists, showList, stillCounts } from './service.js';
import { countingList } from './own-list.js';
import { withdrawList } from './withdraw.js';

interface ImportOptions {
  readonly name: string;
  readonly polarity: List['polarity'];
  readonly format?: ListFormat;
  readonly listVersion?: string;
  readonly owner?: string;
  readonly onto?: string;
  readonly endOnto?: boolean;
  readonly preview?: boolean;
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

/** `12, 9 confirmed, 3 rejected`; nothing where nobody has looked. */
const precisionWords = ({ confirmed, disputed, looked, rejected }: List['precision']): string =>
  [
    ...(looked > 0 ? [thousands(looked)] : []),
    ...(confirmed > 0 ? [`${thousands(confirmed)} confirmed`] : []),
    ...(rejected > 0 ? [`${thousands(rejected)} rejected`] : []),
    ...(disputed > 0 ? [`${thousands(disputed)} disputed`] : []),
  ].join(', ');

const listLines = (lists: readonly List[]): string[] =>
  table(
    [
      { title: 'list' },
      { title: 'version' },
      { title: 'polarity' },
      { title: 'agency' },
      { title: 'entries', align: 'right' },
      { title: 'hits', align: 'right' },
      { title: 'looked at', align: 'right' },
      { title: 'expires' },
      { title: '' },
    ],
    lists.map((list) => [
      list.name,
      list.version,
      list.polarity,
      list.agency.name,
      thousands(list.entryCount),
      `${thousands(list.hits)}${list.negative > 0 ? ` (+${thousands(list.negative)} never)` : ''}`,
      precisionWords(list.precision),
      list.expired ? `expired ${list.expiresAt?.slice(0, 10)}` : (list.expiresAt?.slice(0, 10) ?? ''),
      list.damage === null ? '' : `damaged (${list.damage.code}) since ${minute(list.damage.since)}`,
    ]),
  );

/** What was noticed, with the first place of each kind. */
const noteLines = (notes: List['notes']): string[] =>
  notes.map(({ code, count, places }) => {
    const [first] = places;
    return `${code} ${thousands(count)}: ${meaningOf(code)}${first === undefined ? '' : `; first: ${first}`}`;
  });

const previewLines = (
  { name, polarity, owner, handling = 'TLP:AMBER', onto }: ListImport,
  preview: ListPreview,
): string[] => [
  ...table(
    [{ title: 'list' }, { title: `${name} ${preview.version}` }],
    [
      ['polarity', polarity],
      ['owner', owner ?? 'not said'],
      ['handling', handling],
      ['format', [preview.format, preview.formatVersion ?? ''].join(' ').trim()],
      ['entries', thousands(preview.entries)],
      ...Object.entries(preview.digests).map(([kind, count]) => [kind, thousands(count)]),
      ...Object.entries(preview.opaque).map(([method, count]) => [
        method,
        `${thousands(count)}, kept and not compared`,
      ]),
    ],
  ),
  ...noteLines(preview.notes),
  ...(preview.ontoCounts ? [`version ${onto} would go on counting beside it; --end-onto ends it`] : []),
  'Nothing was imported.',
];

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
    .option('--end-onto', 'end the version of --onto when this one counts; else both count')
    .option('--preview', 'say what is read, and import nothing')
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
      const input: ListImport = {
        files,
        format: options.format,
        name: options.name,
        polarity: options.polarity,
        version: options.listVersion,
        owner: options.owner,
        onto: options.onto,
        endsOnto: options.endOnto === true,
        shareWith: options.share,
        handling: options.handling,
        expiresAt: options.expires === undefined ? undefined : dayOf(options.expires, 'expires'),
        skipsBadLines: options.skipBadLines === true,
        isNotNist: options.notNist === true,
        onProgress: (entries, part) =>
          io.live([`${thousands(entries)} entries, ${Math.floor(100 * part)} % of the bytes`]),
      };
      if (options.preview === true) {
        const preview = await withLocalSession(program, ['worker'], ({ store, ctx }) =>
          previewImport(store, ctx, input),
        );
        io.settle();
        if (options.json === true) return io.json(preview);
        return previewLines(input, preview).forEach(io.out);
      }
      const { name, onto } = input;
      const { imported, isBeside } = await withLocalSession(program, ['worker'], async ({ store, ctx }) => ({
        imported: await importList(store, ctx, input),
        isBeside: onto !== undefined && (await stillCounts(store, ctx, name, onto)),
      }));
      io.settle();
      for (const line of noteLines(imported.notes)) io.note(line);
      if (options.json === true) io.json(imported);
      else
        io.out(
          `imported ${imported.name} ${imported.version}: ${thousands(imported.entryCount)} hashes, ${thousands(imported.hits)} hits`,
        );
      if (isBeside)
        io.note(
          `${name} ${onto} goes on counting beside it, with what was taken back since: redthread list withdraw ${name} --list-version ${onto} --reason "…" ends it (or import with --end-onto)`,
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
  registerNegativeCommands(list, program, io);

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
