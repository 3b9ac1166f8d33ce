// Exact lists of 100 million digests on disk: look-ups, building, memory. There is no peer: an NSRL is usually searched in a database.
// Speeds are per second of processor time, so that other programs on the machine count for neither side; the cold one is by the clock.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** BENCH_SCALE=0.01 tries it on a million; figures count at 1 only. */
const COUNT = Math.max(1_000, Math.round(100e6 * Number(process.env['BENCH_SCALE'] ?? 1)));
const CHILD = fileURLToPath(new URL('lists-child.mjs', import.meta.url));
const SET = `${COUNT.toLocaleString('en')} random SHA-256 on four lists, payloads of 32 bits`;

const run = promisify(execFile);
let folder = null;
let built = null;
const asked = new Map();
let buildPeakMb = 0;

const child = async (context, command) => {
  const { stdout } = await run(
    process.execPath,
    [CHILD, command, folder, COUNT, context.seed, context.run].map(String),
  );
  return JSON.parse(stdout);
};

/** Built once; the set of a run is asked by one process for all rows. */
const build = (context) =>
  (built ??= (async () => {
    folder = join(context.tempDir, 'lists');
    const result = await child(context, 'build');
    buildPeakMb = result.peakMb;
    context.say(
      `  list: built in ${result.seconds.toFixed(1)} s (${result.cpuSeconds.toFixed(1)} s of processor time, drawing included), ` +
        `${(result.bytes / result.entries).toFixed(2)} bytes an entry, at most ${result.peakMb.toFixed(0)} MB resident`,
    );
    return result;
  })());

const ask = async (context) => {
  await build(context);
  if (!asked.has(context.run)) {
    const result = await child(context, 'ask');
    context.say(
      `  list: loaded in ${result.loadSeconds.toFixed(2)} s, ${result.indexMb.toFixed(0)} MB of index; per second: ` +
        ['half', 'hits', 'misses', 'batch'].map((name) => `${name} ${Math.round(result[name].rate)}`).join(', '),
    );
    asked.set(context.run, result);
  }
  return asked.get(context.run);
};

const rateRow = (name, part, what, bar) => ({
  name,
  unit: 'look-ups/s',
  better: 'higher',
  ...(bar === undefined ? {} : { bar }),
  run: async (context) => ({
    value: (await ask(context))[part].rate,
    n: 400_000,
    set: `${SET}; ${what}, random order, pages in memory of the system, per second of processor time`,
  }),
});

export const rows = [
  rateRow('list-100m', 'half', 'one at a time, half of them hits', 200_000),
  rateRow('list-100m-hits', 'hits', 'one at a time, all hits'),
  rateRow('list-100m-misses', 'misses', 'one at a time, all misses'),
  rateRow('list-100m-batch', 'batch', 'in one call, half of them hits'),
  {
    name: 'list-100m-cold',
    unit: 'look-ups/s',
    better: 'higher',
    run: async (context) => {
      await build(context);
      const { rate, asked: n } = await child(context, 'cold');
      return { value: rate, n, set: `${SET}; one at a time, half of them hits, no page in memory, by the clock` };
    },
  },
  {
    name: 'list-100m-build',
    unit: 's',
    better: 'lower',
    runs: 1,
    run: async (context) => ({
      value: (await build(context)).seconds,
      n: COUNT,
      set: `${SET}; unsorted, to the flushed file, drawing included`,
    }),
  },
  {
    name: 'list-100m-memory',
    unit: 'MB',
    better: 'lower',
    bar: 1_000,
    run: async (context) => {
      const { peakMb } = await ask(context);
      return {
        value: Math.max(buildPeakMb, peakMb),
        n: COUNT,
        set: `${SET}; peak resident, the larger of building and asking`,
      };
    },
  },
];

export const finish = () => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
  built = null;
  asked.clear();
};
