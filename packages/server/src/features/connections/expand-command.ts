// redthread connections expand.
import type { Command } from 'commander';
import type { ConnectionExpansion } from '@redthread/core/contract';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { connectionEnd } from './end.js';
import { expandConnections } from './expand.js';

const MOST = 100_000;

interface Options {
  readonly exhibit?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

const expansionLines = ({ items }: ConnectionExpansion): string[] =>
  table(
    [
      { title: 'hops', align: 'right' },
      { title: 'strength', align: 'right' },
      { title: 'to' },
      { title: 'ways', align: 'right' },
      { title: 'over' },
      { title: 'strongest' },
    ],
    items.map(({ hops, strengthBits, end, ways, path }) => {
      const [first, second] = path;
      const ends = [first?.a, first?.b].filter((one) => one !== undefined);
      const over = second === undefined ? undefined : ends.find((one) => isEndOf(one, second));
      return [
        String(hops),
        strengthBits.toFixed(1),
        connectionEnd(end),
        String(ways),
        over === undefined ? '' : connectionEnd(over),
        path.at(-1)?.strongest.words ?? '',
      ];
    }),
  );

type End = ConnectionExpansion['start'];
const idOf = ({ exhibitId, caseId }: End): string => exhibitId ?? caseId;
const isEndOf = (end: End, { a, b }: { readonly a: End; readonly b: End }): boolean =>
  [a, b].some((one) => idOf(one) === idOf(end));

export const registerExpandCommand = (program: Command, connections: Command, io: Io): void => {
  connections
    .command('expand <case>')
    .description('what a case connects with, and what that connects with, each by its strongest way')
    .option('--exhibit', 'it is an exhibit: CASE/EXHIBIT')
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), 50)
    .option('--json', 'print one JSON line for each case or exhibit that is reached')
    .action(async (name: string, { exhibit, limit, json }: Options) => {
      const found = await withLocalSession(program, [], async (session) => {
        const scope = await resolveScope(session.store, session.ctx, { [exhibit === true ? 'exhibit' : 'case']: name });
        const answer = await expandConnections(session.store, session.ctx, {
          ...(scope === null ? {} : { [scope.kind]: scope.id }),
          limit,
        });
        await recordView(session, 'connections', { object: scope, count: answer.items.length });
        return answer;
      });
      if (json === true) return found.items.forEach((one) => io.json(one));
      if (found.items.length === 0) io.note('nothing is connected with it, as far as you may see');
      else expansionLines(found).forEach(io.out);
      if (found.total > found.items.length) io.note(`${found.items.length} of ${found.total}; --limit shows more`);
    });
};
