// redthread outcome.
import type { Command } from 'commander';
import type { Outcome } from '@redthread/core/contract';
import { reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { seriesNamed } from '../entities/index.js';
import { listOutcomes, releaseOutcome, withdrawOutcome } from './service.js';

interface Given {
  readonly reason: string;
  readonly json?: boolean;
}

const lines = (outcomes: readonly Outcome[]): string[] =>
  table(
    [
      { title: 'released by' },
      { title: 'your media', align: 'right' },
      { title: 'what you stated', align: 'right' },
      { title: 'media' },
    ],
    outcomes.map(({ agency, count, statements, media: [first] }) => [
      agency,
      thousands(count),
      thousands(statements),
      first === undefined ? '' : count > 1 ? `${first} and ${thousands(count - 1)} more` : first,
    ]),
  );

export const registerOutcomeCommands = (program: Command, io: Io): void => {
  const command = program
    .command('outcome')
    .description('what became of contributions: series that were identified, told to whoever contributed');

  command
    .command('list', { isDefault: true })
    .description('which media of your agency are in a series that was identified, where its owner released that')
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const outcomes = await withLocalSession(program, [], async (session) => {
        const found = await listOutcomes(session.store, session.ctx);
        await recordView(session, 'outcomes', { count: found.length });
        return found;
      });
      if (json === true) return outcomes.forEach((one) => io.json(one));
      if (outcomes.length === 0) return io.note('none');
      lines(outcomes).forEach(io.out);
    });

  for (const [word, act, what, said] of [
    [
      'release',
      releaseOutcome,
      'say that a series of yours is identified to every agency that contributed',
      'released',
    ],
    ['withdraw', withdrawOutcome, 'take that back; whoever was told is told', 'not released any more'],
  ] as const)
    command
      .command(`${word} <series>`)
      .description(what)
      .requiredOption('--reason <text>', 'why; stands in the record, and goes to nobody')
      .option('--json', 'print JSON')
      .action(async (series: string, { reason: given, json }: Given) => {
        const reason = reasonOf(given);
        const outcome = await withLocalSession(program, [], async (session) =>
          act(session.store, session.ctx, await seriesNamed(session, series), reason),
        );
        if (json === true) return io.json(outcome);
        io.out(`that ${series} is identified is ${said}`);
      });
};
