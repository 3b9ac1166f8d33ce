// redthread case.
import type { Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import { checkedReference } from '../../app/reference.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { createCase, listCases } from './service.js';

interface AddOptions {
  readonly title?: string;
  readonly operation?: string;
  readonly share?: boolean;
  readonly json?: boolean;
}

export const registerCaseCommands = (program: Command, io: Io): void => {
  const command = program.command('case').description('cases of your agency');

  command
    .command('add <reference>')
    .description('open a case')
    .option('--title <text>', 'what it is about')
    .option('--operation <reference>', 'the operation that it belongs to')
    .option('--share', 'let the members of the operation see it')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExample:\n  $ redthread case add ES-2026-014 --operation tantalus --share`)
    .action(async (reference: string, options: AddOptions) => {
      const added = await withLocalSession(program, [], ({ store, ctx }) =>
        createCase(store, ctx, {
          reference: checkedReference('case', reference),
          title: options.title ?? '',
          operationReference: options.operation,
          shareWithOperation: options.share === true,
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
    .action(async (options: { readonly json?: boolean }) => {
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
        row.sharedWithOperation ? 'shared' : '',
        String(row.exhibitCount),
      ]);
      const columns = [
        { title: 'case' },
        { title: 'title' },
        { title: 'agency' },
        { title: '' },
        { title: 'exhibits', align: 'right' },
      ] as const;
      table(columns, rows).forEach(io.out);
    });
};
