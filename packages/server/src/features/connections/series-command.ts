// redthread connections series.
import type { Command } from 'commander';
import { Id, type SeriesConnection } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { connectionEnd } from './end.js';
import { connectionsOfSeries } from './of-series.js';

const MOST = 10_000;

interface Options {
  readonly cases?: boolean;
  readonly leads?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

const nameOf = ({ series, case: end }: SeriesConnection): string =>
  end !== null ? connectionEnd(end) : series === null ? '' : `${series.agency.country} ${series.name}`;

const lines = (items: readonly SeriesConnection[]): string[] =>
  table(
    [
      { title: 'strength', align: 'right' },
      { title: 'with' },
      { title: 'pairs', align: 'right' },
      { title: 'strongest' },
      { title: 'id' },
    ],
    items.map((one) => [
      one.strengthBits.toFixed(1),
      nameOf(one),
      thousands(one.counts.reduce((sum, { pairs }) => sum + pairs, 0)),
      one.strongest.words,
      one.series?.id ?? one.case?.caseId ?? '',
    ]),
  );

export const registerSeriesCommand = (program: Command, connections: Command, io: Io): void => {
  connections
    .command('series <series>')
    .description('what a series connects with: other series, or cases')
    .option('--cases', 'cases in place of series')
    .option('--leads', 'what chance might bring as well')
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), 50)
    .option('--json', 'print one JSON line for each')
    .action(async (id: string, { cases, leads, limit, json }: Options) => {
      if (!Id.safeParse(id).success)
        throw fail('ARGUMENT_INVALID', `${id} is not the id of a series: redthread series list shows them`);
      const found = await withLocalSession(program, [], async (session) => {
        const answer = await connectionsOfSeries(session.store, session.ctx, {
          id,
          with: cases === true ? 'cases' : 'series',
          leads: leads === true,
          limit,
        });
        await recordView(session, 'series connections', {
          object: { kind: 'entity', id },
          count: answer.items.length,
        });
        return answer;
      });
      if (json === true) return found.items.forEach((one) => io.json(one));
      if (found.items.length === 0) io.note('nothing is connected with it, as far as you may see');
      else lines(found.items).forEach(io.out);
      if (found.total > found.items.length) io.note(`${found.items.length} of ${found.total}; --limit shows more`);
      if (leads !== true && found.leads > 0)
        io.note(`and ${thousands(found.leads)} leads, which chance might bring as well: --leads`);
    });
};
