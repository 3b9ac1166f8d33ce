// Runs, lookups and merges answer as a Map does: on random digests and on chosen ones, over lists of different owners and meanings.
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../test-support/hashes.js';
import { isRedthreadError } from '../../errors/index.js';
import {
  crc32,
  DIGEST_BYTES,
  DIGEST_KINDS,
  ExactLookup,
  ExactRun,
  HEADER_BYTES,
  mergeRuns,
  RunWriter,
  runsToMerge,
  tagOf,
  unionOfLists,
  type ByteSource,
  type DigestKind,
  type ExactList,
  type MergeInput,
} from './index.js';

const uuid = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const LISTS: readonly ExactList[] = [
  { id: uuid(1), agencyId: uuid(101), polarity: 'known-bad' },
  { id: uuid(2), agencyId: uuid(102), polarity: 'known-good' },
  { id: uuid(3), agencyId: uuid(102), polarity: 'other' },
  { id: uuid(4), agencyId: uuid(103), polarity: 'known-bad' },
];

interface Entry {
  readonly digest: Uint8Array;
  readonly list: number;
  readonly payload: number;
  readonly isGone?: boolean;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const keyOf = ({ digest, list }: Entry): string => `${hex(digest)}/${String(list).padStart(5, '0')}`;

const sourceOf = (bytes: Uint8Array, name = 'memory.run'): ByteSource => ({
  name,
  bytes: bytes.length,
  read: (into, offset, length, position) => into.set(bytes.subarray(position, position + length), offset),
});

const memorySink = () => {
  let bytes = new Uint8Array(0);
  return {
    name: 'memory.run',
    write: (part: Uint8Array, position: number): void => {
      if (position + part.length > bytes.length) {
        const longer = new Uint8Array(position + part.length);
        longer.set(bytes);
        bytes = longer;
      }
      bytes.set(part, position);
    },
    take: (): Uint8Array => bytes,
  };
};

/** Later entries of the same digest and list win. */
const runBytes = (kind: DigestKind, entries: readonly Entry[], lists = LISTS): Uint8Array => {
  const sink = memorySink();
  const writer = new RunWriter(sink, { kind, lists, mostEntries: entries.length }, crc32);
  const unique = new Map(entries.map((entry) => [keyOf(entry), entry]));
  for (const [, { digest, list, payload, isGone }] of [...unique].sort(([a], [b]) => (a < b ? -1 : 1)))
    writer.push(digest, 0, tagOf(list, isGone === true), payload);
  writer.finish();
  return sink.take();
};

const opened = (kind: DigestKind, entries: readonly Entry[]): ExactRun =>
  ExactRun.open(sourceOf(runBytes(kind, entries)), crc32);

const asInput = (run: ExactRun): MergeInput => ({ run, isDropped: () => false });

const merged = (kind: DigestKind, inputs: readonly MergeInput[], isOldest: boolean): ExactRun => {
  const sink = memorySink();
  const mostEntries = inputs.reduce((sum, { run }) => sum + run.header.entries, 0);
  const writer = new RunWriter(sink, { kind, lists: unionOfLists(inputs), mostEntries }, crc32);
  mergeRuns(inputs, writer, isOldest);
  writer.finish();
  return ExactRun.open(sourceOf(sink.take()), crc32);
};

/** What the answers must be, from the definition alone: a Map of digests, of each the last entry of a list. */
const reference = (runs: readonly (readonly Entry[])[]) => {
  const all = new Map<string, Map<number, Entry>>();
  for (const entry of runs.flat()) {
    const digest = hex(entry.digest);
    all.set(digest, (all.get(digest) ?? new Map<number, Entry>()).set(entry.list, entry));
  }
  return (digest: Uint8Array, lists: ReadonlySet<string>): string[] =>
    [...(all.get(hex(digest))?.values() ?? [])]
      .filter(({ list, isGone }) => isGone !== true && lists.has(LISTS[list]!.id))
      .map(({ list, payload }) => `${LISTS[list]!.id} ${LISTS[list]!.agencyId} ${LISTS[list]!.polarity} ${payload}`)
      .sort();
};

const answered = (lookup: ExactLookup, digest: Uint8Array, lists: ReadonlySet<string>): string[] => {
  const view = lookup.viewOf({ lists });
  const hits = lookup
    .find(digest, view)
    .map(({ list, payload }) => `${list.id} ${list.agencyId} ${list.polarity} ${payload}`);
  expect(lookup.has(digest, view)).toBe(hits.length > 0);
  return hits.sort();
};

const SHAPES: Readonly<Record<string, (random: () => number, bytes: number) => Uint8Array>> = {
  random: (random, bytes) => Uint8Array.from({ length: bytes }, () => random() & 255),
  'equal in all but their last two bytes': (random, bytes) =>
    Uint8Array.from({ length: bytes }, (_, i) => (i < bytes - 2 ? 0xab : random() & 255)),
  'of bytes 0 and 255 only': (random, bytes) =>
    Uint8Array.from({ length: bytes }, (_, i) => (i % 5 === 0 && random() & 1 ? 255 : 0)),
  'few and on many lists': (random, bytes) => new Uint8Array(bytes).fill(random() % 7),
};

const drawn = (shape: string, count: number, bytes: number, seed: number, goneEvery = 0): Entry[] => {
  const random = randomSource(seed);
  return Array.from({ length: count }, () => ({
    digest: SHAPES[shape]!(random, bytes),
    list: random() % LISTS.length,
    payload: random(),
    isGone: goneEvery > 0 && random() % goneEvery === 0,
  }));
};

const VIEWS: readonly ReadonlySet<string>[] = [
  new Set(LISTS.map(({ id }) => id)),
  new Set([uuid(2)]),
  new Set([uuid(1), uuid(4), uuid(999)]),
  new Set(),
];

describe.each(DIGEST_KINDS)('exact lists of %s', (kind) => {
  const bytes = DIGEST_BYTES[kind];
  const edges = [new Uint8Array(bytes), new Uint8Array(bytes).fill(255), new Uint8Array(bytes).fill(0xab)];

  it.each(Object.keys(SHAPES))('answers as a Map does for digests %s, in one run, in several, and merged', (shape) => {
    for (const count of [0, 1, 2, 40, 3000]) {
      const runs = [
        drawn(shape, count, bytes, count + 1),
        drawn(shape, Math.ceil(count / 3), bytes, count + 2, 3),
        [...drawn(shape, 20, bytes, count + 1), ...drawn(shape, 20, bytes, 7, 2)],
      ];
      const inputs = runs.map((entries) => asInput(opened(kind, entries)));
      const apart = new ExactLookup(kind, inputs);
      const together = new ExactLookup(kind, [asInput(merged(kind, inputs, true))]);
      const youngest = merged(kind, inputs.slice(1), false);
      const half = new ExactLookup(kind, [inputs[0]!, asInput(youngest)]);
      expect(together.runs[0]!.header.tombstones).toBe(0);
      const expected = reference(runs);
      const random = randomSource(count + 5);
      const some = runs.flatMap((entries) => entries.filter(() => entries.length < 60 || random() % 40 === 0));
      for (const digest of [...some.map((entry) => entry.digest), ...edges, SHAPES['random']!(random, bytes)]) {
        for (const lists of VIEWS) {
          const right = expected(digest, lists);
          for (const lookup of [apart, together, half]) expect(answered(lookup, digest, lists)).toEqual(right);
        }
      }
    }
  });

  it('answers many at once as it answers one, whatever their order', () => {
    const entries = drawn('random', 500, bytes, 3);
    const lookup = new ExactLookup(kind, [asInput(opened(kind, entries))]);
    const view = lookup.viewOf({ lists: VIEWS[0]!, polarities: new Set(['known-bad']) });
    const random = randomSource(8);
    const asked = Uint8Array.from(
      Array.from({ length: 300 }, (_, i) =>
        i % 2 ? entries[random() % 500]!.digest : SHAPES['random']!(random, bytes),
      ).flatMap((digest) => [...digest]),
    );
    const found = new Map<number, unknown>();
    lookup.findMany(asked, view, (index, hits) => found.set(index, hits));
    for (let i = 0; i < 300; i++) {
      const hits = lookup.find(asked.subarray(i * bytes, (i + 1) * bytes), view);
      expect(found.get(i) ?? []).toEqual(hits);
      for (const { list } of hits) expect(list.polarity).toBe('known-bad');
    }
    expect(lookup.count(asked, view)).toBe(found.size);
    expect(found.size).toBeGreaterThan(20);
    expect(() => lookup.count(asked.subarray(1), view)).toThrow(/HASH_INVALID/);
    expect(() => lookup.find(asked.subarray(0, bytes - 1), view)).toThrow(/HASH_INVALID.*bytes instead of/);
  });

  it('keeps the entries of a dropped list from answers and out of a merged run', () => {
    const entries = drawn('random', 400, bytes, 9);
    const input = { run: opened(kind, entries), isDropped: ({ id }: ExactList) => id === uuid(1) };
    const left = entries.filter(({ list }) => list !== 0);
    const expected = reference([left]);
    const run = merged(kind, [input], true);
    expect(run.header.entries).toBe(left.length);
    expect(run.lists.map(({ id }) => id)).not.toContain(uuid(1));
    for (const lookup of [new ExactLookup(kind, [input]), new ExactLookup(kind, [asInput(run)])])
      for (const { digest } of entries)
        expect(answered(lookup, digest, VIEWS[0]!)).toEqual(expected(digest, VIEWS[0]!));
  });
});

describe('a damaged run', () => {
  const good = runBytes('sha1', drawn('random', 1000, 20, 4));
  const whole = (bytes: Uint8Array): void => ExactRun.open(sourceOf(bytes, 'lists/a.run'), crc32).tails.checkAll();
  const codeOf = (bytes: Uint8Array): string => {
    try {
      whole(bytes);
      return 'none';
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      expect(error.detail).toMatch(/^lists\/a\.run: .*\d/);
      return error.code;
    }
  };
  const flipped = (at: number): Uint8Array => {
    const bytes = good.slice();
    bytes[at]! ^= 1 << (at & 7);
    return bytes;
  };

  it('is whole to begin with', () => expect(() => whole(good)).not.toThrow());

  it('is refused by code, whichever byte of the header is changed', () => {
    for (let at = 0; at < HEADER_BYTES; at++) {
      const code = at < 8 ? 'INDEX_FILE_INVALID' : at < 12 ? 'INDEX_VERSION_UNSUPPORTED' : 'INDEX_CHECKSUM_MISMATCH';
      expect(codeOf(flipped(at))).toBe(code);
    }
  });

  it('is refused by code, whichever byte behind it is changed', () => {
    for (let at = HEADER_BYTES; at < good.length; at += at < good.length - 400 ? 61 : 1)
      expect(codeOf(flipped(at))).toBe('INDEX_CHECKSUM_MISMATCH');
  });

  it('is refused by code, wherever it ends, and if it goes on', () => {
    for (const end of [0, 1, 7, 8, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 1, 8192, good.length - 1])
      expect(codeOf(good.slice(0, end))).toBe('INDEX_FILE_INVALID');
    expect(codeOf(Uint8Array.of(...good, 0))).toBe('INDEX_FILE_INVALID');
  });

  it('is never served, though its pages are checked only when touched', () => {
    const entries = drawn('random', 1000, 20, 4);
    const lookup = (bytes: Uint8Array) =>
      new ExactLookup('sha1', [asInput(ExactRun.open(sourceOf(bytes, 'lists/a.run'), crc32))]);
    const damaged = lookup(flipped(HEADER_BYTES + 5));
    const view = damaged.viewOf({ lists: VIEWS[0]! });
    let refused = 0;
    for (const { digest } of entries) {
      try {
        expect(damaged.find(digest, view)).toEqual(lookup(good).find(digest, view));
      } catch (error) {
        expect(isRedthreadError(error) && error.code).toBe('INDEX_CHECKSUM_MISMATCH');
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(50);
  });

  it('is refused where it is of another kind, or two runs differ on a list', () => {
    const run = opened('sha1', []);
    expect(() => new ExactLookup('md5', [asInput(run)])).toThrow(/INDEX_FILE_INVALID.*sha1 instead of md5/);
    const other = runBytes('sha1', [], [{ ...LISTS[0]!, polarity: 'other' }]);
    const inputs = [asInput(run), asInput(ExactRun.open(sourceOf(other), crc32))];
    expect(() => new ExactLookup('sha1', inputs)).toThrow(/INDEX_FILE_INVALID.*is other of agency/);
    expect(() => unionOfLists(inputs)).toThrow(/INDEX_FILE_INVALID/);
  });
});

describe('runsToMerge', () => {
  it('keeps the number of runs logarithmic', () => {
    expect(runsToMerge([])).toBe(0);
    expect(runsToMerge([5])).toBe(0);
    expect(runsToMerge([100, 10])).toBe(0);
    expect(runsToMerge([100, 10, 10])).toBe(2);
    expect(runsToMerge([100, 60, 40, 30])).toBe(4);
    let runs: number[] = [];
    for (let added = 0; added < 1000; added++) {
      runs.push(1);
      for (let count = runsToMerge(runs); count > 0; count = runsToMerge(runs))
        runs = [...runs.slice(0, -count), runs.slice(-count).reduce((sum, size) => sum + size, 0)];
      expect(runs.length).toBeLessThanOrEqual(11);
    }
  });
});
