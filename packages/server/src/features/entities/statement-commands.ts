// redthread series clues|state|unstate: what speaks for where a series was made, who claims it, which country people vote for.
import type { Command } from 'commander';
import { SeriesStatementCreate, STATEMENT_KINDS, type SeriesStatement } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { idOf, oneOf, reasonOf } from '../../app/cli/arguments.js';
import type { Io, Json } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { seriesNamed } from './named-entity.js';
import { addStatement, listStatements, retractStatement } from './statements.js';

const standing = ({ retracted }: SeriesStatement): string =>
  retracted === null ? '' : `taken back by ${retracted.by}: ${retracted.reason}`;

const lines = (items: readonly SeriesStatement[]): string[] =>
  table(
    [
      { title: 'what' },
      { title: 'value' },
      { title: 'by' },
      { title: 'agency' },
      { title: 'reason' },
      { title: 'stands' },
      { title: 'id' },
    ],
    items.map((one) => [one.kind, one.value, one.by, one.agency, one.reason, standing(one), one.id]),
  );

/** Errors: ARGUMENT_INVALID. */
const checked = (kind: string, value: string | undefined, reason: string): SeriesStatementCreate => {
  const given = {
    kind: oneOf('kind', STATEMENT_KINDS, kind),
    reason: reasonOf(reason),
    ...(value !== undefined && { value }),
  };
  const read = SeriesStatementCreate.safeParse(given);
  if (read.success && (kind !== 'claim' || value === undefined)) return read.data;
  throw fail(
    'ARGUMENT_INVALID',
    kind === 'claim'
      ? 'a claim has no value'
      : kind === 'country'
        ? `country "${value ?? ''}": two capital letters, such as ES`
        : `${kind} "${value ?? ''}": up to 120 characters that can be seen`,
    { pointer: 'value' },
  );
};

export const addStatements = (series: Command, program: Command, io: Io): void => {
  series
    .command('clues <series>')
    .description('clues to where it was made, claims, and votes for a country with their reasons')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: Json) => {
      const found = await withLocalSession(program, [], async (session) => {
        const id = await seriesNamed(session, name);
        const answer = await listStatements(session.store, session.ctx, id);
        await recordView(session, 'series statements', { object: { kind: 'entity', id }, count: answer.items.length });
        return answer;
      });
      if (json === true) return io.json(found);
      if (found.items.length === 0) return io.note('nothing is stated of it');
      for (const { country, votes, agencies } of found.countries)
        io.out(
          `${country}: ${votes} ${votes === 1 ? 'vote' : 'votes'} of ${agencies} ${agencies === 1 ? 'agency' : 'agencies'}`,
        );
      lines(found.items).forEach(io.out);
    });

  series
    .command('state <series> <kind> [value]')
    .description(`state something of it: ${STATEMENT_KINDS.join(', ')}`)
    .requiredOption('--reason <text>', 'what you saw or heard, and where')
    .option('--json', 'print JSON')
    .action(async (id: string, kind: string, value: string | undefined, given: Json & { readonly reason: string }) => {
      const input = checked(kind, value, given.reason);
      const made = await withLocalSession(program, [], async (session) =>
        addStatement(session.store, session.ctx, await seriesNamed(session, id), input),
      );
      if (given.json === true) return io.json(made);
      io.out(made.id);
    });

  series
    .command('unstate <statement>')
    .description('take back what your agency stated; it stays on record')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      const now = await withLocalSession(program, [], ({ store, ctx }) =>
        retractStatement(store, ctx, idOf('a statement', id), reasonOf(reason)),
      );
      io.out(`taken back: ${now.kind} ${now.value}`.trim());
    });
};
