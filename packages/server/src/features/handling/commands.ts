// redthread handling.
import { Option, type Command } from 'commander';
import { HANDLING_REACHES, Handling, type HandlingCode, type HandlingReach } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import type { Trx } from '../../store/index.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { listByName } from '../lists/index.js';
import { listCodes, mark, removeCode, setCode } from './service.js';

const REACH_WORDS: Readonly<Record<HandlingReach, string>> = {
  named: 'people named on the case',
  agency: 'your agency',
  granted: 'your agency, and agencies and people with access of their own',
  shared: 'everybody it is shared with',
  listed: '',
};

const reachWords = ({ reach, recipients }: HandlingCode): string =>
  reach === 'listed'
    ? `of those it is shared with: ${recipients.map(({ name }) => name).join(', ')}`
    : REACH_WORDS[reach];

const checkedCode = (code: string): string => {
  if (!Handling.safeParse(code).success)
    throw fail('ARGUMENT_INVALID', `${code}: a code such as TLP:RED, of at most 40 letters, digits and signs`);
  return code;
};

interface SetOptions {
  readonly reach: HandlingReach;
  readonly title?: string;
  readonly agency: readonly string[];
}

export const registerHandlingCommands = (program: Command, io: Io): void => {
  const handling = program.command('handling').description('handling codes: how far what carries one may go');

  handling
    .command('list')
    .description('codes of your agency, and whom each reaches')
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const codes = await withLocalSession(program, [], async (session) => {
        const answer = await listCodes(session.store, session.ctx);
        await recordView(session, 'handling codes', { count: answer.length });
        return answer;
      });
      if (options.json === true) return codes.forEach((code) => io.json(code));
      table(
        [{ title: 'code' }, { title: 'reaches' }, { title: 'used', align: 'right' }, { title: 'title' }],
        codes.map((code) => [code.code, reachWords(code), String(code.uses), code.title]),
      ).forEach(io.out);
    });

  handling
    .command('set <code>')
    .description('make a code, or change whom it reaches: at once, for everything that carries it')
    .addOption(new Option('--reach <reach>', 'how far it goes').choices([...HANDLING_REACHES]).makeOptionMandatory())
    .option('--title <text>', 'what it means')
    .option(
      '--agency <name>',
      'for listed: an agency, by its exact name (repeat)',
      (name, all: string[]) => [...all, name],
      [],
    )
    .addHelpText(
      'after',
      `\nReaches: ${HANDLING_REACHES.map((reach) => `\n  ${reach.padEnd(8)}${REACH_WORDS[reach] || 'agencies that are listed, where it is shared with them'}`).join('')}\n\nExample:\n  $ redthread handling set ES:COURT --reach listed --agency "Bureau Zandmeer" --title "Under seal"`,
    )
    .action(async (code: string, { reach, title, agency }: SetOptions) => {
      const made = await withLocalSession(program, [], ({ store, ctx }) =>
        setCode(store, ctx, checkedCode(code), { reach, title: title ?? '', recipients: agency }),
      );
      io.out(`${made.code} reaches ${reachWords(made)}`);
    });

  handling
    .command('remove <code>')
    .description('remove a code that nothing carries')
    .action(async (code: string) => {
      await withLocalSession(program, [], ({ store, ctx }) => removeCode(store, ctx, code));
      io.out(`removed ${code}`);
    });

  handling
    .command('mark <kind> <name> <code>')
    .description('mark an exhibit (CASE/EXHIBIT) or a list with a code; `none`: the exhibit follows its case')
    .addHelpText(
      'after',
      `\nExample:\n  $ redthread handling mark exhibit ES-2026-014/7 TLP:RED\n\nA case is marked by redthread case set --handling.`,
    )
    .action(async (kind: string, name: string, code: string) => {
      if (kind !== 'exhibit' && kind !== 'list') throw fail('ARGUMENT_INVALID', `${kind}: exhibit or list`);
      await withLocalSession(program, [], async ({ store, ctx }) => {
        const exhibit = kind === 'exhibit' ? await resolveScope(store, ctx, { exhibit: name }) : null;
        const id = (trx: Trx): Promise<string> =>
          exhibit === null ? listByName(trx, name) : Promise.resolve(exhibit.id);
        await mark(store, ctx, { kind, id }, code === 'none' ? null : checkedCode(code));
      });
      io.out(`${kind} ${name}: ${code === 'none' ? 'as its case' : code}`);
    });
};
