// redthread exhibit adds.
import type { Command } from 'commander';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { whatExhibitAdds, type Adds } from './adds.js';

const MOST = 100_000;

const addsLines = ({ items }: Adds): string[] =>
  table(
    [{ title: 'path' }, { title: 'type' }, { title: 'size' }, { title: 'files', align: 'right' }, { title: 'media' }],
    items.map(({ path, mime, width, height, occurrences, mediaId }) => [
      path,
      mime,
      width === null || height === null ? '' : `${width} x ${height}`,
      thousands(occurrences),
      mediaId,
    ]),
  );

/** To the command `exhibit`, which is there already. */
export const registerAddsCommand = (program: Command, io: Io): void => {
  program.commands
    .find((one) => one.name() === 'exhibit')
    ?.command('adds <case/exhibit>')
    .description('what it adds to everything that was seen before it: how many contents are new, and which')
    .option('--limit <n>', 'list at most so many', wholeNumber(1, MOST), 50)
    .option('--json', 'print JSON')
    .action(async (reference: string, { limit, json }: { readonly limit: number; readonly json?: boolean }) => {
      const adds = await withLocalSession(program, [], async (session) => {
        const scope = await resolveScope(session.store, session.ctx, { exhibit: reference });
        if (scope === null) throw fail('ARGUMENT_INVALID', 'name the exhibit as CASE/EXHIBIT');
        const found = await whatExhibitAdds(session.store, session.ctx, { exhibit: scope.id, limit });
        await recordView(session, 'stacks', { object: scope, count: found.items.length });
        return found;
      });
      if (json === true) return io.json(adds);
      io.out(
        `${adds.exhibit} adds ${thousands(adds.added)} of its ${thousands(adds.unique)} contents (${thousands(adds.seized)} files)`,
      );
      if (adds.items.length > 0) addsLines(adds).forEach(io.out);
      if (adds.added > adds.items.length) io.note(`${adds.items.length} of ${adds.added}; --limit shows more`);
    });
};
