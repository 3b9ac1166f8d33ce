// The near index: one query at a time against the strongest native search of the same data, growth, join, memory, files.
// Speeds are per second of processor time, so that other programs on the machine count for neither side.
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { decodeSegment, encodeSegment, SegmentedNearIndex } from '../../../packages/core/dist/index/index.js';
import {
  clusteredHashes,
  freshRandom,
  freshSkewed,
  hashAt,
  postingsOf,
  queriesFor,
  randomHashes,
  randomWords,
} from './hash-sets.mjs';
import { measurePeers } from './peers.mjs';

const RADIUS = 31;
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const sized = (millions) => Math.round(millions * 1e6 * SCALE);
const QUERIES = 4_000;

const SETS = {
  '1m': { count: sized(1), make: randomHashes, fresh: freshRandom },
  clustered: { count: sized(1), make: clusteredHashes, fresh: freshSkewed },
  '6m': { count: sized(6), make: randomHashes, fresh: freshRandom },
  '20m': { count: sized(20), make: randomHashes, fresh: freshRandom },
};

const kept = new Map();

/** A set with its index, made when it is first asked for. */
const setNamed = (context, name) => {
  if (!kept.has(name)) {
    const { count, make, fresh } = SETS[name];
    const random = randomWords(context.seed * 31 + count);
    const hashes = make(count, random);
    const queries = queriesFor(hashes, QUERIES, random, fresh);
    const started = process.cpuUsage();
    const index = SegmentedNearIndex.build(postingsOf(hashes), count, { variant: 'shared' });
    const buildSeconds = process.cpuUsage(started).user / 1e6;
    context.say(`  ${name}: built in ${buildSeconds.toFixed(1)} s of processor time`);
    kept.set(name, { hashes, queries, index, buildSeconds });
  }
  return kept.get(name);
};

/** Queries a second of processor time, and hits; warmed up first. */
const rateOf = ({ index, queries }, radius = RADIUS, count = QUERIES) => {
  for (let i = 0; i < 200; i++) index.search(hashAt(queries, i % count), radius);
  const started = process.cpuUsage();
  let hits = 0;
  for (let i = 0; i < count; i++) hits += index.search(hashAt(queries, i), radius).length;
  const { user, system } = process.cpuUsage(started);
  return { rate: count / ((user + system) / 1e6), hits };
};

/** Peers are slow: so many queries of the set (a multiple of eight). */
const compared = (context, name, asked, withFaiss) => {
  const set = setNamed(context, name);
  const { rate, hits } = rateOf(set);
  const part = set.queries.subarray(0, asked * 32);
  const [best] = measurePeers(context, name, { hashes: set.hashes, queries: part, radius: RADIUS, withFaiss });
  const { hits: same } = rateOf({ index: set.index, queries: part }, RADIUS, asked);
  if (best !== undefined && best.hits !== same) throw new Error(`${best.peer} finds ${best.hits} hits, ours ${same}`);
  context.say(`  ${name}: ${Math.round(rate)} queries/s, ${hits} hits`);
  return { value: rate, n: QUERIES, ...(best ?? {}), hits: undefined };
};

const row = (name, unit, better, bar, run, more = {}) => ({ name, unit, better, bar, run, ...more });
const reported = (name, unit, better, run, more = {}) => ({ name, unit, better, run, ...more });

const searchAt = (name, radius) =>
  reported(`search-${name}-r${radius}`, 'queries/s', 'higher', (context) => ({
    value: rateOf(setNamed(context, name), radius).rate,
    n: QUERIES,
    set: `${name} hashes, radius ${radius}, half hits`,
  }));

