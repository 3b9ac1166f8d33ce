// redthread export: forms that other programs read, and the ledger of what was given to whom.
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import {
  EXCHANGE_NOTES,
  ExchangeAsk,
  type Contribution,
  type ExchangeFormat,
  type ExchangeSummary,
} from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { purpose } from '../../app/cli/purpose.js';
import { table, thousands } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { listConnections } from '../connections/index.js';
import { askOfOptions, subjectOptions, type ExportOptions } from './ask-options.js';
import { registerBaselineCommand } from './baseline-command.js';
import { beginExport, previewExport } from './export.js';
import { listContributions, withdrawContribution } from './ledger.js';

interface Options extends ExportOptions {
  readonly out?: string;
  readonly preview?: boolean;
  readonly mediaSet?: boolean;
  readonly to?: string;
  readonly json?: boolean;
}

const FORMATS: readonly (readonly [ExchangeFormat, string])[] = [
  ['vics', 'VICS 2.0: a case export with its files, or a media set'],
  ['icse', 'a CSV with the columns of the hash list of ICSE'],
  ['csv', 'a table with everything that is said of each media'],
  ['case', 'CASE/UCO with CAC, JSON-LD'],
  ['ftm', 'FollowTheMoney, a line of JSON an entity'],
  ['graphml', 'GraphML: cases, series, entities, media and what connects them'],
];

/** What is in it, and what is not. */
const summaryLines = ({ files, handling, media, notes, scheme, subject, to }: ExchangeSummary): string[] => [
  `${subject}: ${thousands(media)} media at ${thousands(files)} paths, ${handling}, categories in ${scheme}${to === null ? '' : `, for ${to}`}`,
  ...notes.map(
    ({ code, count, places }) => `${code} ${thousands(count)}: ${EXCHANGE_NOTES[code]}; first: ${places[0] ?? ''}`,
  ),
];

export const registerExportCommands = (program: Command, io: Io): void => {
  const group = program.command('export').description('files for other programs, and the ledger of what was given');

  for (const [format, words] of FORMATS) {
    const command = subjectOptions(group.command(format))
      .description(`${words}; stands in the record before a byte is written`)
      .option('--out <file>', 'a file that is not there yet')
      .option('--preview', 'say what would be in it, and write nothing')
      .option('--to <name>', 'who receives it: then it is in the ledger, and codes that do not reach them hold it back')
      .option('--json', 'print JSON')
      .addHelpText('after', `\nExample:\n  $ redthread export ${format} --case ES-2026-014 --out case.out`);
    if (format === 'vics') command.addOption(new Option('--media-set', 'a set of media, without cases around them'));
    command.action(async (options: Options) => {
      const { out } = options;
      if ((out === undefined) === (options.preview !== true))
        throw fail('ARGUMENT_INVALID', 'name a file with --out, or ask for a --preview', { pointer: 'out' });
      const summary = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        const ask = await askOfOptions(session, options, ExchangeAsk, {
          format,
          shape: options.mediaSet === true ? 'media-set' : 'case',
          to: options.to,
        });
        if (out === undefined) {
          const preview = await previewExport(store, ctx, ask);
          await recordView(session, 'export preview', { count: preview.media });
          return preview;
        }
        return intoNewFile(out, async (take) => {
          const exported = await beginExport(store, ctx, ask, (input) => listConnections(store, ctx, input));
          for await (const text of exported.text) take(text);
          return exported.summary;
        });
      });
      if (options.json === true) io.json({ ...summary, file: out ?? null });
      else for (const line of summaryLines(summary)) io.out(line);
      if (options.json !== true && out !== undefined) io.out(`in ${resolve(out)}`);
    });
  }

  registerBaselineCommand(group, program, io);

  group
    .command('ledger')
    .description('what your agency gave to others, newest first')
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const items = await withLocalSession(program, [], async (session) => {
        const found = await listContributions(session.store, session.ctx);
        await recordView(session, 'contributions', { count: found.length });
        return found;
      });
      if (options.json === true) for (const one of items) io.json(one);
      else if (items.length === 0) io.out('Nothing was given to anybody.');
      else for (const line of ledgerLines(items)) io.out(line);
    });

  group
    .command('withdraw <id>')
    .description(
      'take back what was given: the ledger says so, and of a baseline list the next release tells the receiver',
    )
    .requiredOption('--reason <text>', 'why', purpose)
    .option('--media <ids...>', 'these media alone')
    .option('--json', 'print JSON')
    .action(
      async (id: string, options: { readonly reason: string; readonly media?: string[]; readonly json?: boolean }) => {
        const line = await withLocalSession(program, [], ({ store, ctx }) =>
          withdrawContribution(store, ctx, id, { reason: options.reason, media: options.media }),
        );
        if (options.json === true) io.json(line);
        else io.out(`${thousands(line.withdrawnItems)} of ${thousands(line.items)} taken back from ${line.receiver}`);
      },
    );
};

const ledgerLines = (items: readonly Contribution[]): string[] =>
  table(
    [
      { title: 'when (UTC)' },
      { title: 'receiver' },
      { title: 'format' },
      { title: 'of' },
      { title: 'handling' },
      { title: 'items', align: 'right' },
      { title: 'taken back', align: 'right' },
      { title: 'received' },
      { title: 'by' },
      { title: 'id' },
    ],
    items.map((one) => [
      minute(one.at),
      one.receiver,
      one.format,
      one.subject,
      one.handling,
      thousands(one.items),
      thousands(one.withdrawnItems),
      one.acknowledged === null ? '' : minute(one.acknowledged.at),
      one.by,
      one.id,
    ]),
  );
