// Whether what connects cases and series in the sample operation is true, and all of it is found: drawn, taken in and compared by the program
// as the demonstration does it, and held against what was drawn.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { startProcesses } from '../../../packages/server/dist/app/supervisor.js';
import { connectionsOfSeries, listConnections } from '../../../packages/server/dist/features/connections/index.js';
import { addMembers, createEntity } from '../../../packages/server/dist/features/entities/index.js';
import { openStore } from '../../../packages/server/dist/store/index.js';
import { PROGRAM } from '../ingest/world.mjs';
import { CHANNELS, foundWithin, keyOf, seriesOf, truePairsOf, truePairsOfFiles } from './truth.mjs';

/** 3,000 files in 11 cases; BENCH_SCALE below 1 tries it on 300 in 5. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1) < 1 ? 'small' : 'medium';
const FALSE_SHARE = 0.01;
const MOST = 10_000;

const draw = async ({ seed, tempDir }) => {
  const data = join(tempDir, 'sample');
  const args = ['demo', '--no-serve', '--data', data, '--seed', String(seed), '--scale', SCALE];
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let notes = '';
  child.stderr.on('data', (chunk) => (notes = `${notes}${chunk}`.slice(-2_000)));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`redthread demo ended with ${code}\n${notes}`);
  return data;
};

const METADATA_POLL_MS = 500;

/** The demonstration does not wait for what files say of themselves, and the channel device reads it. */
const readMetadata = async (data) => {
  const config = loadConfig({ data, env: {} });
  const store = await openStore(config, { roles: ['owner'] });
  const workers = startProcesses(config, { workers: 2, matcher: false });
  const left = () =>
    store.owner
      .selectFrom('work')
      .select('id')
      .where('stage', '=', 'metadata')
      .where('state', 'in', ['queued', 'leased'])
      .limit(1)
      .execute();
  try {
    while ((await left()).length > 0) await sleep(METADATA_POLL_MS);
  } finally {
    await workers.stop();
    await store.close();
  }
};

/** What the first agency, which reads here, has on a list of known-good files: that links nothing, and is not meant to. */
const knownGood = (folder, { lists, agencies }) =>
  new Set(
    lists
      .filter(
        (list) => list.polarity === 'known-good' && list.algorithm === 'sha256' && list.agency === agencies[0].slug,
      )
      .flatMap(({ file }) => readFileSync(join(folder, file), 'utf8').split('\n')),
  );

/** Something done in the store of a demonstration, as an officer of its first agency. */
const inStore = async (data, work) => {
  const store = await openStore(loadConfig({ data, env: {} }), { roles: ['owner', 'app'] });
  try {
    const user = await store.owner
      .selectFrom('users')
      .select(['id', 'agency_id', 'login'])
      .orderBy('created_at')
      .executeTakeFirstOrThrow();
    const actor = { userId: user.id, agencyId: user.agency_id, login: user.login, roles: ['officer'] };
    return await work(store, { actor, purpose: 'bench', requestId: 'bench' });
  } finally {
    await store.close();
  }
};

const casesShown = async (store, ctx) => {
  const { items } = await listConnections(store, ctx, { between: 'cases', limit: MOST });
  return items.map(({ a, b }) => keyOf(a.caseReference, b.caseReference));
};

/** Media of the files of each case, as `case digest`. */
const mediaOfCases = async (store) => {
  const rows = await store.owner
    .selectFrom('occurrences')
    .innerJoin('cases', 'cases.id', 'occurrences.case_id')
    .innerJoin('media', 'media.id', 'occurrences.media_id')
    .select(['cases.reference', 'media.id', 'media.sha256'])
    .execute();
  return new Map(rows.map(({ reference, id, sha256 }) => [`${reference} ${sha256.toString('hex')}`, id]));
};

/** Begins the series, and asks each what it connects with, other series and cases; strongest first. */
const seriesShown = async (store, ctx, series, caseOf) => {
  const mediaOf = await mediaOfCases(store);
  const ids = new Map();
  for (const [name, files] of series) {
    const { id } = await createEntity(store, ctx, { kind: 'series', name, note: '' });
    const media = new Set(files.flatMap((file) => mediaOf.get(`${caseOf(file)} ${file.sha256}`) ?? []));
    await addMembers(store, ctx, id, { media: [...media], reason: 'one room', confidence: 'certain', stack: false });
    ids.set(name, id);
  }
  const strengths = new Map();
  for (const [name, id] of ids)
    for (const kind of ['series', 'cases']) {
      const { items } = await connectionsOfSeries(store, ctx, { id, with: kind, leads: false, limit: MOST });
      for (const { series: other, case: end, strengthBits } of items)
        strengths.set(keyOf(name, other?.name ?? end?.caseReference ?? ''), strengthBits);
    }
  return [...strengths].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([key]) => key);
};

