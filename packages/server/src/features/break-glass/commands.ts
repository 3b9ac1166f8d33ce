// redthread break-glass.
import type { Command } from 'commander';
import { BREAK_GLASS_HOURS, type BreakGlass } from '@redthread/core/contract';
import { idOf, reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { table } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { checkedReference } from '../../app/reference.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { breakGlass, endGlass, listBreakGlass } from './service.js';

interface OpenOptions {
  readonly reason: string;
  readonly hours: number;
  readonly agency?: string;
  readonly json?: boolean;
}

const who = ({ by, mine }: BreakGlass): string => (mine ? 'you' : `${by.displayName} (${by.agency.name})`);

export const registerBreakGlassCommands = (program: Command, io: Io): void => {
  const command = program
    .command('break-glass')
    .description('open a case that you are not on, in an emergency: for a time, with a reason, and its agency is told');

  command
    .command('open <case>')
    .description('open a case of your agency, or of one that allows it, by its reference')
    .requiredOption('--reason <text>', 'why; whoever is on the case reads it')
    .option('--hours <n>', 'for how long', wholeNumber(1, BREAK_GLASS_HOURS.most), BREAK_GLASS_HOURS.usual)
    .option('--agency <name>', 'exact name of the agency of the case (default: your own)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExample:\n  $ redthread break-glass open ES-2026-015 --reason "the child may be at this address tonight"`,
    )
    .action(async (reference: string, { reason, hours, agency, json }: OpenOptions) => {
      const why = reasonOf(reason);
      const made = await withLocalSession(program, [], ({ store, ctx }) =>
        breakGlass(store, ctx, {
          case: checkedReference('case', reference),
          reason: why,
          hours,
          ...(agency === undefined ? {} : { agency }),
        }),
      );
      if (json === true) return io.json(made);
      io.out(`case ${reference} is open to you until ${minute(made.expiresAt)} UTC`);
      io.note(`${made.case.agency.name} has been told. End it early: redthread break-glass end ${made.id}`);
    });

  command
    .command('list', { isDefault: true })
    .description('your break-glass access, and that of others to cases of your agency')
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const items = await withLocalSession(program, [], async (session) => {
        const answer = await listBreakGlass(session.store, session.ctx);
        await recordView(session, 'break-glass access', { count: answer.length });
        return answer;
      });
      if (json === true) return items.forEach((item) => io.json(item));
      if (items.length === 0) return io.note('none');
      const columns = [
        { title: 'case' },
        { title: 'opened by' },
        { title: 'since (UTC)' },
        { title: 'until' },
        { title: 'ended' },
        { title: 'reason' },
        { title: 'id' },
      ];
      const rows = items.map((item) => [
        item.case.reference,
        who(item),
        minute(item.createdAt),
        minute(item.expiresAt),
        item.endedAt === null ? '' : minute(item.endedAt),
        item.reason,
        item.id,
      ]);
      table(columns, rows).forEach(io.out);
    });

  command
    .command('end <id>')
    .description('end it before its time: your own, or one to a case of your agency')
    .action(async (id: string) => {
      const access = idOf('a break-glass access', id);
      const ended = await withLocalSession(program, [], ({ store, ctx }) => endGlass(store, ctx, access));
      io.out(`${who(ended)}: access to ${ended.case.reference} has ended`);
    });
};
