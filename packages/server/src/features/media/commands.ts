// redthread traces.
import type { Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { mediaNamed } from './named-media.js';
import { showMedia } from './service.js';

export const registerTracesCommand = (program: Command, io: Io): void => {
  program
    .command('traces <media>')
    .description('what a stored file says of its way: who wrote it, which platform it passed, where its clock stood')
    .option('--json', 'print one JSON line a trace')
    .addHelpText(
      'after',
      `
MEDIA is its id, or the SHA-256 of one of your agency. Of a file outside the store: redthread signals FILE.

Example:
  $ redthread traces 4f0c1d2e-8a3b-4c5d-9e6f-7a8b9c0d1e2f --json`,
    )
    .action(async (name: string, options: { readonly json?: boolean }) => {
      const media = await withLocalSession(program, [], async (session) => {
        const id = await mediaNamed(session, name);
        const found = await showMedia(session.store, session.ctx, id);
        await recordView(session, 'traces', { object: { kind: 'media', id }, count: found.traces.length });
        return found;
      });
      if (options.json === true) return media.traces.forEach((one) => io.json(one));
      if (media.state === 'closed') io.note('it must not be opened: only what it is called is said');
      if (media.traces.length === 0) io.note('nothing in it says anything of its way, or it has not been read yet');
      else
        table(
          [{ title: 'method' }, { title: 'what it says' }],
          media.traces.map(({ method, version, words }) => [`${method} v${version}`, words]),
        ).forEach(io.out);
    });
};