const told = (say, what, { truth, shown }) => {
  const wrong = shown.filter((key) => !truth.has(key));
  say(`${truth.size} true pairs of ${what}, ${shown.length} connections shown, ${wrong.length} of them wrong`);
  for (const channel of CHANNELS) {
    const of = [...truth].filter(([, one]) => one === channel).map(([key]) => key);
    const missed = of.filter((key) => !shown.includes(key));
    if (of.length > 0) say(`  ${channel} at best: ${of.length}, not listed ${missed.length}`);
    for (const key of missed.slice(0, 5)) say(`    not listed: ${key}`);
  }
  for (const key of wrong.slice(0, 5)) say(`    wrong: ${key}, ${shown.indexOf(key) + 1} of ${shown.length}`);
};

export const prepare = async (context) => {
  const data = context.dataDir ?? (await draw(context));
  await readMetadata(data);
  return compareWithTruth(context, data);
};

/** `data`: the folder of a demonstration of the seed. */
const compareWithTruth = async (context, data) => {
  const folder = join(data, 'world', `tantalus-${SCALE}-${context.seed}`);
  const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const [operation, drawn] = [read('operation.json'), read('truth.json')];
  const good = knownGood(folder, operation);
  const files = drawn.files.filter(({ sha256 }) => !good.has(sha256));
  const caseByExhibit = new Map(operation.exhibits.map(({ reference, case: name }) => [reference, name]));
  const caseOf = ({ exhibit }) => caseByExhibit.get(exhibit);
  const pairs = truePairsOfFiles(files, drawn);
  const series = seriesOf(files, drawn, caseOf);
  const seriesByFile = new Map([...series].flatMap(([name, of]) => of.map((file) => [file, [name]])));
  const inCase = (file) => [caseOf(file)];
  const inSeries = (file) => seriesByFile.get(file) ?? [];
  // The files of a series lie in a case, and so the two are connected.
  const own = [...series].map(([name, of]) => [keyOf(name, caseOf(of[0])), 'identical']);
  return inStore(data, async (store, ctx) => {
    const cases = { truth: truePairsOf(pairs, inCase), shown: await casesShown(store, ctx) };
    told(context.say, 'cases', cases);
    if (!context.rows.some((name) => name.startsWith('series') || name === 'top-10')) return { cases };
    const ofSeries = {
      truth: new Map([...truePairsOf(pairs, inSeries), ...truePairsOf(pairs, inSeries, inCase), ...own]),
      shown: await seriesShown(store, ctx, series, caseOf),
    };
    told(context.say, `${series.size} series with one another and with cases`, ofSeries);
    return { cases, series: ofSeries };
  });
};

const recall = ({ truth, shown }) => ({
  value: (100 * foundWithin(truth, shown, FALSE_SHARE)) / truth.size,
  n: truth.size,
});

const trueAmongTen = ({ truth, shown }) => shown.slice(0, 10).map((key) => truth.has(key));

const set = `sample operation, ${SCALE}, of the seed; channels: ${CHANNELS.join(', ')}; what chance might bring is not counted as shown`;

export const rows = [
  {
    name: 'case-pairs',
    unit: '%',
    better: 'higher',
    bar: 95,
    runs: 1,
    set: `${set}: pairs of cases with something in common that are listed, at 1 false in 100 shown`,
    run: (_context, { sample }) => recall(sample.cases),
  },
  {
    name: 'series-pairs',
    unit: '%',
    better: 'higher',
    bar: 95,
    runs: 1,
    set: `${set}; a series: the files of one case that show one room: pairs of series, and of a series and a case, with something in common that are listed, at 1 false in 100 shown`,
    run: (_context, { sample }) => recall(sample.series),
  },
  {
    name: 'top-10',
    unit: '%',
    better: 'higher',
    bar: 100,
    runs: 1,
    set: `${set}: true ones among the ten strongest between cases and the ten strongest of series`,
    run: (_context, { sample: { cases, series } }) => {
      const top = [...trueAmongTen(cases), ...trueAmongTen(series)];
      return { value: (100 * top.filter(Boolean).length) / Math.max(1, top.length), n: top.length };
    },
  },
];
