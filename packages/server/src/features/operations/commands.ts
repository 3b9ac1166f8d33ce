// redthread operation.
import type { Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import { checkedReference } from '../../app/reference.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { answerByName, listInvitations } from './invitations.js';
import { addOperation, inviteAgency, leaveOperation, listOperations, namedOperation } from './service.js';

export const registerOperationCommands = (program: Command, io: Io): void => {
  const operation = program.command('operation').description('joint work of agencies');

  operation
    .command('add <reference>')
    .description('begin an operation; your agency is its first member')
    .option('--name <name>', 'its name (default: the reference)')
    .option('--json', 'print JSON')
    .action(async (reference: string, options: { readonly name?: string; readonly json?: boolean }) => {
      const added = await withLocalSession(program, [], ({ store, ctx }) =>
        addOperation(store, ctx, { reference: checkedReference('operation', reference), name: options.name }),
      );
      if (options.json === true) io.json({ id: added.id, reference });
      else io.out(`added operation ${reference}`);
    });

  operation
    .command('invite <reference>')
    .description('ask an agency to join an operation of yours')
    .requiredOption('--agency <name>', 'the agency, by its exact name')
    .action(async (reference: string, { agency }: { readonly agency: string }) => {
      await withLocalSession(program, [], ({ store, ctx }) =>
        inviteAgency(store, ctx, { operation: (trx) => namedOperation(trx, reference), agency }),
      );
      io.out(`invited ${agency} to ${reference}: it is a member once it accepts`);
    });

  operation
    .command('invitations')
    .description('invitations that wait for an answer: of your agency, and those that it has sent')
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const invitations = await withLocalSession(program, [], async (session) => {
        const answer = await listInvitations(session.store, session.ctx);
        await recordView(session, 'invitations', { count: answer.length });
        return answer;
      });
      if (options.json === true) return invitations.forEach((row) => io.json(row));
      if (invitations.length === 0) return io.note('no invitation waits');
      table(
        [{ title: 'operation' }, { title: 'name' }, { title: 'asked' }, { title: 'by' }, { title: 'id' }],
        invitations.map(({ id, operation: { name, reference }, agency, from }) => [
          reference,
          name,
          agency.name,
          `${from.officer}, ${from.agency.name}`,
          id,
        ]),
      ).forEach(io.out);
    });

  for (const [verb, accepts, said] of [
    ['accept', true, 'joined'],
    ['decline', false, 'declined'],
  ] as const)
    operation
      .command(`${verb} <operation>`)
      .description(`${verb} the invitation to an operation, by its reference or the id of the invitation`)
      .action(async (name: string) => {
        const { operation: answered } = await withLocalSession(program, [], ({ store, ctx }) =>
          answerByName(store, ctx, name, accepts),
        );
        io.out(`${said} ${answered.reference} (${answered.name})`);
      });

  operation
    .command('leave <reference>')
    .description('leave an operation; what your agency shared with it is shared no longer')
    .action(async (reference: string) => {
      const left = await withLocalSession(program, [], ({ store, ctx }) =>
        leaveOperation(store, ctx, (trx) => namedOperation(trx, reference)),
      );
      io.out(`left ${reference}; ${left.cases} cases and ${left.lists} lists are shared with it no longer`);
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
