// How fast exhibits are taken in: against the bare work on the same files, for known files, for metadata; what it takes of
// memory, and whether the hundred-thousandth file is as quick as the first.
import { sql } from 'kysely';
import { runBareLoop } from '../lib/ingest/bare-loop.mjs';
import { watchMemory } from '../lib/ingest/memory.mjs';
import { duplicates, filesBelow, newPictures, smallFiles, warm } from '../lib/ingest/sets.mjs';
import { openWorld } from '../lib/ingest/world.mjs';
import { startProcesses } from '../../packages/server/dist/app/supervisor.js';

/** BENCH_SCALE=0.05 tries the suite on small sets; figures count at 1 only. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const scaled = (count) => Math.max(20, Math.round(count * SCALE));

const NEW = scaled(2_000);
const KNOWN = scaled(500);
const DUPLICATES = scaled(10_000);
const SMALL = scaled(100_000);
const METADATA = scaled(600);
const FEATURED = scaled(300);
const SAMPLE_MS = 100;
const PROGRESS_SAMPLE_MS = 400;

export const prepare = async (context) => {
  const wants = (...names) => names.some((name) => context.rows.includes(name));
  const pictures = wants('ingest-new-over-bare-loop', 'ingest-memory', 'ingest-metadata', 'ingest-features')
    ? await newPictures(context, NEW)
    : null;
  const copies = wants('ingest-duplicates') ? await duplicates(context, { known: KNOWN, count: DUPLICATES }) : null;
  const small = wants('ingest-flatness') ? await smallFiles(context, SMALL) : null;
  return { pictures, copies, small, peaks: new Map() };
};

const inWorld = async (context, work) => {
  const world = await openWorld(context);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
};

/** Ingests the pictures once and keeps the peak of memory for the row that reports it. */
const ingestPictures = (context, prepared) =>
  inWorld(context, async (world) => {
    let memory = null;
    const onStart = (pid) => (memory = watchMemory(pid, world.config.dataFolder));
    try {
      const report = await world.ingest(prepared.pictures, 'new', { onStart });
      prepared.peaks.set(context.run, memory.peakMb());
      return report;
    } finally {
      memory?.stop();
    }
  });

/** The rate of a stage that comes when everything is decoded, for itself: what else waits is set aside. */
const laterStage = (context, prepared, { stage, files }) =>
  inWorld(context, async (world) => {
    // Features are queued when a picture has been decoded, metadata when it was stored.
    await world.ingest(prepared.pictures, 'new', { wait: stage === 'features' });
    await world.store.worker.updateTable('work').set({ state: 'done' }).where('stage', '!=', stage).execute();
    const waiting = () =>
      world.store.worker
        .selectFrom('work')
        .select((e) => e.fn.countAll().as('count'))
        .where('stage', '=', stage)
        .where('state', 'in', ['queued', 'leased'])
        .executeTakeFirstOrThrow()
        .then(({ count }) => Number(count));
    const total = await waiting();
    const target = Math.max(0, total - files);
    const workers = startProcesses(world.config, { workers: context.cores, matcher: false });
    try {
      while ((await waiting()) === total) await pause();
      const [startedAt, first] = [performance.now(), await waiting()];
      let left = first;
      while (left > target) {
        await pause();
        left = await waiting();
      }
      return {
        value: (first - left) / ((performance.now() - startedAt) / 1000),
        n: first - left,
        set: 'drawn JPEGs, half 0.3 and half 12 megapixels',
      };
    } finally {
      await workers.stop();
    }
  });

