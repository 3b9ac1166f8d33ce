// Whether what connects cases in the sample operation is true, and all of it is found: drawn, taken in and compared by the program as
// the demonstration does it, and held against what was drawn. Series do not connect yet, so there is no row for them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { listConnections } from '../../../packages/server/dist/features/connections/index.js';
import { openStore } from '../../../packages/server/dist/store/index.js';
import { expectedGrade, framesById } from '../../../packages/synth/dist/index.js';
import { PROGRAM } from '../ingest/world.mjs';

/** 3,000 files in 11 cases; BENCH_SCALE below 1 tries it on 300 in 5. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1) < 1 ? 'small' : 'medium';
/** What methods of today find; the same camera is none of them. */
const CHANNELS = ['identical', 'same content', 'partial', 'same scene'];
const FALSE_SHARE = 0.01;

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

const keyOf = (a, b) => [a, b].sort().join(' and ');

/** What the first agency, which reads here, has on a list of known-good files: that links nothing, and is not meant to. */
const knownGood = (folder, { lists, agencies }) =>
  new Set(
    lists
      .filter(
        (list) => list.polarity === 'known-good' && list.algorithm === 'sha256' && list.agency === agencies[0].slug,
      )
      .flatMap(({ file }) => readFileSync(join(folder, file), 'utf8').split('\n')),
  );

/** Pairs of cases that have something in common by the truth, with the strongest of it. */
const truePairs = ({ exhibits }, files, truth) => {
  const caseOf = new Map(exhibits.map(({ reference, case: name }) => [reference, name]));
  const frames = framesById(truth);
  const pairs = new Map();
  files.forEach((a, i) => {
    for (const b of files.slice(i + 1)) {
      const [one, other] = [caseOf.get(a.exhibit), caseOf.get(b.exhibit)];
      if (one === other) continue;
      const place = CHANNELS.indexOf(expectedGrade(frames, a, b));
      if (place >= 0) pairs.set(keyOf(one, other), Math.min(place, pairs.get(keyOf(one, other)) ?? place));
    }
  });
  return new Map([...pairs].map(([key, place]) => [key, CHANNELS[place]]));
};

const readShown = async (data) => {
  const store = await openStore(loadConfig({ data, env: {} }), { roles: ['owner', 'app'] });
  try {
    const user = await store.owner
      .selectFrom('users')
      .select(['id', 'agency_id', 'login'])
      .orderBy('created_at')
      .executeTakeFirstOrThrow();
    const actor = { userId: user.id, agencyId: user.agency_id, login: user.login, roles: ['officer'] };
    const ctx = { actor, purpose: 'bench', requestId: 'bench' };
    const { items } = await listConnections(store, ctx, { between: 'cases', limit: 10_000 });
    return items.map(({ a, b }) => keyOf(a.caseReference, b.caseReference));
  } finally {
    await store.close();
  }
};

export const prepare = async (context) => compareWithTruth(context, await draw(context));

/** `data`: the folder of a demonstration of the seed. */
export const compareWithTruth = async (context, data) => {
  const folder = join(data, 'world', `tantalus-${SCALE}-${context.seed}`);
  const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const [operation, drawn] = [read('operation.json'), read('truth.json')];
  const good = knownGood(folder, operation);
  const truth = truePairs(
    operation,
    drawn.files.filter(({ sha256 }) => !good.has(sha256)),
    drawn,
  );
  const shown = await readShown(data);
  const missed = [...truth].filter(([key]) => !shown.includes(key));
  const wrong = shown.filter((key) => !truth.has(key));
  context.say(`${truth.size} true pairs of cases, ${shown.length} connections shown, ${wrong.length} of them wrong`);
  for (const [key, grade] of missed) context.say(`not listed: ${key}, of which the truth is ${grade}`);
  return { truth, shown };
};

/** True pairs among as many of the strongest as keep to the share of false ones. */
const foundWithin = ({ truth, shown }) => {
  let [found, most] = [0, 0];
  shown.forEach((key, i) => {
    if (truth.has(key)) found += 1;
    if (i + 1 - found <= (i + 1) * FALSE_SHARE) most = found;
  });
  return most;
};

const set = `sample operation, ${SCALE}, of the seed; channels: ${CHANNELS.join(', ')}; what chance might bring is not counted as shown`;

export const rows = [
  {
    name: 'case-pairs',
    unit: '%',
    better: 'higher',
    bar: 95,
    runs: 1,
    set: `${set}: pairs of cases with something in common that are listed, at 1 false in 100 shown`,
    run: (_context, { sample }) => ({ value: (100 * foundWithin(sample)) / sample.truth.size, n: sample.truth.size }),
  },
  {
    name: 'top-10',
    unit: '%',
    better: 'higher',
    bar: 100,
    runs: 1,
    set: `${set}: true ones among the ten strongest between cases`,
    run: (_context, { sample: { truth, shown } }) => {
      const top = shown.slice(0, 10);
      return { value: (100 * top.filter((key) => truth.has(key)).length) / Math.max(1, top.length), n: top.length };
    },
  },
];
