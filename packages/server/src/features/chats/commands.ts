// redthread chats: exports that were found in exhibits, their conversations, messages, search over them, and what they name.
import type { Command } from 'commander';
import { ChatQuery, ChatScopeQuery, LeadQuery, MessageSearchQuery } from '@redthread/core/contract';
import { DATE_ORDERS, LEAD_KINDS } from '@redthread/core/chats';
import { checkedInput, idOf, oneOf } from '../../app/cli/arguments.js';
import type { Io, Json } from '../../app/cli/io.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { addChatAnswers } from './answer-commands.js';
import { chatLines, detailLines, exportLines, hitLines, leadLines, messageLines } from './print.js';
import { addShowFile } from './show-file-command.js';
import {
  findMessages,
  listChatExports,
  listChats,
  listLeads,
  readMessages,
  sayDateOrder,
  showChat,
} from './service.js';

interface Scoped {
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly limit: number;
  readonly json?: boolean;
}

const MOST = 500;

const scoped = (command: Command, usual = 100): Command =>
  command
    .option('--operation <reference>', 'of an operation')
    .option('--case <reference>', 'of a case')
    .option('--exhibit <case/exhibit>', 'of an exhibit')
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), usual)
    .option('--json', 'print one JSON line each');

const queryOf = async ({ store, ctx }: LocalSession<'app'>, given: Scoped): Promise<object> => {
  const scope = await resolveScope(store, ctx, given);
  return { limit: given.limit, ...(scope === null ? {} : { [scope.kind]: scope.id }) };
};

const more = (io: Io, { items, total }: { readonly items: readonly unknown[]; readonly total: number }): void => {
  if (total > items.length) io.note(`${items.length} of ${total}; --limit shows more`);
};

const addExports = (chats: Command, program: Command, io: Io): void => {
  scoped(chats.command('exports'))
    .description('chat exports found in exhibits: read, waiting, failed, or asking in which order their dates stand')
    .action(async (given: Scoped) => {
      const page = await withLocalSession(program, [], async (session) => {
        const found = await listChatExports(
          session.store,
          session.ctx,
          checkedInput(ChatScopeQuery, await queryOf(session, given)),
        );
        await recordView(session, 'chat exports', { count: found.items.length });
        return found;
      });
      if (given.json === true) return page.items.forEach((one) => io.json(one));
      if (page.items.length === 0) io.note('no chat exports, as far as you may see');
      else exportLines(page.items).forEach(io.out);
      more(io, page);
    });

  chats
    .command('read <export>')
    .description('say in which order the dates of an export stand, where it leaves that open; it is read again')
    .requiredOption('--date-order <order>', DATE_ORDERS.join(', '))
    .option('--json', 'print JSON')
    .action(async (id: string, { dateOrder, json }: Json & { readonly dateOrder: string }) => {
      const order = oneOf('date-order', DATE_ORDERS, dateOrder);
      const said = await withLocalSession(program, [], ({ store, ctx }) =>
        sayDateOrder(store, ctx, idOf('a chat export', id), { dateOrder: order }),
      );
      if (json === true) return io.json(said);
      io.out(`${said.path} is read again with its dates as ${order}`);
    });
};

