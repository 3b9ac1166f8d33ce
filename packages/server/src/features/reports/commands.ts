// redthread report: a case, an exhibit, a series or two media for a court; and the renditions of a report from its model alone.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { REPORT_FORMATS, ReportQuery, type ReportFormat } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { purpose } from '../../app/cli/purpose.js';
import { bytes, table, thousands } from '../../app/cli/table.js';
import { makeOutFolder } from '../../app/data-folder.js';
import { FOLDER_MODE } from '../../disk/whole-file.js';
import { sealWhatWaits } from '../../sealer/index.js';
import { withLocalSession, type LocalSession } from '../accounts/index.js';
import { listConnections } from '../connections/index.js';
import { seriesNamed } from '../entities/index.js';
import { resolveScope } from '../funnel/index.js';
import { mediaNamed } from '../media/index.js';
import { makeReport, type MadeReport } from './make/make-report.js';
import { signedFile, type WrittenFile } from './render/out-file.js';
import { renderReport } from './render/render-report.js';

interface Options {
  readonly out: string;
  readonly purpose?: string;
  readonly recipient?: string;
  readonly format?: readonly ReportFormat[];
  readonly pictures?: 'none' | 'veiled';
  readonly json?: boolean;
}

type AboutOf = (session: LocalSession<'sealer'>) => Promise<Partial<ReportQuery>>;

/** A new folder, whole or not at all: made under another name, and renamed when all of it is there. Errors: ALREADY_EXISTS, ARGUMENT_INVALID. */
const intoFolder = async <T>(out: string, fill: (folder: string) => Promise<T>): Promise<T> => {
  const folder = resolve(out);
  if (existsSync(folder))
    throw fail('ALREADY_EXISTS', `${folder}: give a folder that does not exist yet`, { pointer: 'out' });
  const part = `${folder}.part`;
  if (existsSync(part))
    throw fail('ALREADY_EXISTS', `${part}: left of a report that was interrupted; remove it`, { pointer: 'out' });
  makeOutFolder(part, FOLDER_MODE);
  try {
    const result = await fill(part);
    renameSync(part, folder);
    return result;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
};

const make = (program: Command, io: Io, options: Options, about: AboutOf): Promise<void> =>
  intoFolder(options.out, (folder) =>
    withLocalSession(program, ['sealer'], async (session) => {
      const { ctx, store } = session;
      const query = ReportQuery.parse({ pictures: options.pictures ?? 'none', ...(await about(session)) });
      await sealWhatWaits(store);
      return makeReport(
        store,
        ctx,
        {
          ...query,
          purpose: options.purpose,
          recipient: options.recipient ?? null,
          formats: [...(options.format ?? REPORT_FORMATS)],
        },
        folder,
        { connections: (input) => listConnections(store, ctx, input), sign: () => sealWhatWaits(store) },
      );
    }),
  ).then((made) => print(io, options, made));

const fileLines = (files: readonly WrittenFile[]): string[] =>
  table(
    [{ title: 'file' }, { title: 'size', align: 'right' }, { title: 'SHA-256' }],
    files.map((file) => [file.name, bytes(file.bytes), file.sha256]),
  );

const print = (io: Io, { json, out }: Options, { files, manifest, rows }: MadeReport): void => {
  if (json === true) return io.json({ folder: resolve(out), rows, ...manifest.statement });
  fileLines(files).forEach(io.out);
  const { key, record } = manifest.statement;
  io.out('');
  io.out(`${thousands(rows)} rows at event ${thousands(record.size)} of the record (${record.at}), in ${resolve(out)}`);
  io.out(`signed by key ${key}; checked without the program by: node tools/verify-report.mjs ${out} --key ID`);
};

const withOptions = (command: Command): Command =>
  command
    .requiredOption('--out <folder>', 'a folder that does not exist yet')
    .option('--purpose <text>', 'what it is for; stands in the record', purpose)
    .option('--recipient <name>', 'who is to have it; stands in the record')
    .addOption(new Option('--format <formats...>', 'what to write (default: all)').choices(REPORT_FORMATS))
    .option('--json', 'print what was signed');

export const registerReportCommands = (program: Command, io: Io): void => {
  const report = program
    .command('report')
    .description('reports for a court: PDF/A, HTML and tables from one model, signed');
  withOptions(
    report.command('case <case>').description('exhibits, custody, funnel, verdicts, lists, connections, series'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread report case ES-2026-014 --out report-014 --purpose "hearing of 4 May"',
    )
    .action((reference: string, options: Options) =>
      make(program, io, options, async ({ ctx, store }) => ({
        case: (await resolveScope(store, ctx, { case: reference }))?.id,
      })),
    );
  withOptions(
    report
      .command('exhibit <case/exhibit>')
      .description('every file of an exhibit with digests, times, media and verdicts'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread report exhibit ES-2026-014/7 --out schedule-7 --purpose "disclosure"',
    )
    .action((reference: string, options: Options) =>
      make(program, io, options, async ({ ctx, store }) => ({
        exhibit: (await resolveScope(store, ctx, { exhibit: reference }))?.id,
      })),
    );
  withOptions(
    report
      .command('series <series>')
      .description('what belongs to a series and where it lies, who said what of it, and what it connects with'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread report series "Yellow room" --out yellow-room --purpose "request to Porto"',
    )
    .action((name: string, options: Options) =>
      make(program, io, options, async (session) => ({ series: await seriesNamed(session, name) })),
    );
  withOptions(
    report
      .command('comparison <media> <media>')
      .description('two media: every method with its value, and how to repeat it'),
  )
    .addOption(new Option('--pictures <which>', 'veiled ones, or none').choices(['none', 'veiled']).default('none'))
    .addHelpText(
      'after',
      '\nMedia are named by their id or SHA-256.\n\nExample:\n  $ redthread report comparison 5d1f... c0ff... --out comparison --purpose "hearing of 4 May"',
    )
    .action((first: string, second: string, options: Options) =>
      make(program, io, options, async (session) => ({
        a: await mediaNamed(session, first),
        b: await mediaNamed(session, second),
      })),
    );
  report
    .command('render <model>')
    .description('the renditions of a report from its report.jsonl, without a database: the same bytes as were signed')
    .requiredOption('--out <folder>', 'a folder that does not exist yet')
    .addOption(new Option('--format <formats...>', 'what to write (default: all)').choices(REPORT_FORMATS))
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread report render report-014/report.jsonl --out again')
    .action(async (model: string, options: Options) => {
      if (!existsSync(model)) throw fail('ARGUMENT_INVALID', `${model}: there is no such file`, { pointer: 'model' });
      const files = await intoFolder(options.out, (folder) =>
        renderReport(model, folder, options.format ?? REPORT_FORMATS),
      );
      if (options.json === true) return io.json({ folder: resolve(options.out), files: files.map(signedFile) });
      fileLines(files).forEach(io.out);
    });
};
