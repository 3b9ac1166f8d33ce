// redthread standing, and what `redthread search --keep` hands over.
import type { Command } from 'commander';
import { Name, StandingFilter, type StandingSearch } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { checkedInput } from '../../../app/cli/arguments.js';
import { dayOf } from '../../../app/cli/day.js';
import type { Io } from '../../../app/cli/io.js';
import { purpose } from '../../../app/cli/purpose.js';
import { recordView, withLocalSession } from '../../accounts/index.js';
import { detailLines, standingLines } from './print.js';
import {
  endStanding,
  keepSearch,
  keepPictureFile,
  listStanding,
  lookAgain,
  showStanding,
  standingNamed,
} from './service.js';

/** As `--keep` takes it. Errors: ARGUMENT_INVALID where one of them is missing. */
export interface KeepOptions {
  readonly keep: string;
  readonly expires?: string | undefined;
  readonly purpose?: string | undefined;
}

const keptOf = ({ expires, keep, purpose: why }: KeepOptions) => {
  const name = Name.safeParse(keep);
  if (!name.success) throw fail('ARGUMENT_INVALID', `${keep}: a name that can be read`, { pointer: 'keep' });
  if (why === undefined)
    throw fail('ARGUMENT_INVALID', 'a search is kept for a purpose: say --purpose', { pointer: 'purpose' });
  if (expires === undefined)
    throw fail('ARGUMENT_INVALID', 'a search is kept for a time: say --expires 2027-06-30', { pointer: 'expires' });
  return { name: name.data, purpose: why, expiresAt: dayOf(expires, 'expires').toISOString() };
};

const told = (io: Io, search: StandingSearch, json: boolean | undefined): void =>
  json === true ? io.json(search) : standingLines([search]).forEach(io.out);

/** `what`: words or a digest, or a picture in a file. */
export const keepFromCommand = async (
  program: Command,
  io: Io,
  what: { readonly q: string } | { readonly file: string; readonly region?: string | undefined },
  options: KeepOptions & { readonly json?: boolean | undefined },
): Promise<void> => {
  const kept = keptOf(options);
  const search = await withLocalSession(program, ['matcher'], ({ store, ctx }) => {
    if ('q' in what) return keepSearch(store, ctx, { ...kept, q: what.q });
    const { file, region } = what;
    return keepPictureFile(store, ctx, { ...kept, ...(region === undefined ? {} : { region }) }, file);
  });
  told(io, search, options.json);
};

/** `camera=Norvik N40` as it was written, one at a time. Errors: ARGUMENT_INVALID. */
const filterOf = (written: readonly string[]): StandingFilter => {
  const pairs = written.map((one) => {
    const at = one.indexOf('=');
    if (at <= 0) throw fail('ARGUMENT_INVALID', `${one}: NAME=VALUE, as the address of a review has it`);
    return [one.slice(0, at), one.slice(at + 1)] as const;
  });
  const unknown = pairs.find(([key]) => !FILTERS.includes(key));
  if (unknown !== undefined)
    throw fail('ARGUMENT_INVALID', `${unknown[0]} is nothing to filter by: ${FILTERS.join(', ')}`);
  return checkedInput(StandingFilter, Object.fromEntries(pairs));
};

const FILTERS: readonly string[] = Object.keys(StandingFilter.shape);

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

interface FilterOptions {
  readonly filter: readonly string[];
  readonly purpose?: string;
  readonly expires?: string;
  readonly json?: boolean;
}

export const registerStandingCommands = (program: Command, io: Io): void => {
  const standing = program
    .command('standing')
    .description('searches that you keep: they look again when what you see has changed')
    .addHelpText(
      'after',
      `
Examples:
  $ redthread search found.jpg --keep "the blue room" --purpose "ES-2026-014" --expires 2027-06-30
  $ redthread standing keep "that camera" --filter camera="Norvik N40" --purpose "ES-2026-014" --expires 2027-06-30
  $ redthread standing show "the blue room"`,
    );

  standing
    .command('list', { isDefault: true })
    .description('those that look, the newest first (what `redthread standing` does)')
    .option('--all', 'also those that were ended')
    .option('--json', 'print JSON')
    .action(async ({ all, json }: { readonly all?: boolean; readonly json?: boolean }) => {
      const items = await withLocalSession(program, [], async (session) => {
        const found = await listStanding(session.store, session.ctx, all === true);
        await recordView(session, 'standing-searches', { count: found.length });
        return found;
      });
      if (json === true) return items.forEach((item) => io.json(item));
      if (items.length === 0) return io.note('you keep no search: redthread search WHAT --keep NAME');
      standingLines(items).forEach(io.out);
    });

  standing
    .command('keep <name>')
    .description(
      'keep a search by what a review filters by: a list, a camera, a place, a year; words and pictures by `redthread search --keep`',
    )
    .option('--filter <name=value>', `once for each: ${FILTERS.join(', ')}`, collect, [])
    .option('--purpose <text>', 'why you look; stands in the record', purpose)
    .option('--expires <date>', 'the day from which it looks no more, a year from now at most')
    .option('--json', 'print JSON')
    .action(async (keep: string, { expires, filter, json, purpose: why }: FilterOptions) => {
      const input = { ...keptOf({ keep, expires, purpose: why }), filter: filterOf(filter) };
      told(io, await withLocalSession(program, ['matcher'], ({ store, ctx }) => keepSearch(store, ctx, input)), json);
    });

  standing
    .command('show <name>')
    .description('what it found, and what each look was made in; by its name or id')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const found = await withLocalSession(program, [], async (session) => {
        const { id } = await standingNamed(session.store, session.ctx, name);
        const detail = await showStanding(session.store, session.ctx, id);
        await recordView(session, 'standing-search', { count: detail.found.length });
        return detail;
      });
      if (json === true) io.json(found);
      else detailLines(found).forEach(io.out);
    });

  standing
    .command('look <name>')
    .description('look through it now; a server does so by itself')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const looked = await withLocalSession(program, ['matcher'], async ({ store, ctx }) =>
        lookAgain(store, ctx, (await standingNamed(store, ctx, name)).id),
      );
      told(io, looked, json);
    });

  standing
    .command('end <name>')
    .description('it looks no more; what it found stays to be read')
    .requiredOption('--reason <text>', 'why; stands in the record', purpose)
    .option('--json', 'print JSON')
    .action(async (name: string, { json, reason }: { readonly json?: boolean; readonly reason: string }) => {
      const ended = await withLocalSession(program, [], async ({ store, ctx }) =>
        endStanding(store, ctx, (await standingNamed(store, ctx, name)).id, reason),
      );
      told(io, ended, json);
    });
};
