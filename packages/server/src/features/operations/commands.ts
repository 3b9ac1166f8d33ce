// redthread operation.
import type { Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import { checkedReference } from '../../app/reference.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { addOperation, joinOperation, listOperations } from './service.js';

export const registerOperationCommands = (program: Command, io: Io): void => {
  const operation = program.command('operation').description('joint work of agencies');

  operation
    .command('add <reference>')
    .description('begin an operation; your agency is its first member')
    .option('--name <name>', 'its name (default: the reference)')
    .option('--json', 'print JSON')
    .action(async (reference: string, options: { readonly name?: string; readonly json?: boolean }) => {
      const id = await withLocalSession(program, ['owner'], ({ store, ctx }) =>
        addOperation(store, ctx, { reference: checkedReference('operation', reference), name: options.name }),
      );
      if (options.json === true) io.json({ id, reference });
      else io.out(`added operation ${reference}`);
    });

  operation
    .command('join <reference>')
    .description('add an agency to an operation of yours')
    .requiredOption('--agency <name>', 'the agency that joins')
    .action(async (reference: string, { agency }: { readonly agency: string }) => {
      await withLocalSession(program, ['owner'], ({ store, ctx }) => joinOperation(store, ctx, { reference, agency }));
      io.out(`${agency} joined ${reference}`);
    });

  operation
    .command('list')
    .description('operations of your agency')
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const operations = await withLocalSession(program, [], async (session) => {
        const answer = await listOperations(session.store, session.ctx);
        await recordView(session, 'operations', { count: answer.length });
        return answer;
      });
      if (options.json === true) return operations.forEach((row) => io.json(row));
      const rows = operations.map((row) => [
        row.reference,
        row.name,
        row.agencies.map(({ name }) => name).join(', '),
        String(row.caseCount),
        String(row.exhibitCount),
      ]);
      const columns = [
        { title: 'operation' },
        { title: 'name' },
        { title: 'agencies' },
        { title: 'cases', align: 'right' },
        { title: 'exhibits', align: 'right' },
      ] as const;
      table(columns, rows).forEach(io.out);
    });
};