export const rows = [
  row(
    'search-1m',
    'queries/s',
    'higher',
    3,
    (context) => ({
      ...compared(context, '1m', 400, ['multihash', 'flat']),
      set: '1 million random hashes, radius 31, half hits, one query at a time',
    }),
    { barOn: 'ratio' },
  ),
  searchAt('1m', 0),
  searchAt('1m', 16),
  row(
    'search-clustered',
    'queries/s',
    'higher',
    3,
    (context) => {
      const { index } = setNamed(context, 'clustered');
      const fullest = index.segments.flatMap((segment) => segment.fullestBuckets());
      context.say(`  clustered: fullest bucket ${Math.max(...fullest)} entries`);
      return {
        ...compared(context, 'clustered', 400, []),
        set: `1 million clustered and skewed hashes, radius 31; fullest bucket ${Math.max(...fullest)}`,
      };
    },
    { barOn: 'ratio' },
  ),
  row(
    'search-6m',
    'queries/s',
    'higher',
    8,
    (context) => ({
      ...compared(context, '6m', 80, []),
      set: '6 million random hashes, radius 31, half hits, one query at a time',
    }),
    { barOn: 'ratio' },
  ),
  searchAt('6m', 0),
  searchAt('6m', 16),
  reported('search-6m-two-threads', 'queries/s', 'higher', async (context) => ({
    value: await twoThreads(setNamed(context, '6m')),
    n: 2 * QUERIES,
    set: '6 million random hashes, radius 31, two threads over one memory, wall time',
  })),
  row(
    'memory-6m',
    'bytes/hash',
    'lower',
    176,
    (context) => {
      const { index } = setNamed(context, '6m');
      const bytes = index.segments.reduce((sum, segment) => sum + segment.memory.buffer.byteLength, 0);
      return {
        value: bytes / index.size,
        n: index.size,
        set: '6 million hashes with payload ids, scopes and marks of removal',
      };
    },
    { runs: 1 },
  ),
  reported(
    'build-6m',
    's',
    'lower',
    (context) => {
      const { buildSeconds } = setNamed(context, '6m');
      return { value: buildSeconds, n: SETS['6m'].count, set: '6 million hashes, one thread' };
    },
    { runs: 1 },
  ),
  row('load-6m', 's', 'lower', 2, (context) => load(context, setNamed(context, '6m'))),
  row('searchable-after', 's', 'lower', 1, (context) => searchableAfter(setNamed(context, '6m'), context)),
  row('join-1m', 's', 'lower', 60, (context) => {
    const { index } = setNamed(context, '1m');
    const started = process.cpuUsage();
    let pairs = 0;
    index.join(RADIUS, () => pairs++);
    return {
      value: process.cpuUsage(started).user / 1e6,
      n: index.size,
      set: `1 million random hashes, radius 31: ${pairs} pairs`,
    };
  }),
  row('growth-1m-20m', 'ratio', 'lower', 6, (context) => {
    const small = rateOf(setNamed(context, '1m')).rate;
    const large = rateOf(setNamed(context, '20m')).rate;
    context.say(`  20m: ${Math.round(large)} queries/s, 1m: ${Math.round(small)}`);
    return {
      value: small / large,
      n: QUERIES,
      set: 'time of a query among 20 million over that among 1 million, radius 31',
    };
  }),
];

/** Saves the segments, then reads them back as a starting program would: the file is in the cache, its checksum is proved. */
const load = (context, { index, queries }) => {
  const files = index.segments.map((segment, i) => {
    const file = join(context.tempDir, `segment-${i}`);
    const handle = openSync(file, 'w');
    encodeSegment(segment, (part, position) => {
      for (let at = 0; at < part.length;) at += writeSync(handle, part, at, part.length - at, position + at);
    });
    fsyncSync(handle);
    closeSync(handle);
    return file;
  });
  const started = performance.now();
  const loaded = SegmentedNearIndex.of(files.map(readSegment), { variant: 'shared' });
  const seconds = (performance.now() - started) / 1000;
  const query = hashAt(queries, 0);
  if (loaded.search(query, RADIUS).length !== index.search(query, RADIUS).length)
    throw new Error('the copy answers otherwise');
  return { value: seconds, n: index.size, set: '6 million hashes from a file in the cache, checksum proved' };
};

const readSegment = (file) => {
  const handle = openSync(file, 'r');
  const fill = (target, position) => {
    for (let at = 0; at < target.length;) {
      const count = readSync(handle, target, at, target.length - at, position + at);
      if (count === 0) throw new Error('the file ends early');
      at += count;
    }
  };
  const header = new Uint8Array(64);
  fill(header, 0);
  const segment = decodeSegment(header, fill, 'shared');
  closeSync(handle);
  return segment;
};

/** The longest that a new hash takes from being given to being found, over enough of them that the head is sealed several times. */
const searchableAfter = ({ index }, context) => {
  const fresh = randomHashes(10_000, randomWords(context.seed + context.run));
  let longest = 0;
  for (let i = 0; i < 10_000; i++) {
    const started = performance.now();
    index.add(1e9 + i, hashAt(fresh, i));
    if (!index.search(hashAt(fresh, i), 0).some(({ id }) => id === 1e9 + i))
      throw new Error('an added hash is not found');
    longest = Math.max(longest, performance.now() - started);
  }
  for (let i = 0; i < 10_000; i++) index.remove(1e9 + i);
  while (index.segments.length > 1 && index.compact());
  return {
    value: longest / 1000,
    n: 10_000,
    set: 'worst of 10,000 hashes added to 6 million, each searched for at once',
  };
};

const twoThreads = async ({ index, queries }) => {
  const memories = index.segments.map(({ memory }) => memory);
  const times = [0, 1].map(
    (thread) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL('search-thread.mjs', import.meta.url), {
          workerData: { memories, queries, thread: thread + 1, radius: RADIUS },
        });
        worker.once('message', resolve);
        worker.once('error', reject);
      }),
  );
  const seconds = Math.max(...(await Promise.all(times)));
  return (2 * (queries.length / 32)) / seconds;
};

export const finish = () => kept.clear();
