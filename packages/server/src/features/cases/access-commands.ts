// redthread case access, grant, revoke: who is on a case.
import type { Command } from 'commander';
import type { CaseAccess } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { giveAccess, listAccess, takeAccess } from './access.js';
import { namedCase } from './named-case.js';

interface GrantOptions {
  readonly agency?: string;
  readonly user?: string;
  readonly until?: string;
  readonly json?: boolean;
}

/** A day ends with it, in UTC. Errors: ARGUMENT_INVALID. */
const endOf = (text: string | undefined): string | null | undefined => {
  if (text === undefined || text === 'never') return text === 'never' ? null : undefined;
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59Z` : text);
  if (Number.isNaN(at.getTime()))
    throw fail('ARGUMENT_INVALID', `${text}: a day such as 2027-12-31, or never`, { pointer: 'until' });
  return at.toISOString();
};

const who = ({ agency, login, displayName }: CaseAccess): string =>
  login === null ? agency.name : `${displayName ?? login} (${login}), ${agency.name}`;

const day = (iso: string | null): string => iso?.slice(0, 10) ?? '';

export const registerAccessCommands = (command: Command, program: Command, io: Io): void => {
  command
    .command('access <reference>')
    .description('who is on a case of your agency, and who was')
    .option('--json', 'print JSON')
    .action(async (reference: string, options: { readonly json?: boolean }) => {
      const lines = await withLocalSession(program, [], async (session) => {
        const id = await namedCase(session, reference);
        const answer = await listAccess(session.store, session.ctx, id);
        await recordView(session, 'list of a case', { object: { kind: 'case', id }, count: answer.length });
        return answer;
      });
      if (options.json === true) return lines.forEach((line) => io.json(line));
      const columns = [
        { title: 'who' },
        { title: 'given by' },
        { title: 'since' },
        { title: 'until' },
        { title: 'ended' },
      ];
      table(
        columns,
        lines.map((line) => [who(line), line.givenBy, day(line.createdAt), day(line.expiresAt), day(line.endedAt)]),
      ).forEach(io.out);
    });

  command
    .command('grant <reference>')
    .description('put a colleague, another agency, or one person of it on a case')
    .option('--user <login>', 'login of the person')
    .option('--agency <name>', 'exact name of the agency (default: your own)')
    .option('--until <day>', 'last day, such as 2027-12-31, or never (default: 90 days for another agency)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExamples:\n  $ redthread case grant ES-2026-014 --user ben\n  $ redthread case grant ES-2026-014 --agency "Bureau Zandmeer" --until 2027-01-31`,
    )
    .action(async (reference: string, { agency, user, until, json }: GrantOptions) => {
      const given = await withLocalSession(program, [], async (session) =>
        giveAccess(session.store, session.ctx, await namedCase(session, reference), {
          ...(agency === undefined ? {} : { agency }),
          ...(user === undefined ? {} : { login: user }),
          until: endOf(until),
        }),
      );
      if (json === true) return io.json(given);
      io.out(`${who(given)} may see ${reference}${given.expiresAt === null ? '' : ` until ${day(given.expiresAt)}`}`);
      if (given.login !== null && given.displayName === null)
        io.note('Whether that agency has a user of this login is not told; if it has, they see the case.');
    });

  command
    .command('revoke <reference>')
    .description('take somebody off a case')
    .option('--user <login>', 'login of the person')
    .option('--agency <name>', 'name of the agency (default: your own)')
    .action(async (reference: string, { agency, user }: GrantOptions) => {
      if (agency === undefined && user === undefined) throw fail('ARGUMENT_INVALID', 'give --user, --agency or both');
      const taken = await withLocalSession(program, [], async (session) =>
        takeAccess(
          session.store,
          session.ctx,
          await namedCase(session, reference),
          (line) =>
            line.login === (user ?? null) &&
            (agency === undefined ? line.agency.id === session.ctx.actor.agencyId : line.agency.name === agency),
        ),
      );
      io.out(`${who(taken)} is off ${reference}`);
    });
};