export const rows = [
  {
    name: 'ingest-new-over-bare-loop',
    unit: 'ratio',
    better: 'higher',
    bar: 0.5,
    run: async (context, prepared) => {
      const files = filesBelow(prepared.pictures);
      warm(prepared.pictures);
      const bareSeconds = await runBareLoop(files, context.cores);
      const { seconds } = await ingestPictures(context, prepared);
      context.say(
        `ingest ${(files.length / seconds).toFixed(1)} files/s, bare loop ${(files.length / bareSeconds).toFixed(1)} files/s`,
      );
      return {
        value: bareSeconds / seconds,
        n: files.length,
        set: `${files.length} drawn JPEGs, half 0.3 and half 12 megapixels, unknown; type, digests, hashes, renditions, vault and rows, to the last match of whole pictures`,
      };
    },
  },
  {
    name: 'ingest-metadata',
    unit: 'files/s',
    better: 'higher',
    run: (context, prepared) => laterStage(context, prepared, { stage: 'metadata', files: METADATA }),
  },
  {
    name: 'ingest-features',
    unit: 'files/s',
    better: 'higher',
    run: (context, prepared) => laterStage(context, prepared, { stage: 'features', files: FEATURED }),
  },
  {
    name: 'ingest-duplicates',
    unit: 'files/s',
    better: 'higher',
    bar: 1_500,
    run: (context, prepared) =>
      inWorld(context, async (world) => {
        await world.ingest(prepared.copies.known, 'known');
        warm(prepared.copies.duplicates);
        const { seconds, files } = await world.ingest(prepared.copies.duplicates, 'duplicates');
        return { value: files / seconds, n: files, set: '64 kB files whose content is known, warm cache' };
      }),
  },
  {
    name: 'ingest-memory',
    unit: 'MB',
    better: 'lower',
    bar: 1_500,
    run: async (context, prepared) => {
      if (!prepared.peaks.has(context.run)) await ingestPictures(context, prepared);
      return {
        value: prepared.peaks.get(context.run),
        n: NEW,
        set: 'peak of the summed proportional set size of all processes, PostgreSQL and decoders included, in the ingest of new pictures',
      };
    },
  },
  {
    name: 'ingest-flatness',
    unit: 'ratio',
    better: 'higher',
    bar: 0.85,
    runs: 3,
    run: (context, prepared) =>
      inWorld(context, async (world) => {
        warm(prepared.small);
        const reached = [];
        const done = new AbortController();
        const sampling = sampleProgress(world, reached, done.signal);
        const { files } = await world.ingest(prepared.small, 'small').finally(() => done.abort());
        await sampling;
        const [first, last] = [rateBetween(reached, 0, 0.1 * files), rateBetween(reached, 0.9 * files, files)];
        context.say(`first tenth ${first.toFixed(0)} files/s, last tenth ${last.toFixed(0)} files/s`);
        return { value: last / first, n: files, set: 'small distinct files, taken in and matched' };
      }),
  },
];

const pause = () => new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));

/** Pairs of time and files that are at the end of their way: taken in, and not waiting to be matched. Asked so that it costs little. */
const sampleProgress = async ({ store }, reached, signal) => {
  const startedAt = performance.now();
  while (!signal.aborted) {
    const { rows } = await sql`select coalesce((select sum(files_seen) from exhibits), 0)
      - (select count(*) from work where state = 'queued' and stage = 'match')
      - (select count(*) from work where state = 'leased' and stage = 'match') as files`.execute(store.worker);
    reached.push({ seconds: (performance.now() - startedAt) / 1000, files: Number(rows[0].files) });
    await new Promise((resolve) => setTimeout(resolve, PROGRESS_SAMPLE_MS));
  }
};

/** Files a second between two counts, the times interpolated; the first count is when the first file is done. */
const rateBetween = (reached, from, to) => {
  const at = (files) => {
    const after = reached.findIndex((sample) => sample.files >= Math.max(1, files));
    const [before, found] = [reached[Math.max(0, after - 1)], reached[after] ?? reached.at(-1)];
    if (before === undefined || found === undefined || found.files === before.files) return found?.seconds ?? 0;
    return before.seconds + ((found.seconds - before.seconds) * (files - before.files)) / (found.files - before.files);
  };
  return (to - from) / (at(to) - at(from));
};
