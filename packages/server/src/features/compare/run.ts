// The three commands that need no database: read, compare through the same code as the matcher, print.
import { isAtLeast, MediaMatcher, type MediaMatch } from '@redthread/core/graph';
import type { PairLine } from '@redthread/core/contract';
import { exchangedReasons } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { comparableFile, pairLine, signalsLine, type ComparableFile } from './comparable.js';
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
  let unread = 0;
  const onUnread = ({ file, detail }: Unread): void => {
    unread += 1;
    io.note(`FILE_UNREADABLE: ${file}: ${detail}`);
  };
  try {
    await work({ read: (files) => reader.read(files, onUnread) });
  } finally {
    await reader.close();
  }
  return unread > 0 ? EXIT.someUnread : EXIT.ok;
};

interface Reading {
  read(files: Parameters<FileReader['read']>[0]): AsyncGenerator<ReadFile>;
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
  return withReader(io, how, async ({ read }) => {
    const known = new Map<string, ComparableFile>();
    const files = [...new Set(wanted.flatMap((pair) => [pair.a, pair.b]))];
    for await (const file of read(files)) known.set(file.file, comparableFile(file));
    for (const pair of wanted) {
      const [first, second] = [known.get(pair.a), known.get(pair.b)];
      if (first === undefined || second === undefined) continue;
      const line = pairLine(first, second, undefined, all === true || json !== true);
      if (json === true) io.json(line);
      else pairLines(line, io.colour).forEach(io.out);
    }
  });
};

export const runMatch = (
  io: Io,
  folder: string,
  { against, all, grade, json, ...how }: MatchOptions,
): Promise<number> =>
  withReader(io, how, async ({ read }) => {
    const matcher = new MediaMatcher();
    const known: ComparableFile[] = [];
    const progress = countProgress(io);
    const print = (file: ComparableFile, matches: readonly MediaMatch[], swap: boolean): void => {
      for (const { id, comparison } of matches) {
        const other = known[id];
        if (other === undefined || (grade !== undefined && !isAtLeast(comparison.grade, grade))) continue;
        const line = pairLine(file, other, comparison, all === true);
        emit(io, swap ? swapped(line) : line, json === true);
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

const emit = (io: Io, line: PairLine, json: boolean): void => {
  if (json) io.json(line);
  else io.out(matchLine(line, io.colour));
};

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
