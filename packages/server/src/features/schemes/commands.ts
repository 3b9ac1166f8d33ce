// redthread scheme: categories as data. Looking at those that are shipped needs no database and no account.
import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { Facts, LANGUAGES, type Language, type Mapped, type SchemeFile } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import {
  codeName,
  deriveCode,
  mapCode,
  readSchemeFile,
  schemeNamed,
  schemesOf,
  type Schemes,
} from '@redthread/core/schemes';
import type { Io } from '../../app/cli/io.js';
import { withContext } from '../../store/index.js';
import { withLocalSession } from '../accounts/index.js';
import { mapLines, mappedLine, schemeInFull, schemeLines } from './print.js';
import { loadSchemes, schemesHere } from './service.js';

interface Shown {
  readonly language: Language;
  readonly file?: string;
  readonly instance?: boolean;
  readonly json?: boolean;
}

const language = (): Option =>
  new Option('--language <language>', 'of titles and texts').choices([...LANGUAGES]).default('en');

/** Errors: FILE_UNREADABLE. */
const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fail('FILE_UNREADABLE', file, { cause: error });
  }
};

/** Those that are shipped, with those of a file or those that the operator of the local instance has loaded. */
const shown = (program: Command, { file, instance }: Shown): Promise<Schemes> => {
  if (file !== undefined) return Promise.resolve(schemesOf([readSchemeFile(textOf(file))]));
  if (instance !== true) return Promise.resolve(schemesOf());
  return withLocalSession(program, [], ({ store, ctx }) => withContext(store.app, ctx, schemesHere));
};

/** Errors: ARGUMENT_INVALID, naming the fact. */
const readFacts = (file: string): Facts => {
  const text = textOf(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail('ARGUMENT_INVALID', `${file}: not JSON`, { cause: error });
  }
  const facts = Facts.safeParse(value);
  if (facts.success) return facts.data;
  const [issue] = facts.error.issues;
  throw fail('ARGUMENT_INVALID', `${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
    pointer: 'facts',
  });
};

const inFile = ({ schemes, maps, retire }: SchemeFile): string[] => [
  ...schemes.map((one) => `scheme ${one.id}@${one.version}  ${one.codes.length} codes`),
  ...maps.map((map) => `map ${map.from} to ${map.to}`),
  ...retire.map((one) => `retirement of ${one.scheme}${one.by === null ? '' : `: use ${one.by}`}`),
];

export const registerSchemeCommands = (program: Command, io: Io): void => {
  const scheme = program
    .command('scheme')
    .description('schemes of categories: what their codes mean, and what becomes of a code in another')
    .addHelpText(
      'after',
      '\nExamples:\n  $ redthread scheme show vic-uk@2.0\n  $ redthread scheme map vic-us@2.0:1 ncmec@1\n  $ redthread scheme derive facts.json ncmec@1',
    );
  const file = (): Option =>
    new Option('--file <file.json>', 'with the schemes and maps of this file').conflicts('instance');
  const instance = (): Option => new Option('--instance', 'with those that the operator of this instance has loaded');

  scheme
    .command('list')
    .description('every scheme with its version; retired ones take no vote')
    .addOption(language())
    .addOption(file())
    .addOption(instance())
    .option('--json', 'print JSON')
    .action(async (options: Shown) => {
      const { all } = await shown(program, options);
      if (options.json === true) return all.forEach((one) => io.json(one));
      schemeLines(all, options.language).forEach(io.out);
    });

  scheme
    .command('show <scheme@version>')
    .description('the codes of a scheme, in our own words')
    .addOption(language())
    .addOption(file())
    .addOption(instance())
    .option('--json', 'print JSON')
    .action(async (name: string, options: Shown) => {
      const found = schemeNamed(await shown(program, options), name);
      if (options.json === true) return io.json(found);
      schemeInFull(found, options.language, io.colour).forEach(io.out);
    });

  scheme
    .command('map <from> <scheme@version>')
    .description(
      'what a code (scheme@version:code), or every code of a scheme, becomes in another: a code, or why none',
    )
    .addOption(language())
    .addOption(file())
    .addOption(instance())
    .option('--json', 'print JSON')
    .action(async (from: string, to: string, options: Shown) => {
      const schemes = await shown(program, options);
      const isWhole = from.includes('@') && !from.includes(':');
      const codes = isWhole
        ? schemeNamed(schemes, from).codes.map(({ code }) => codeName({ scheme: from, code }))
        : [from];
      const mapped: Mapped[] = codes.map((code) => mapCode(schemes, code, to));
      if (options.json === true) return mapped.forEach((one) => io.json(one));
      const map = schemes.maps.find((one) => one.from === from && one.to === to);
      (map === undefined
        ? mapped.map((one) => mappedLine(one, options.language))
        : mapLines(map, options.language)
      ).forEach(io.out);
    });

  scheme
    .command('derive <facts.json> <scheme@version>')
    .description('what neutral facts come to in a scheme: a code, or which fact is missing or in doubt')
    .addOption(language())
    .option('--json', 'print JSON')
    .action((facts: string, name: string, options: Shown) => {
      const derived = deriveCode(readFacts(facts), schemeNamed(schemesOf(), name).name);
      if (options.json === true) return io.json(derived);
      io.out(derived.to ?? `no code of ${derived.scheme}: ${derived.cannot?.[options.language] ?? ''}`);
    });

  scheme
    .command('check <file.json>')
    .description('whether a file of schemes and maps can be loaded, and if not, what is wrong where')
    .action((path: string) => {
      inFile(readSchemeFile(textOf(path))).forEach(io.out);
    });

  scheme
    .command('load <file.json>')
    .description('load a file for everybody of this instance, as its operator; nothing that is there changes')
    .action(async (path: string) => {
      const text = textOf(path);
      const file = await withLocalSession(program, [], ({ store, ctx }) => loadSchemes(store, ctx, text));
      for (const line of inFile(file)) io.out(`loaded ${line}`);
    });
};
