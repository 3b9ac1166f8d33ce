// redthread connections series.
import { Option, type Command } from 'commander';
import type { SeriesConnection } from '@redthread/core/contract';
import { CONNECTION_STATES, type ConnectionState } from '@redthread/core/domain';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { seriesNamed } from '../entities/index.js';
import { seriesEnd } from './end.js';
import { connectionsOfSeries } from './of-series.js';

const MOST = 10_000;

interface Options {
  readonly cases?: boolean;
  readonly leads?: boolean;
  readonly state?: ConnectionState;
  readonly limit: number;
  readonly json?: boolean;
}

const lines = (items: readonly SeriesConnection[]): string[] =>
  table(
    [
      { title: 'strength', align: 'right' },
      { title: 'with' },
      { title: 'pairs', align: 'right' },
      { title: 'state' },
      { title: 'strongest' },
      { title: 'id' },
    ],
    items.map((one) => [
      one.strengthBits.toFixed(1),
      seriesEnd(one),
      thousands(one.counts.reduce((sum, { pairs }) => sum + pairs, 0)),
      one.state,
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
    .addOption(new Option('--state <state>', 'as your agency decided').choices([...CONNECTION_STATES]))
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), 50)
    .option('--json', 'print one JSON line for each')
    .action(async (name: string, { cases, leads, state, limit, json }: Options) => {
      const found = await withLocalSession(program, [], async (session) => {
        const id = await seriesNamed(session, name);
        const answer = await connectionsOfSeries(session.store, session.ctx, {
          id,
          with: cases === true ? 'cases' : 'series',
          leads: leads === true,
          state,
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
