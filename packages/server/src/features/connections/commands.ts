// redthread connections.
import type { Command } from 'commander';
import type { Connection } from '@redthread/core/contract';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { listConnections } from './service.js';

const MOST = 100_000;

interface Options {
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** Country, case and exhibit, none of them said twice: references often begin with the country or the case. */
const end = ({ agency, caseReference, exhibit }: Connection['a']): string => {
  const reference = exhibit.startsWith(caseReference) ? exhibit : `${caseReference}/${exhibit}`;
  return reference.startsWith(agency.country) ? reference : `${agency.country} ${reference}`;
};

const pairsOf = ({ counts }: Connection, grade: Connection['counts'][number]['grade']): string =>
  thousands(counts.find((count) => count.grade === grade)?.pairs ?? 0);

export const connectionLines = (connections: readonly Connection[]): string[] =>
  table(
    [
      { title: 'evidence', align: 'right' },
      { title: 'between' },
      { title: 'and' },
      { title: 'identical', align: 'right' },
      { title: 'same content', align: 'right' },
      { title: 'partial', align: 'right' },
      { title: 'same scene', align: 'right' },
      { title: 'strongest' },
    ],
    connections.map((connection) => [
      connection.bits.toFixed(1),
      end(connection.a),
      end(connection.b),
      pairsOf(connection, 'identical'),
      pairsOf(connection, 'same content'),
      pairsOf(connection, 'partial'),
      pairsOf(connection, 'same scene'),
      connection.strongest.words,
    ]),
  );

export const registerConnectionCommands = (program: Command, io: Io): void => {
  program
    .command('connections')
    .description('what links exhibits, strongest first, with the strongest reason')
    .option('--operation <reference>', 'those of an operation')
    .option('--case <reference>', 'those of a case')
    .option('--exhibit <case/exhibit>', 'those of an exhibit')
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), 50)
    .option('--json', 'print one JSON line a connection')
    .action(async (options: Options) => {
      const page = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        const scope = await resolveScope(store, ctx, options);
        const answer = await listConnections(store, ctx, {
          ...(scope === null ? {} : { [scope.kind]: scope.id }),
          limit: options.limit,
        });
        await recordView(session, 'connections', { object: scope, count: answer.items.length });
        return answer;
      });
      if (options.json === true) return page.items.forEach((connection) => io.json(connection));
      if (page.items.length === 0) return io.note('nothing links exhibits here, as far as you may see');
      connectionLines(page.items).forEach(io.out);
      if (page.total > page.items.length) io.note(`${page.items.length} of ${page.total}; --limit shows more`);
    });
};
