// redthread export: forms that other programs read, and the ledger of what was given to whom.
import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  EXCHANGE_FIELDS,
  EXCHANGE_NOTES,
  ExchangeAsk,
  type Contribution,
  type ExchangeField,
  type ExchangeFormat,
  type ExchangeSummary,
} from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { purpose } from '../../app/cli/purpose.js';
import { table, thousands } from '../../app/cli/table.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { listConnections } from '../connections/index.js';
import { resolveScope } from '../funnel/index.js';
import { registerBaselineCommand } from './baseline-command.js';
import { beginExport, previewExport } from './export.js';
import { listContributions, withdrawContribution } from './ledger.js';

interface Options {
  readonly case?: string;
  readonly exhibit?: string;
  readonly operation?: string;
  readonly series?: string;
  readonly review?: string;
  readonly out?: string;
  readonly preview?: boolean;
  readonly mediaSet?: boolean;
  readonly scheme?: string;
  readonly leaveOut?: ExchangeField[];
  readonly to?: string;
  readonly handling?: string;
  readonly withoutUnread?: boolean;
  readonly purpose?: string;
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

const fields = (text: string): ExchangeField[] => {
  const named = text.split(',').map((one) => one.trim());
  const unknown = named.find((one) => !(EXCHANGE_FIELDS as readonly string[]).includes(one));
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is none of ${EXCHANGE_FIELDS.join(', ')}.`);
  return named as ExchangeField[];
};

const askOf = async (session: LocalSession<'app'>, format: ExchangeFormat, options: Options): Promise<ExchangeAsk> => {
  const { exhibit, operation, review, series } = options;
  const scope = await resolveScope(session.store, session.ctx, { case: options.case, exhibit, operation });
  const parsed = ExchangeAsk.safeParse({
    format,
    ...(scope !== null && { [scope.kind]: scope.id }),
    series,
    review,
    shape: options.mediaSet === true ? 'media-set' : 'case',
    scheme: options.scheme,
    leaveOut: options.leaveOut ?? [],
    to: options.to,
    handling: options.handling,
    withoutUnread: options.withoutUnread === true,
    purpose: options.purpose,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw fail('ARGUMENT_INVALID', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {
    pointer: String(issue?.path[0] ?? ''),
  });
};

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
    const command = group
      .command(format)
      .description(`${words}; stands in the record before a byte is written`)
      .option('--case <case>', 'of a case')
      .option('--exhibit <exhibit>', 'of an exhibit, as CASE/EXHIBIT')
      .option('--operation <operation>', 'of all cases of an operation that you see')
      .option('--series <series>', 'of a series, by its id')
      .option('--review <id>', 'of a review of yours: its query, asked anew')
      .option('--out <file>', 'a file that is not there yet')
      .option('--preview', 'say what would be in it, and write nothing')
      .option('--scheme <scheme>', 'scheme of the categories (default: what your agency votes in)')
      .option('--leave-out <fields>', `comma-separated: ${EXCHANGE_FIELDS.join(', ')}`, fields)
      .option('--to <name>', 'who receives it: then it is in the ledger, and codes that do not reach them hold it back')
      .option('--handling <code>', 'code under which the file is handled (default: the strictest in it)')
      .option('--without-unread', 'go without files that could not be read, which have no digest')
      .option('--purpose <text>', 'why, as it stands in the record', purpose)
      .option('--json', 'print JSON')
      .addHelpText('after', `\nExample:\n  $ redthread export ${format} --case ES-2026-014 --out case.out`);
    if (format === 'vics') command.addOption(new Option('--media-set', 'a set of media, without cases around them'));
    command.action(async (options: Options) => {
      const { out } = options;
      if ((out === undefined) === (options.preview !== true))
        throw fail('ARGUMENT_INVALID', 'name a file with --out, or ask for a --preview', { pointer: 'out' });
      const summary = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        const ask = await askOf(session, format, options);
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
