// redthread case hold, release, transfer, destroy, destructions: under the command of the cases.
import type { Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { askToDestroy, askToTransfer } from './asking.js';
import { asks, tellAsked, type AskOptions } from './commands.js';
import { HERE } from './origin.js';
import { listDestructions } from './destructions.js';
import { placeHold, releaseHold } from './holds.js';

export const registerCaseRequestCommands = (program: Command, io: Io): void => {
  const command = program.commands.find((one) => one.name() === 'case');
  if (command === undefined) throw new TypeError('the command of the cases is not there');

  command
    .command('hold <case>')
    .description('place a legal hold: nothing is destroyed, handed over, withdrawn or purged until it is released')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print JSON')
    .action(async (reference: string, { reason, json }: AskOptions) => {
      const hold = await withLocalSession(program, [], ({ store, ctx }) =>
        placeHold(store, ctx, { case: reference, reason }),
      );
      if (json === true) io.json(hold);
      else io.out(`case ${reference} is on hold since ${minute(hold.placedAt)} UTC`);
    });

  command
    .command('release <case>')
    .description('end a legal hold')
    .requiredOption('--reason <text>', 'why')
    .action(async (reference: string, { reason }: AskOptions) => {
      await withLocalSession(program, [], ({ store, ctx }) => releaseHold(store, ctx, { case: reference, reason }));
      io.out(`case ${reference} is not on hold any more`);
    });

  asks(command.command('transfer <case>'))
    .description('ask to hand a case over to another agency, which then accepts it')
    .requiredOption('--to-agency <name>', 'exact name of the agency')
    .action(async (reference: string, { json, ...input }: AskOptions & { readonly toAgency: string }) => {
      tellAsked(
        io,
        await withLocalSession(program, [], ({ store, ctx }) =>
          askToTransfer(store, ctx, HERE, { ...input, case: reference }),
        ),
        json,
      );
    });

  asks(command.command('destroy <case>'))
    .description('ask to destroy a case: its key, and everything that no other case needs; there is no way back')
    .option('--leave-in-place', 'sources that lie in place stay where they are, and the record says so')
    .action(
      async (reference: string, { json, leaveInPlace, ...input }: AskOptions & { readonly leaveInPlace?: boolean }) => {
        tellAsked(
          io,
          await withLocalSession(program, [], ({ store, ctx }) =>
            askToDestroy(store, ctx, HERE, { ...input, case: reference, leaveInPlace: leaveInPlace === true }),
          ),
          json,
        );
      },
    );

  command
    .command('destructions')
    .description('signed records of what was destroyed')
    .option('--json', 'print them whole')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const records = await withLocalSession(program, [], async (session) => {
        const answer = await listDestructions(session.store, session.ctx);
        await recordView(session, 'records of destruction', { count: answer.length });
        return answer;
      });
      if (json === true) return records.forEach((record) => io.json(record));
      table(
        [
          { title: 'no', align: 'right' },
          { title: 'at (UTC)' },
          { title: 'case' },
          { title: 'signature' },
          { title: 'SHA-256 of the record' },
        ],
        records.map(({ number, at, record, isSigned, digest }) => [
          String(number),
          minute(at),
          (JSON.parse(record) as { case: { reference: string } }).case.reference,
          isSigned ? 'holds' : 'DOES NOT HOLD',
          digest,
        ]),
      ).forEach(io.out);
    });
};