const addConversations = (chats: Command, program: Command, io: Io): void => {
  scoped(chats.command('list', { isDefault: true }))
    .description('conversations, those with the newest messages first')
    .option('--subject <text>', 'part of the name of the group')
    .action(async ({ subject: q, ...given }: Scoped & { readonly subject?: string }) => {
      const page = await withLocalSession(program, [], async (session) => {
        const query = checkedInput(ChatQuery, { ...(await queryOf(session, given)), ...(q !== undefined && { q }) });
        const found = await listChats(session.store, session.ctx, query);
        await recordView(session, 'chats', { count: found.items.length });
        return found;
      });
      if (given.json === true) return page.items.forEach((one) => io.json(one));
      if (page.items.length === 0) io.note('no chats, as far as you may see');
      else chatLines(page.items).forEach(io.out);
      more(io, page);
    });

  chats
    .command('show <chat>')
    .description('a conversation: who takes part, who was there when, its names, other exports of it and their clocks')
    .option('--json', 'print JSON')
    .action(async (chat: string, { json }: Json) => {
      const id = idOf('a chat', chat);
      const detail = await withLocalSession(program, [], async (session) => {
        const found = await showChat(session.store, session.ctx, id);
        await recordView(session, 'a chat', { object: { kind: 'chat', id } });
        return found;
      });
      if (json === true) return io.json(detail);
      detailLines(detail).forEach(io.out);
    });

  chats
    .command('messages <chat>')
    .description('messages of a conversation, with their files and where these were found')
    .option('--from <n>', 'from this position on', wholeNumber(0, 2_000_000_000), 0)
    .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), 100)
    .option('--json', 'print one JSON line a message')
    .action(async (chat: string, { from, limit, json }: Json & { readonly from: number; readonly limit: number }) => {
      const id = idOf('a chat', chat);
      const { people, items, total } = await withLocalSession(program, [], async (session) => {
        const page = await readMessages(session.store, session.ctx, id, { from, limit });
        const { people: of } = await showChat(session.store, session.ctx, id);
        await recordView(session, 'messages of a chat', { object: { kind: 'chat', id }, count: page.items.length });
        return { ...page, people: of };
      });
      if (json === true) return items.forEach((one) => io.json(one));
      messageLines(items, people).forEach(io.out);
      if (from + items.length < total) io.note(`${total} messages; --from ${from + items.length} goes on`);
    });
};

const addFinding = (chats: Command, program: Command, io: Io): void => {
  scoped(chats.command('search <words...>'), 50)
    .description('messages that have all of these words, or parts of words; what stands in quotation marks, together')
    .action(async (words: string[], given: Scoped) => {
      const found = await withLocalSession(program, [], async (session) =>
        findMessages(
          session.store,
          session.ctx,
          checkedInput(MessageSearchQuery, { ...(await queryOf(session, given)), q: words.join(' ') }),
        ),
      );
      if (given.json === true) return found.items.forEach((one) => io.json(one));
      if (found.items.length === 0) io.note('no message has all of that, as far as you may see');
      hitLines(found.items, io.colour).forEach(io.out);
      if (found.truncated) io.note('there is more: --limit shows it');
    });

  scoped(chats.command('leads'))
    .description('numbers, addresses, links and accounts that messages name: never opened, never resolved')
    .option('--kind <kind>', LEAD_KINDS.join(', '))
    .option('--chat <chat>', 'those of a conversation')
    .option('--chats <n>', 'only those that stand in at least so many', wholeNumber(1, 1_000), 1)
    .action(
      async ({
        kind,
        chat,
        chats: least,
        ...given
      }: Scoped & { readonly kind?: string; readonly chat?: string; readonly chats: number }) => {
        const page = await withLocalSession(program, [], async (session) => {
          const query = checkedInput(LeadQuery, {
            ...(await queryOf(session, given)),
            chats: least,
            ...(kind !== undefined && { kind: oneOf('kind', LEAD_KINDS, kind) }),
            ...(chat !== undefined && { chat: idOf('a chat', chat) }),
          });
          const answer = await listLeads(session.store, session.ctx, query);
          await recordView(session, 'leads', { count: answer.items.length });
          return answer;
        });
        if (given.json === true) return page.items.forEach((one) => io.json(one));
        if (page.items.length === 0) io.note('no leads, as far as you may see');
        else leadLines(page.items).forEach(io.out);
        more(io, page);
      },
    );
};

export const registerChatCommands = (program: Command, io: Io): void => {
  const chats = program
    .command('chats')
    .description('chats found in exhibits: exports, conversations, messages, and what they name');
  addConversations(chats, program, io);
  addExports(chats, program, io);
  addFinding(chats, program, io);
  addChatAnswers(chats, program, io);
  addShowFile(chats, io);
};
