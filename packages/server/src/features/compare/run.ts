// The three commands that need no database: read, compare through the same code as the matcher, print.
import { existsSync, realpathSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { isAtLeast, MediaMatcher, type MediaMatch } from '@redthread/core/graph';
import type { PairLine } from '@redthread/core/contract';
import { exchangedReasons } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { comparableFile, pairLine, signalsLine, unreadPairLine, type ComparableFile } from './comparable.js';
import type { CompareOptions, MatchOptions, SignalsOptions } from './commands.js';
import { readPairs } from './pairs-file.js';
import { matchLine, pairLines, signalLines } from './print.js';
import { createFileReader, filesBelow, type FileReader, type ReadFile, type Unread } from './read-files.js';

/** Runs with a reader and answers the exit code: 3 when a file could not be read. */
const withReader = async (
  io: Io,
  { exact }: { readonly exact?: boolean },
  work: (reader: Reading) => Promise<void>,
): Promise<number> => {
  const reader = createFileReader({ isExact: exact === true });
  const unread = new Map<string, string>();
  const onUnread = ({ file, detail }: Unread): void => {
    unread.set(file, detail);
    io.note(`FILE_UNREADABLE: ${file}: ${detail}`);
  };
  try {
    await work({ read: (files) => reader.read(files, onUnread), unread });
  } finally {
    await reader.close();
  }
  return unread.size > 0 ? EXIT.someUnread : EXIT.ok;
};

interface Reading {
  read(files: Parameters<FileReader['read']>[0]): AsyncGenerator<ReadFile>;
  /** Why, of each file that could not be read so far. */
  readonly unread: ReadonlyMap<string, string>;
}

export const runSignals = (io: Io, files: readonly string[], { json, full, ...how }: SignalsOptions): Promise<number> =>
  withReader(io, how, async ({ read }) => {
    for await (const file of read(files)) {
      const line = signalsLine(file, full === true);
      if (json === true) io.json(line);
      else signalLines(line, io.colour).forEach(io.out);
    }
  });

export const runCompare = async (
  io: Io,
  a: string | undefined,
  b: string | undefined,
  { json, all, pairs, ...how }: CompareOptions,
): Promise<number> => {
  if ((pairs === undefined) === (a === undefined || b === undefined))
    throw fail('ARGUMENT_INVALID', 'give two files, or --pairs FILE.csv');
  const wanted = pairs === undefined ? [{ a: a ?? '', b: b ?? '' }] : await readPairs(pairs);
  return withReader(io, how, async ({ read, unread }) => {
    const known = new Map<string, ComparableFile>();
    const files = [...new Set(wanted.flatMap((pair) => [pair.a, pair.b]))];
    for await (const file of read(files)) known.set(file.file, comparableFile(file));
    for (const pair of wanted) {
      const [first, second] = [known.get(pair.a), known.get(pair.b)];
      const isRead = first !== undefined && second !== undefined;
      if (json === true)
        io.json(isRead ? pairLine(first, second, undefined, all) : unreadPairLine(pair.a, pair.b, unread));
      else if (isRead) pairLines(pairLine(first, second, undefined, true), io.colour).forEach(io.out);
    }
  });
};

/** Errors: ARGUMENT_INVALID for a folder that is not there. */
export const runMatch = async (
  io: Io,
  folder: string,
  { against, all, grade, json, ...how }: MatchOptions,
): Promise<number> => {
  for (const given of [folder, against])
    if (given !== undefined && !existsSync(given))
      throw fail('ARGUMENT_INVALID', `${given}: there is no such folder or file`);
  // Sides are told apart by their place in the line.
  if (against !== undefined && json !== true) io.note(`left: ${folder}, right: ${against}`);
  const nameOf = { a: nameWithin(folder), b: nameWithin(against ?? folder) };
  let pairs = 0;
  const code = await withReader(io, how, async ({ read }) => {
    const matcher = new MediaMatcher();
    const known: ComparableFile[] = [];
    const progress = countProgress(io);
    const print = (file: ComparableFile, matches: readonly MediaMatch[], swap: boolean): void => {
      for (const { id, comparison } of matches) {
        const other = known[id];
        if (other === undefined || (grade !== undefined && !isAtLeast(comparison.grade, grade))) continue;
        if (against !== undefined && isSameFile(file.file, other.file)) continue;
        pairs += 1;
        const told = pairLine(file, other, comparison, all);
        const line = swap ? swapped(told) : told;
        if (json === true) io.json(line);
        else if (all === true) pairLines(line, io.colour).forEach(io.out);
        else io.out(matchLine(line, io.colour, nameOf));
      }
    };
    for await (const read1 of read(filesBelow(against ?? folder))) {
      const file = comparableFile(read1);
      // Among themselves: each pair once, the file that came first on the left.
      if (against === undefined) print(file, matcher.match(file), true);
      matcher.add(known.length, file);
      known.push(file);
      progress();
    }
    if (against === undefined) return;
    for await (const file of read(filesBelow(folder))) {
      const comparable = comparableFile(file);
      print(comparable, matcher.match(comparable), false);
      progress();
    }
  });
  if (pairs === 0 && json !== true) io.note('no match');
  return code;
};

/** The path of a file in the folder that was given; of a file that was given, its name. */
const nameWithin =
  (folder: string) =>
  (file: string): string =>
    relative(folder, file) || basename(file);

/** A file that lies in both folders is no copy of itself. */
const isSameFile = (a: string, b: string): boolean => realpathSync(a) === realpathSync(b);

const swapped = (line: PairLine): PairLine => ({
  ...line,
  a: line.b,
  b: line.a,
  decoders: { a: line.decoders.b, b: line.decoders.a },
  reasons: exchangedReasons(line.reasons),
});

const countProgress = (io: Io): (() => void) => {
  let count = 0;
  return () => {
    count += 1;
    if (count % 20 === 0) io.live([`${count} files read`]);
  };
};
