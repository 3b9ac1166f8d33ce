// redthread chats shared, postings, people, countries, package, keep.
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { ChatKeep, ChatPackageAsk, ChatPeopleQuery, ChatScopeQuery } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { checkedInput, idOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { purpose } from '../../app/cli/purpose.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { resolveScope, type Scope } from '../funnel/index.js';
import { countryLines, packageLine, peopleLines, postingLines, sharedLines } from './answer-print.js';
import { keepChat } from './keep.js';
import { makeChatPackage, previewChatPackage } from './package.js';
import { countCountries, listPeople } from './people.js';
import { postingsOf } from './postings.js';
import { sharedWith } from './shared.js';

interface Given {
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly json?: boolean;
}

interface KeepOptions {
  readonly people: string;
  readonly links: string[];
  readonly confidence: string;
  readonly reason?: string;
  readonly json?: boolean;
}

interface PackageOptions {
  readonly country: string;
  readonly format: string;
  readonly out?: string;
  readonly preview?: boolean;
  readonly to?: string;
  readonly handling?: string;
  readonly purpose?: string;
}

const scoped = (command: Command): Command =>
  command
    .option('--operation <reference>', 'of an operation')
    .option('--case <reference>', 'of a case')
    .option('--exhibit <name>', 'of an exhibit: CASE/EXHIBIT')
    .option('--json', 'print JSON');

const scopeQuery = async (
  { store, ctx }: LocalSession<'app'>,
  { operation, case: one, exhibit }: Given,
): Promise<{ readonly scope: Scope | null; readonly query: object }> => {
  const scope = await resolveScope(store, ctx, { operation, case: one, exhibit });
  return { scope, query: scope === null ? {} : { [scope.kind]: scope.id } };
};

/** Adds them to the command `chats`. */
export const addChatAnswers = (chats: Command, program: Command, io: Io): void => {
  chats
    .command('shared <chat>')
    .description('other groups that have members, media or leads in common with a chat')
    .option('--json', 'print JSON')
    .action(async (chat: string, { json }: { readonly json?: boolean }) => {
      const items = await withLocalSession(program, [], async (session) => {
        const found = await sharedWith(session.store, session.ctx, idOf('a chat', chat));
        await recordView(session, 'shared chats', { object: { kind: 'chat', id: chat }, count: found.length });
        return found;
      });
      if (json === true) return io.json({ items });
      if (items.length === 0) io.out('Nothing in common with any other group that you see.');
      sharedLines(items).forEach(io.out);
    });

  chats
    .command('postings <media>')
    .description('every message in which a media was sent, who was there, who sent it on, and where it was saved')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread chats postings 018f2f4e-5c1d-4b8a-9f4e-0d3b6c1a7e55')
    .action(async (media: string, { json }: { readonly json?: boolean }) => {
      const found = await withLocalSession(program, [], async (session) => {
        const answer = await postingsOf(session.store, session.ctx, idOf('a media', media));
        await recordView(session, 'postings', { object: { kind: 'media', id: media }, count: answer.items.length });
        return answer;
      });
      if (json === true) return io.json(found);
      if (found.items.length === 0) io.out('In no message that you see.');
      postingLines(found)
        .slice(found.items.length === 0 ? 2 : 0)
        .forEach(io.out);
    });

  scoped(chats.command('people').description('members as people, those in the most groups first'))
    .option('--groups <n>', 'in at least so many groups', wholeNumber(1, 1000), 1)
    .option('--country <code>', 'whose number has a prefix of this country: DE')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 500), 100)
    .action(async (given: Given & { readonly groups: number; readonly country?: string; readonly limit: number }) => {
      const page = await withLocalSession(program, [], async (session) => {
        const { query, scope } = await scopeQuery(session, given);
        const asked = checkedInput(ChatPeopleQuery, {
          ...query,
          groups: given.groups,
          limit: given.limit,
          ...(given.country !== undefined && { country: given.country.toUpperCase() }),
        });
        const answer = await listPeople(session.store, session.ctx, asked);
        await recordView(session, 'chat people', { object: scope, count: answer.items.length });
        return answer;
      });
      if (given.json === true) return io.json(page);
      peopleLines(page.items).forEach(io.out);
      if (page.total > page.items.length) io.note(`${page.items.length} of ${page.total}; --limit shows more`);
    });

  scoped(chats.command('countries').description('members counted by the prefix of their numbers')).action(
    async (given: Given) => {
      const found = await withLocalSession(program, [], async (session) => {
        const { query, scope } = await scopeQuery(session, given);
        const answer = await countCountries(session.store, session.ctx, ChatScopeQuery.parse(query));
        await recordView(session, 'chat countries', { object: scope, count: answer.items.length });
        return answer;
      });
      if (given.json === true) return io.json(found);
      countryLines(found).forEach(io.out);
    },
  );

  scoped(
    chats
      .command('package')
      .description(
        'the people of a country with their groups, messages and files, each with where it stands: to hand over',
      ),
  )
    .requiredOption('--country <code>', 'whose numbers have a prefix of this country: DE')
    .option('--format <format>', 'json or csv', 'json')
    .option('--out <file>', 'a file that is not there yet')
    .option('--preview', 'say what would be in it, and write nothing')
    .option('--to <name>', 'who receives it: then it is in the ledger, and codes that do not reach them hold it back')
    .option('--handling <code>', 'code under which the file is handled (default: the strictest in it)')
    .option('--purpose <text>', 'why, as it stands in the record', purpose)
    .addHelpText('after', '\nExample:\n  $ redthread chats package --country DE --case ES-2026-014 --out germany.json')
    .action(async (given: Given & PackageOptions) => {
      const { out, preview } = given;
      if ((out === undefined) === (preview !== true))
        throw fail('ARGUMENT_INVALID', 'name a file with --out, or ask for a --preview', { pointer: 'out' });
      const summary = await withLocalSession(program, [], async (session) => {
        const { ctx, store } = session;
        const { query } = await scopeQuery(session, given);
        const ask = checkedInput(ChatPackageAsk, {
          ...query,
          country: given.country.toUpperCase(),
          format: given.format,
          to: given.to,
          handling: given.handling,
          purpose: given.purpose,
        });
        if (out === undefined) {
          const found = await previewChatPackage(store, ctx, ask);
          await recordView(session, 'chat package preview', { count: found.people.count });
          return found;
        }
        return intoNewFile(out, async (take) => {
          const made = await makeChatPackage(store, ctx, ask);
          take(made.text);
          return made.summary;
        });
      });
      if (given.json === true) return io.json({ ...summary, file: out ?? null });
      io.out(packageLine(summary));
      if (out !== undefined) io.out(`in ${resolve(out)}`);
    });

  chats
    .command('keep <chat>')
    .description('record the group, and chosen members and links, as entities, with what the lines of its export say')
    .option(
      '--people <numbers>',
      'comma-separated numbers of participants, as chats show tells them, or all that have a number or an account',
      '',
    )
    .option('--links <links...>', 'web addresses and invitations, as chats leads tells them', [])
    .option('--confidence <how>', 'certain, probable, possible', 'probable')
    .option('--reason <text>', 'why', purpose)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread chats keep 018f2f4e-5c1d-4b8a-9f4e-0d3b6c1a7e55 --people 0,3')
    .action(async (chat: string, given: KeepOptions) => {
      const { confidence, json, links, people, reason } = given;
      const body = checkedInput(ChatKeep, {
        people:
          people === 'all' ? people : people.split(',').flatMap((one) => (one.trim() === '' ? [] : [Number(one)])),
        links,
        confidence,
        ...(reason !== undefined && { reason }),
      });
      const kept = await withLocalSession(program, [], ({ ctx, store }) =>
        keepChat(store, ctx, idOf('a chat', chat), body),
      );
      if (json === true) return io.json(kept);
      for (const { assertions, entity, isNew, name } of [kept.group, ...kept.people, ...kept.links])
        io.out(`${name}: ${isNew ? 'recorded' : 'there already'}, ${assertions} new statements; entity ${entity}`);
    });
};
