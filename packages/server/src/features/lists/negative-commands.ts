// redthread list negative.
import type { Command } from 'commander';
import { Digest, type NegativeDigest } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { dayOf } from '../../app/cli/day.js';
import type { Io } from '../../app/cli/io.js';
import { purpose } from '../../app/cli/purpose.js';
import { table, thousands } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { addNegative, endNegative, keepNegative, listNegative, negativeNamed } from './negative.js';

interface Options {
  readonly reason: string;
  readonly expires?: string;
  readonly json?: boolean;
}

const STATES: Readonly<Record<NegativeDigest['state'], string>> = {
  'set-aside': 'set aside',
  negative: 'never a hit',
  ended: 'counts again',
};

const whyOf = ({ end, files, lists, reason, state }: NegativeDigest): string => {
  if (end !== null) return `${end.reason} (${end.login})`;
  if (state === 'set-aside') return `in ${thousands(files ?? 0)} files, on ${(lists ?? []).join(', ')}`;
  return reason ?? '';
};

const expiry = ({ expires }: Options): { expiresAt?: string } =>
  expires === undefined ? {} : { expiresAt: dayOf(expires, 'expires').toISOString() };

/** Errors: HASH_INVALID. */
const digestOf = (text: string): string => {
  const parsed = Digest.safeParse(text);
  if (!parsed.success)
    throw fail('HASH_INVALID', `${text.slice(0, 80)}: 32, 40 or 64 hexadecimal digits`, { pointer: 'digest' });
  return parsed.data;
};

export const registerNegativeCommands = (list: Command, program: Command, io: Io): void => {
  const negative = list
    .command('negative')
    .description('what is never a hit in your agency, and what was set aside because it is in too many files')
    .addHelpText(
      'after',
      '\nExamples:\n  $ redthread list negative\n  $ redthread list negative add DIGEST --reason "the logo of a browser"',
    );

  const show = (items: readonly NegativeDigest[], json: boolean | undefined): void => {
    if (json === true) return items.forEach((item) => io.json(item));
    if (items.length === 0) return io.note('nothing is on the negative list, and nothing is set aside');
    table(
      [{ title: 'digest' }, { title: 'state' }, { title: 'why' }, { title: 'by' }, { title: 'expires' }],
      items.map((item) => [
        item.digest,
        STATES[item.state],
        whyOf(item),
        item.login ?? '',
        item.expiresAt === null ? '' : `${item.counts ? '' : 'expired '}${item.expiresAt.slice(0, 10)}`,
      ]),
    ).forEach(io.out);
  };

  negative
    .command('list', { isDefault: true })
    .description('what waits for a word first, then the newest (what `redthread list negative` does)')
    .option('--all', 'also what counts again')
    .option('--json', 'print JSON')
    .action(async ({ all, json }: { readonly all?: boolean; readonly json?: boolean }) => {
      const items = await withLocalSession(program, [], async (session) => {
        const found = await listNegative(session.store, session.ctx, all === true);
        await recordView(session, 'negative-list', { count: found.length });
        return found;
      });
      show(items, json);
    });

  negative
    .command('show <digest>')
    .description('one digest, by itself or by its id')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const item = await withLocalSession(program, [], async (session) => {
        const found = await negativeNamed(session.store, session.ctx, name);
        await recordView(session, 'negative-list', { count: 1 });
        return found;
      });
      show([item], json);
    });

  const says = (item: NegativeDigest, json: boolean | undefined): void =>
    json === true ? io.json(item) : io.out(`${item.digest}: ${STATES[item.state]}`);

  negative
    .command('add <digest>')
    .description(
      'say that a digest (MD5, SHA-1, SHA-256) is never a hit in your agency, on lists that are not known good',
    )
    .requiredOption('--reason <text>', 'why; stands in the record', purpose)
    .option('--expires <date>', 'the day from which it counts again')
    .option('--json', 'print JSON')
    .action(async (digest: string, options: Options) => {
      const { reason } = options;
      const input = { digest: digestOf(digest), reason, ...expiry(options) };
      says(await withLocalSession(program, [], ({ store, ctx }) => addNegative(store, ctx, input)), options.json);
    });

  negative
    .command('keep <digest>')
    .description('of what was set aside: it is never a hit')
    .requiredOption('--reason <text>', 'why; stands in the record', purpose)
    .option('--expires <date>', 'the day from which it counts again')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      const kept = await withLocalSession(program, [], async ({ store, ctx }) => {
        const { id } = await negativeNamed(store, ctx, name);
        return keepNegative(store, ctx, id, { reason: options.reason, ...expiry(options) });
      });
      says(kept, options.json);
    });

  negative
    .command('end <digest>')
    .description('put back what was set aside, or take a digest off the negative list: it counts again')
    .requiredOption('--reason <text>', 'why; stands in the record', purpose)
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      const ended = await withLocalSession(program, [], async ({ store, ctx }) => {
        const { id } = await negativeNamed(store, ctx, name);
        return endNegative(store, ctx, id, options.reason);
      });
      says(ended, options.json);
    });
};
