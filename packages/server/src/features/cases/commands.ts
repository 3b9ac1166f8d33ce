// redthread case: opening, looking, changing. Who is on a case stands in access-commands.ts.
import { Option, type Command } from 'commander';
import type { Case, CaseChange, ContactMode } from '@redthread/core/contract';
import type { Io, Json } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { checkedReference } from '../../app/reference.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { registerAccessCommands } from './access-commands.js';
import { registerContactMode } from './contact-mode-command.js';
import { namedCase } from './named-case.js';
import { changeCase, createCase, listCases, readCase } from './service.js';

interface AddOptions extends Json {
  readonly title?: string;
  readonly operation?: string;
  readonly share?: boolean;
  readonly access: 'agency' | 'named';
  readonly handling: string;
}

const accessOption = (): Option =>
  new Option('--access <who>', 'who of your agency sees it: all of the agency, or named people').choices([
    'agency',
    'named',
  ]);

const seenBy = ({ own, sharedWithOperation, breakGlassUntil }: Case): string =>
  [
    own === null ? 'of another agency' : own.access === 'named' ? 'named people' : 'the agency',
    ...(sharedWithOperation ? ['shared with the operation'] : []),
    ...(breakGlassUntil === null ? [] : [`open to you until ${minute(breakGlassUntil)} UTC`]),
  ].join(', ');

const TELLS: Readonly<Record<ContactMode, string>> = {
  open: 'other agencies whom to ask where files match, and is told (open)',
  'one-way': 'nobody that it is there, and is told of others (one-way)',
  silent: 'nobody anything, and is told nothing (silent)',
};

const caseLines = (one: Case): string[] => [
  `${one.reference}  ${one.title}`.trimEnd(),
  `  agency    ${one.agency.name} (${one.agency.country})`,
  `  seen by   ${seenBy(one)}`,
  `  handling  ${one.handling}`,
  ...(one.own === null
    ? []
    : [
        `  contact   ${one.own.contact.displayName} (${one.own.contact.login})`,
        `  tells     ${TELLS[one.own.contactMode]}`,
        `  emergency ${one.own.partnerBreakGlass ? 'agencies with access may break the glass' : 'opened by people of the agency alone'}`,
      ]),
  `  exhibits  ${one.exhibitCount}`,
];

interface SetOptions extends Json {
  readonly title?: string;
  readonly access?: 'agency' | 'named';
  readonly handling?: string;
  readonly contact?: string;
  readonly partnerBreakGlass?: boolean;
}

export const registerCaseCommands = (program: Command, io: Io): void => {
  const command = program.command('case').description('cases of your agency');

  command
    .command('add <reference>')
    .description('open a case')
    .option('--title <text>', 'what it is about')
    .option('--operation <reference>', 'the operation that it belongs to')
    .option('--share', 'let the members of the operation see it')
    .addOption(accessOption().default('agency'))
    .option('--handling <code>', 'handling code', 'TLP:AMBER')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExamples:\n  $ redthread case add ES-2026-014 --operation tantalus --share\n  $ redthread case add ES-2026-015 --access named --handling TLP:RED`,
    )
    .action(async (reference: string, options: AddOptions) => {
      const added = await withLocalSession(program, [], ({ store, ctx }) =>
        createCase(store, ctx, {
          reference: checkedReference('case', reference),
          title: options.title ?? '',
          operationReference: options.operation,
          shareWithOperation: options.share === true,
          access: options.access,
          handling: options.handling,
        }),
      );
      if (options.json === true) io.json(added);
      else
        io.out(
          `opened case ${added.reference}${added.sharedWithOperation ? `, shared with ${options.operation ?? ''}` : ''}`,
        );
    });

  command
    .command('list')
    .description('your cases, and those shared with you')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const cases = await withLocalSession(program, [], async (session) => {
        const answer = await listCases(session.store, session.ctx);
        await recordView(session, 'cases', { count: answer.length });
        return answer;
      });
      if (options.json === true) return cases.forEach((row) => io.json(row));
      const rows = cases.map((row) => [
        row.reference,
        row.title,
        row.agency.name,
        [
          ...(row.sharedWithOperation ? ['shared'] : []),
          ...(row.own?.access === 'named' ? ['named'] : []),
          ...(row.breakGlassUntil === null ? [] : ['glass broken']),
        ].join(', '),
        row.handling,
        String(row.exhibitCount),
      ]);
      const columns = [
        { title: 'case' },
        { title: 'title' },
        { title: 'agency' },
        { title: '' },
        { title: 'handling' },
        { title: 'exhibits', align: 'right' },
      ] as const;
      table(columns, rows).forEach(io.out);
    });

  command
    .command('show <reference>')
    .description('one case: who sees it, and how far it may go')
    .option('--json', 'print JSON')
    .action(async (reference: string, options: Json) => {
      const found = await withLocalSession(program, [], async (session) => {
        const id = await namedCase(session, reference);
        const answer = await readCase(session.store, session.ctx, id);
        await recordView(session, 'case', { object: { kind: 'case', id } });
        return answer;
      });
      if (options.json === true) io.json(found);
      else caseLines(found).forEach(io.out);
    });

  const change = async (reference: string, changes: CaseChange, options: Json): Promise<void> => {
    const changed = await withLocalSession(program, [], async (session) =>
      changeCase(session.store, session.ctx, await namedCase(session, reference), changes),
    );
    if (options.json === true) io.json(changed);
    else caseLines(changed).forEach(io.out);
  };

  command
    .command('set <reference>')
    .description('change who sees a case, its handling, whom others ask about it, or its title')
    .option('--title <text>', 'what it is about')
    .addOption(accessOption())
    .option('--handling <code>', 'handling code: see redthread handling list')
    .option('--contact <login>', 'whom others ask about it')
    .option('--partner-break-glass', 'agencies that have access may open it in an emergency')
    .option('--no-partner-break-glass', 'only people of your agency may')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExample:\n  $ redthread case set ES-2026-014 --access named --contact maria`)
    .action((reference: string, { json, ...changes }: SetOptions) =>
      change(reference, changes, json === true ? { json } : {}),
    );

  command
    .command('share <reference>')
    .description('let the members of an operation see a case')
    .requiredOption('--operation <reference>', 'the operation')
    .action((reference: string, { operation }: { readonly operation: string }) =>
      change(reference, { shareWith: operation }, {}),
    );

  command
    .command('unshare <reference>')
    .description('end the sharing of a case with its operation')
    .action((reference: string) => change(reference, { shareWith: null }, {}));

  registerAccessCommands(command, program, io);
  registerContactMode(command, program, io);
};
