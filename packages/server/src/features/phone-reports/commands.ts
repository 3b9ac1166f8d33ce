// redthread phone: what reports of phones and of providers say of an exhibit.
import { Option, type Command } from 'commander';
import {
  REPORT_BYTES,
  type PhoneReport,
  type ReportBytes,
  type PhoneReportFile,
  type PhoneReportPerson,
} from '@redthread/core/contract';
import { REPORT_PERSON_KINDS, REPORT_STATES, type ReportPersonKind, type ReportState } from '@redthread/core/chats';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { itemsOf } from '../../app/http/paging.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { listReportFiles, listReportPeople, listReports } from './service.js';

type Session = LocalSession<'app'>;
const PAGE = 500;

/** The exhibit that is named, its id on record with how much of it was shown. Errors: ARGUMENT_INVALID, NOT_FOUND. */
const ofExhibit = <T>(
  program: Command,
  reference: string,
  view: string,
  read: (session: Session, exhibit: string) => Promise<T[]>,
): Promise<T[]> =>
  withLocalSession(program, [], async (session) => {
    const scope = await resolveScope(session.store, session.ctx, { exhibit: reference });
    if (scope === null) throw fail('ARGUMENT_INVALID', 'name an exhibit as CASE/EXHIBIT', { pointer: 'exhibit' });
    const answer = await read(session, scope.id);
    await recordView(session, view, { object: { kind: 'exhibit', id: scope.id }, count: answer.length });
    return answer;
  });

const collected = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const printReport = (io: Io, report: PhoneReport): void => {
  io.out(
    `${report.path}  ${report.format}, ${report.state}${report.error === null ? '' : `: ${report.error.code}, ${report.error.detail}`}`,
  );
  if (report.container !== null) io.out(`in ${report.container.path}, SHA-256 ${report.container.sha256}`);
  const { people, files } = report;
  io.out(
    `${report.chats} chats, ${people.contact} contacts, ${people.account} accounts${people.reported > 0 ? `, ${people.reported} reported` : ''}`,
  );
  io.out(
    `${files.own + files.shared + files.absent} files: ${files.own} with bytes of their own, ${files.shared} share bytes, ${files.absent} without; ${files.deleted} deleted on the device`,
  );
  if (files.differing > 0) io.out(`${files.differing} files have other digests than the report says`);
  if (report.facts.length > 0)
    table(
      [{ title: 'section' }, { title: 'name' }, { title: 'value' }],
      report.facts.map(({ section, name, value }) => [section, name, value]),
    ).forEach(io.out);
  for (const { code, detail } of report.notes) io.out(`${code}: ${detail}`);
};

const printPeople = (io: Io, people: readonly PhoneReportPerson[]): void =>
  table(
    [{ title: 'kind' }, { title: 'name' }, { title: 'app' }, { title: 'state' }, { title: 'entries' }],
    people.map(({ kind, name, app, state, entries }) => [
      kind,
      name ?? '',
      app ?? '',
      state,
      entries
        .map(({ value, category, time }) =>
          [value, category === null ? '' : `(${category})`, time?.text ?? ''].filter((part) => part !== '').join(' '),
        )
        .join('; '),
    ]),
  ).forEach(io.out);

const printFiles = (io: Io, files: readonly PhoneReportFile[]): void =>
  table(
    [
      { title: 'on the device' },
      { title: 'state' },
      { title: 'bytes' },
      { title: 'agrees' },
      { title: 'file' },
      { title: 'media' },
    ],
    files.map(({ path, state, bytes, agrees, occurrencePath, mediaId }) => [
      path,
      state,
      bytes,
      agrees === null ? '' : agrees ? 'yes' : 'NO',
      occurrencePath,
      mediaId ?? '',
    ]),
  ).forEach(io.out);

export const registerPhoneCommands = (program: Command, io: Io): void => {
  const phone = program
    .command('phone')
    .description('what reports of phones and of providers say of an exhibit: device, people, files');

  phone
    .command('report <case/exhibit>')
    .description('the device and the report itself, with how many people, chats and files it names')
    .option('--json', 'print a line of JSON a report')
    .addHelpText('after', `\nExample:\n  $ redthread phone report ES-2026-014/7`)
    .action(async (reference: string, { json }: { readonly json?: boolean }) => {
      const reports = await ofExhibit(program, reference, 'phone-reports', ({ store, ctx }, id) =>
        listReports(store, ctx, id),
      );
      if (json === true) reports.forEach((report) => io.json(report));
      else if (reports.length === 0) io.out('No report of a phone or of a provider is in it.');
      else reports.forEach((report) => printReport(io, report));
    });

  phone
    .command('people <case/exhibit>')
    .description('contacts, accounts and reported users, with numbers, addresses and times as written')
    .addOption(new Option('--kind <kind>', 'only these').choices([...REPORT_PERSON_KINDS]))
    .option('--json', 'print a line of JSON a person')
    .action(
      async (reference: string, { kind, json }: { readonly kind?: ReportPersonKind; readonly json?: boolean }) => {
        const people = await ofExhibit(program, reference, 'report-people', ({ store, ctx }, exhibit) =>
          collected(itemsOf((cursor) => listReportPeople(store, ctx, { exhibit, kind, cursor, limit: PAGE }))),
        );
        if (json === true) people.forEach((person) => io.json(person));
        else printPeople(io, people);
      },
    );

  phone
    .command('files <case/exhibit>')
    .description('files that the report names: where they lay, whether they were deleted, where their bytes are')
    .addOption(
      new Option('--bytes <where>', 'only with bytes of their own, sharing them, or without').choices([
        ...REPORT_BYTES,
      ]),
    )
    .addOption(new Option('--state <state>', 'only in this state on the device').choices([...REPORT_STATES]))
    .option('--json', 'print a line of JSON a file')
    .action(
      async (
        reference: string,
        { json, ...filter }: { readonly bytes?: ReportBytes; readonly state?: ReportState; readonly json?: boolean },
      ) => {
        const files = await ofExhibit(program, reference, 'report-files', ({ store, ctx }, exhibit) =>
          collected(itemsOf((cursor) => listReportFiles(store, ctx, { exhibit, ...filter, cursor, limit: PAGE }))),
        );
        if (json === true) files.forEach((file) => io.json(file));
        else printFiles(io, files);
      },
    );
};
