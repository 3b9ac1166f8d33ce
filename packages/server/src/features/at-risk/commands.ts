// redthread at-risk.
import type { Command } from 'commander';
import { AT_RISK_HOURS, type AtRiskMark } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { idOf, reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { table } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { namedCase } from '../cases/index.js';
import { seriesNamed } from '../entities/index.js';
import { endAtRisk, listMarks, markAtRisk } from './service.js';

interface Named {
  readonly case?: string;
  readonly series?: string;
}

interface MarkOptions extends Named {
  readonly reason: string;
  readonly hours: number;
  readonly json?: boolean;
}

/** One of the two, by its id. Errors: ARGUMENT_INVALID, CASE_UNKNOWN. */
const namedBy = async (session: LocalSession<'app'>, { case: reference, series }: Named): Promise<Named> => {
  if ((reference === undefined) === (series === undefined))
    throw fail('ARGUMENT_INVALID', 'name a case or a series: --case REFERENCE or --series NAME');
  if (reference !== undefined) return { case: await namedCase(session, reference) };
  return { series: await seriesNamed(session, series ?? '') };
};

const stands = ({ ended, inForce, until }: AtRiskMark): string => {
  if (inForce) return `until ${minute(until)}`;
  return ended === null ? `ran out ${minute(until)}` : `ended ${minute(ended.at)} by ${ended.by}: ${ended.reason}`;
};

const lines = (marks: readonly AtRiskMark[]): string[] =>
  table(
    [
      { title: 'child at risk' },
      { title: '' },
      { title: 'agency' },
      { title: 'stands (UTC)' },
      { title: 'by' },
      { title: 'reason' },
      { title: 'id' },
    ],
    marks.map((mark) => [mark.on.kind, mark.on.name, mark.agency.name, stands(mark), mark.by, mark.reason, mark.id]),
  );

export const registerAtRiskCommands = (program: Command, io: Io): void => {
  const command = program
    .command('at-risk')
    .description('cases and series in which a child is at risk now: first everywhere, for some hours');

  command
    .command('list', { isDefault: true })
    .description('what is marked now, as far as you see it')
    .option('--case <reference>', 'of this case')
    .option('--series <series>', 'of this series, by its id, name or number')
    .option('--all', 'also marks that ended or ran out')
    .option('--json', 'print JSON')
    .action(async ({ all, json, ...named }: Named & { readonly all?: boolean; readonly json?: boolean }) => {
      const marks = await withLocalSession(program, [], async (session) => {
        const which = named.case === undefined && named.series === undefined ? {} : await namedBy(session, named);
        const found = await listMarks(session.store, session.ctx, { ...which, all: all === true });
        await recordView(session, 'marks of a child at risk', { count: found.length });
        return found;
      });
      if (json === true) return marks.forEach((mark) => io.json(mark));
      if (marks.length === 0) return io.note('none');
      lines(marks).forEach(io.out);
    });

  command
    .command('mark')
    .description('say that a child is at risk now; what is marked already is marked anew')
    .option('--case <reference>', 'a case of your agency')
    .option('--series <series>', 'or a series of your agency, by its id, name or number')
    .requiredOption('--reason <text>', 'why; whoever sees the case or the series reads it')
    .option('--hours <n>', 'for how long', wholeNumber(1, AT_RISK_HOURS.most), AT_RISK_HOURS.usual)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread at-risk mark --case ES-2026-014 --reason "named in a message of last night"',
    )
    .action(async ({ reason: given, hours, json, ...named }: MarkOptions) => {
      const reason = reasonOf(given);
      const mark = await withLocalSession(program, [], async (session) =>
        markAtRisk(session.store, session.ctx, { ...(await namedBy(session, named)), reason, hours }),
      );
      if (json === true) return io.json(mark);
      io.out(`${mark.on.kind} ${mark.on.name}: a child is at risk, until ${minute(mark.until)} UTC`);
      io.note(
        `Coordinators who see it have been told; its files come first, and agencies are told at once whom to ask. Take it back: redthread at-risk end ${mark.id}`,
      );
    });

  command
    .command('end <id>')
    .description('take a mark of your agency back; it stays on record')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print JSON')
    .action(async (id: string, { reason, json }: { readonly reason: string; readonly json?: boolean }) => {
      const [marked, why] = [idOf('a mark; redthread at-risk shows them', id), reasonOf(reason)];
      const mark = await withLocalSession(program, [], ({ store, ctx }) => endAtRisk(store, ctx, marked, why));
      if (json === true) return io.json(mark);
      io.out(`${mark.on.kind} ${mark.on.name} is not marked any more`);
    });
};
