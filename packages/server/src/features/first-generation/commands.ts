// redthread first-generation.
import type { Command } from 'commander';
import type { FirstGenerationQueue } from '@redthread/core/contract';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { firstGeneration } from './service.js';

const MOST = 5_000;

interface Options {
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly limit: number;
  readonly json?: boolean;
}

const lines = ({ items }: FirstGenerationQueue): string[] =>
  table(
    [
      { title: 'traces', align: 'right' },
      { title: 'exhibit' },
      { title: 'path' },
      { title: 'why' },
      { title: 'media' },
    ],
    items.map(({ mediaId, caseReference, exhibit, path, traces }) => [
      String(traces.length),
      `${caseReference}/${exhibit}`,
      path,
      traces.map(({ words }) => words).join(' '),
      mediaId,
    ]),
  );

export const registerFirstGenerationCommand = (program: Command, io: Io): void => {
  program
    .command('first-generation')
    .description('new media by the traces that speak for their coming straight from a camera, never by what they show')
    .option('--operation <reference>', 'those of an operation')
    .option('--case <reference>', 'those of a case')
    .option('--exhibit <case/exhibit>', 'those of an exhibit')
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), 50)
    .option('--json', 'print one JSON line a media')
    .action(async (options: Options) => {
      const queue = await withLocalSession(program, [], async (session) => {
        const scope = await resolveScope(session.store, session.ctx, options);
        const answer = await firstGeneration(session.store, session.ctx, {
          ...(scope === null ? {} : { [scope.kind]: scope.id }),
          limit: options.limit,
        });
        await recordView(session, 'first generation', { object: scope, count: answer.items.length });
        return answer;
      });
      if (options.json === true) return queue.items.forEach((one) => io.json(one));
      if (queue.items.length === 0) io.note('nothing new has such traces, as far as you may see');
      else lines(queue).forEach(io.out);
      if (queue.total > queue.items.length) io.note(`${queue.items.length} of ${queue.total}; --limit shows more`);
      if (queue.truncated)
        io.note(`the newest ${thousands(queue.looked)} new media were looked at: name a case or an exhibit`);
    });
};
