// redthread notices.
import type { Command } from 'commander';
import { Id } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { table } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { withLocalSession } from '../accounts/index.js';
import { listNotices, readAllNotices, readNotice } from './service.js';
import { noticeInWords } from './words.js';

interface ListOptions {
  readonly all?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

export const registerNoticeCommands = (program: Command, io: Io): void => {
  const notices = program
    .command('notices')
    .description('what you have to be told: invitations, break-glass, contacts')
    .addHelpText('after', '\nExamples:\n  $ redthread notices\n  $ redthread notices read all');

  notices
    .command('list', { isDefault: true })
    .description('unread notices, newest first (what `redthread notices` does)')
    .option('--all', 'also those that you have read')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 500), 50)
    .option('--json', 'print JSON')
    .action(async ({ all, limit, json }: ListOptions) => {
      const page = await withLocalSession(program, [], ({ store, ctx }) =>
        listNotices(store, ctx, { unread: all !== true, limit }),
      );
      if (json === true) return page.items.forEach((notice) => io.json(notice));
      if (page.items.length === 0) return io.note(all === true ? 'no notices' : 'no unread notices');
      const rows = page.items.map((notice) => [
        minute(notice.createdAt),
        notice.readAt === null ? 'new' : '',
        noticeInWords(notice),
        notice.id,
      ]);
      table([{ title: 'time (UTC)' }, { title: '' }, { title: 'notice' }, { title: 'id' }], rows).forEach(io.out);
      if (page.total > page.items.length) io.note(`${page.items.length} of ${page.total}; --limit shows more`);
    });

  notices
    .command('read <id>')
    .description('mark a notice, or with `all` every one of yours, as read')
    .action(async (id: string) => {
      if (id !== 'all' && !Id.safeParse(id).success)
        throw fail('ARGUMENT_INVALID', `${id}: the id of a notice, or all`);
      await withLocalSession(program, [], ({ store, ctx }) =>
        id === 'all' ? readAllNotices(store, ctx) : readNotice(store, ctx, id),
      );
      io.out(id === 'all' ? 'all notices are read' : 'read');
    });
};
