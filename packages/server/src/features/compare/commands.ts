// redthread signals, compare, match: no database, no account, nothing kept. Their JSON is a contract.
import { InvalidArgumentError, type Command } from 'commander';
import { GRADES, type MatchGrade } from '@redthread/core/domain';
import type { Io } from '../../app/cli/io.js';

export interface SignalsOptions {
  readonly json?: boolean;
  readonly full?: boolean;
  readonly exact?: boolean;
}

export interface CompareOptions {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly exact?: boolean;
  readonly pairs?: string;
}

export interface MatchOptions {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly exact?: boolean;
  readonly against?: string;
  readonly grade?: MatchGrade;
}

const EXACT = 'read pictures in full resolution, as the reference program of PDQ does (slower)';

const grade = (value: string): MatchGrade => {
  const wanted = value.replaceAll('-', ' ');
  const found = GRADES.find((one) => one === wanted);
  if (found === undefined) throw new InvalidArgumentError(`One of ${GRADES.join(', ')}.`);
  return found;
};

export const registerCompareCommands = (program: Command, io: Io): void => {
  program
    .command('signals')
    .description('what can be compared about files: real type, digests, hashes with their quality')
    .argument('<file...>', 'files')
    .option('--json', 'print one JSON line a file')
    .option('--full', 'print long signals whole')
    .option('--exact', EXACT)
    .action(async (files: string[], options: SignalsOptions) => {
      const { runSignals } = await import('./run.js');
      process.exitCode = await runSignals(io, files, options);
    });

  program
    .command('compare')
    .description('what two files have in common, and by what measure')
    .argument('[a]', 'a file')
    .argument('[b]', 'another')
    .option('--pairs <file.csv>', 'many pairs: two columns with paths, comma or semicolon between them')
    .option('--all', 'also list what was tried and fell short, with its value')
    .option('--exact', EXACT)
    .option('--json', 'print one JSON line a pair')
    .addHelpText(
      'after',
      '\nExamples:\n  $ redthread compare photo.jpg copy.jpg\n  $ redthread compare --pairs pairs.csv --all --json',
    )
    .action(async (a: string | undefined, b: string | undefined, options: CompareOptions) => {
      const { runCompare } = await import('./run.js');
      process.exitCode = await runCompare(io, a, b, options);
    });

  program
    .command('match')
    .description('every matching pair in a folder, or between two folders')
    .argument('<folder>', 'a folder (or a file)')
    .option('--against <folder>', 'compare with these instead of among themselves')
    .option('--grade <grade>', 'only this grade or a stronger one', grade)
    .option('--all', 'also list, of each pair, what was tried and fell short')
    .option('--exact', EXACT)
    .option('--json', 'print one JSON line a pair')
    .addHelpText('after', '\nExample:\n  $ redthread match pictures/ --against archive/ --json')
    .action(async (folder: string, options: MatchOptions) => {
      const { runMatch } = await import('./run.js');
      process.exitCode = await runMatch(io, folder, options);
    });
};
