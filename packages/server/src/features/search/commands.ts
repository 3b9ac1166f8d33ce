// redthread search.
import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import type { ListHit, Occurrence, SearchResult } from '@redthread/core/contract';
import { parseRegion } from '@redthread/core/domain';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { purpose } from '../../app/cli/purpose.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { withLocalSession } from '../accounts/index.js';
import { askLists } from './door.js';
import { search } from './service.js';
import { keepFromCommand } from './standing/commands.js';

interface Options {
  readonly expires?: string;
  readonly keep?: string;
  readonly limit: number;
  readonly picture?: string;
  readonly purpose?: string;
  readonly region?: string;
  readonly json?: boolean;
}

/** That it was deleted, or is a small picture of a larger one. */
const marksOf = ({ deletion, isThumbnail, onlyThumbnail }: Occurrence): string[] => [
  ...(deletion === null ? [] : [`(${deletion})`]),
  ...(isThumbnail ? [onlyThumbnail ? '(only a thumbnail)' : '(a thumbnail)'] : []),
];

const print = (io: Io, what: string, result: SearchResult): void => {
  for (const found of result.cases) io.out(`case ${found.reference}  ${found.title}`.trimEnd());
  for (const found of result.exhibits) io.out(`exhibit ${found.caseReference}/${found.reference}`);
  const rows = result.occurrences.map((file) => [
    file.agency.name,
    `${file.caseReference}/${file.exhibit}`,
    [file.path, ...marksOf(file)].join(' '),
    file.mediaId ?? file.errorCode ?? '',
  ]);
  if (rows.length > 0)
    table([{ title: 'agency' }, { title: 'exhibit' }, { title: 'path' }, { title: 'media' }], rows).forEach(io.out);
  const nameOf = ({ name, polarity, version }: ListHit): string => `${name} ${version} (${polarity})`;
  const hits = new Set([...result.lists, ...result.media.flatMap(({ listHits }) => listHits)].map(nameOf));
  if (hits.size > 0) io.out(`on lists: ${[...hits].join(', ')}`);
  if (result.cases.length + result.exhibits.length + rows.length === 0) io.note(nothingFound(what));
  if (hits.size === 0 && result.listsAsked.length > 0)
    io.note(
      `on none of the ${thousands(result.listsAsked.length)} lists that count; what was asked stands in the record`,
    );
  for (const { name, version, code } of result.listsUnasked)
    io.note(
      `LIST_DAMAGED: the list ${name} ${version} could not be asked (${code}): whether it names this is not known`,
    );
  if (result.truncated) io.note('there is more: --limit shows it');
};

/** Says what was looked for: a path that was mistyped is searched as words, and somebody has to notice. */
const nothingFound = (what: string): string => {
  const looked = DIGEST.test(what)
    ? `no file has the digest ${what}`
    : `no path, case or exhibit holds "${what}", and there is no file of that name here (--picture FILE searches by a picture)`;
  return `${looked}, as far as you may see`;
};

const DIGEST = /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

const searchPicture = async (program: Command, io: Io, file: string, options: Options): Promise<void> => {
  const { searchByFile, pictureLines } = await import('./by-picture.js');
  const { limit, purpose, region } = options;
  // Before anything is opened: what is written wrongly is no matter of the store.
  if (region !== undefined) parseRegion(region);
  try {
    const found = await withLocalSession(program, ['matcher'], ({ store, ctx }) =>
      searchByFile(store, ctx, { limit, purpose, region, file }),
    );
    if (options.json === true) io.json(found);
    else pictureLines(found).forEach(io.out);
  } catch (error) {
    if (!isRedthreadError(error) || error.code !== 'SOURCE_UNREADABLE') throw error;
    io.note(`FILE_UNREADABLE: ${error.detail}`);
    process.exitCode = EXIT.someUnread;
  }
};

export const registerSearchCommands = (program: Command, io: Io): void => {
  program
    .command('search [what]')
    .description('find a hash, a part of a path, a case, an exhibit, or what is like a picture, a film or a sound')
    .option('--picture <file>', 'search by this picture, film or sound; without it WHAT is one if it names a file here')
    .option('--region <x,y,w,h>', 'look for this part of the picture: left,top,width,height in percent (10%) or pixels')
    .option('--purpose <text>', 'why you look; stands in the record', purpose)
    .option('--limit <n>', 'at most so many', wholeNumber(1, 500), 100)
    .option(
      '--keep <name>',
      'keep the search: it looks again when what you see has changed; takes --purpose and --expires',
    )
    .option('--expires <date>', 'the day from which a kept search looks no more')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ redthread search 3f786850e387550fdab836ed7e6dc881de23001b
  $ redthread search DCIM/100CANON
  $ redthread search ES-2026-014/7
  $ redthread search --picture found.jpg --purpose "ES-2026-014"
  $ redthread search found.jpg --region 10%,20%,30%,30%
  $ redthread search found.jpg --keep "the blue room" --purpose "ES-2026-014" --expires 2027-06-30`,
    )
    .action(async (what: string | undefined, options: Options) => {
      const text = what?.trim() ?? '';
      if ((text === '') === (options.picture === undefined))
        throw fail('ARGUMENT_INVALID', 'say what to look for, or --picture FILE');
      const picture = options.picture ?? (isFile(text) ? text : null);
      const { expires, json, keep, purpose: why, region } = options;
      if (keep === undefined && expires !== undefined)
        throw fail('ARGUMENT_INVALID', '--expires is for a search that is kept: say --keep NAME too');
      if (picture === null && region !== undefined)
        throw fail('ARGUMENT_INVALID', `--region is a part of a picture: ${text} is no file here`);
      if (keep !== undefined)
        return keepFromCommand(program, io, picture === null ? { q: text } : { file: picture, region }, {
          keep,
          expires,
          purpose: why,
          json,
        });
      if (picture !== null) return searchPicture(program, io, picture, options);
      const result = await withLocalSession(program, [], ({ store, ctx }) =>
        search(store, ctx, { limit: options.limit, purpose: options.purpose, q: text }, (asker, digest) =>
          askLists(store, asker, digest),
        ),
      );
      if (options.json === true) io.json(result);
      else print(io, text, result);
    });
};

/** A folder of that name is none: parts of paths are often names of folders. */
const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
