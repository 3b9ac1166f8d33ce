// redthread search.
import { existsSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { Purpose, type SearchResult } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { withLocalSession } from '../accounts/index.js';
import { search } from './service.js';

interface Options {
  readonly limit: number;
  readonly purpose?: string;
  readonly json?: boolean;
}

const purpose = (value: string): string => {
  if (!Purpose.safeParse(value).success) throw new InvalidArgumentError('Words that can be read, 3 to 200 characters.');
  return value;
};

const print = (io: Io, result: SearchResult): void => {
  for (const found of result.cases) io.out(`case ${found.reference}  ${found.title}`);
  const rows = result.occurrences.map((file) => [
    file.agency.name,
    `${file.caseReference}/${file.exhibit}`,
    file.path,
    file.mediaId ?? file.errorCode ?? '',
  ]);
  if (rows.length > 0)
    table([{ title: 'agency' }, { title: 'exhibit' }, { title: 'path' }, { title: 'media' }], rows).forEach(io.out);
  const hits = new Set(
    result.media.flatMap((tile) => tile.listHits.map((hit) => `${hit.name} ${hit.version} (${hit.polarity})`)),
  );
  if (hits.size > 0) io.out(`on lists: ${[...hits].join(', ')}`);
  if (result.cases.length + rows.length === 0) io.note('nothing found, as far as you may see');
  if (result.truncated) io.note('there is more: --limit shows it');
};

export const registerSearchCommands = (program: Command, io: Io): void => {
  program
    .command('search <what>')
    .description('find a hash, a part of a path, a case, or what looks like a picture')
    .option('--purpose <text>', 'why you look; stands in the record', purpose)
    .option('--limit <n>', 'at most so many', wholeNumber(1, 500), 100)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ redthread search 3f786850e387550fdab836ed7e6dc881de23001b
  $ redthread search DCIM/100CANON
  $ redthread search found.jpg --purpose "ES-2026-014"`,
    )
    .action(async (what: string, options: Options) => {
      if (what.trim() === '') throw fail('ARGUMENT_INVALID', 'say what to look for');
      const input = { limit: options.limit, purpose: options.purpose };
      if (existsSync(what)) {
        const { searchByPicture, pictureLines } = await import('./by-picture.js');
        const found = await withLocalSession(program, ['matcher'], ({ store, ctx }) =>
          searchByPicture(store, ctx, { ...input, file: what }),
        );
        return options.json === true ? io.json(found) : pictureLines(found).forEach(io.out);
      }
      const result = await withLocalSession(program, [], ({ store, ctx }) => search(store, ctx, { ...input, q: what }));
      if (options.json === true) io.json(result);
      else print(io, result);
    });
};
