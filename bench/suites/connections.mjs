// How long connections take: a page of the feed in a large store, what one more exhibit costs, and how that grows with the store; and
// whether those of the sample operation are true.
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadConfig } from '../../packages/server/dist/app/config.js';
import { expandConnections, listConnections } from '../../packages/server/dist/features/connections/index.js';
import { openStore } from '../../packages/server/dist/store/index.js';
import * as sample from '../lib/connections/sample.mjs';
import { addExhibit, fillWorld } from '../lib/connections/world.mjs';
import { median } from '../lib/statistics.mjs';

/** BENCH_SCALE=0.1 tries the suite on a small store; figures count at 1 only. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const LARGE = Math.round(360_000 * SCALE);
const SMALL = Math.round(36_000 * SCALE);
const READS = 40;
const BETWEEN = ['exhibits', 'cases'];

const setOf = (files) =>
  `${files.toLocaleString('en')} files written as rows: 300 exhibits, 40 cases, two agencies, all seen by the reader; most are copies`;

const openWorld = async (files, { seed, tempDir, say }) => {
  const store = await openStore(loadConfig({ data: join(tempDir, `data-${files}`), env: {} }), {
    roles: ['owner', 'app'],
  });
  const beganAt = performance.now();
  await fillWorld(store.owner, { files, seed });
  const { rows } = await sql`select id, agency_id, login from users where login = 'alpha'`.execute(store.owner);
  const [user] = rows;
  const actor = { userId: user.id, agencyId: user.agency_id, login: user.login, roles: ['officer'] };
  say(`filled ${files} files in ${((performance.now() - beganAt) / 1000).toFixed(0)} s`);
  return { store, files, ctx: { actor, purpose: 'bench', requestId: 'bench' } };
};

const timed = async (work) => {
  const beganAt = performance.now();
  const answer = await work();
  return { ms: performance.now() - beganAt, answer };
};

const page = ({ store, ctx }, between, more = {}) => listConnections(store, ctx, { between, limit: 50, ...more });

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1];

/** Both feeds as they are after one more exhibit: what is taken in when they are read the next time. */
const update = async (world, run) => {
  for (const between of BETWEEN) await page(world, between);
  const written = await timed(() => addExhibit(world.store.owner, { files: world.files, run }));
  const read = await timed(async () => {
    for (const between of BETWEEN) await page(world, between);
  });
  return { writtenS: written.ms / 1000, readS: read.ms / 1000 };
};

const prepareLarge = async (context) => {
  const needsSmall = context.rows.includes('growth-36k-360k');
  const large = await openWorld(LARGE, context);
  const small = needsSmall ? await openWorld(SMALL, context) : null;
  const first = [];
  for (const between of BETWEEN) first.push(await timed(() => page(large, between)));
  for (const [i, { answer }] of first.entries())
    context.say(`${answer.total} connections and ${answer.leads} leads between ${BETWEEN[i]}`);
  const [exhibits, cases] = first.map(({ answer }) => answer.items);
  const starts = { exhibits: exhibits.map(({ a }) => a.exhibitId), cases: cases.map(({ a }) => a.caseId) };
  return { large, small, starts, firstS: first.map(({ ms }) => ms / 1000), updates: 0 };
};

const isWanted = (rows, { rows: wanted }) => rows.some(({ name }) => wanted.includes(name));

export const prepare = async (context) => ({
  ...(isWanted(timeRows, context) ? await prepareLarge(context) : {}),
  ...(isWanted(sample.rows, context) ? { sample: await sample.prepare(context) } : {}),
});

const timeRows = [
  {
    name: 'first-read',
    unit: 's',
    better: 'lower',
    runs: 1,
    set: `${setOf(LARGE)}; the first feed between exhibits that anybody of this sight asks a process for`,
    run: (_context, { firstS }) => ({ value: firstS[0], n: LARGE }),
  },
  {
    name: 'feed-p95',
    unit: 'ms',
    better: 'lower',
    bar: 100,
    set: `${setOf(LARGE)}; 50 of the feed, between exhibits and between cases in turns, as the role app`,
    run: async (_context, { large }) => {
      const times = [];
      for (let i = 0; i < READS; i += 1) times.push((await timed(() => page(large, BETWEEN[i % 2]))).ms);
      return { value: percentile(times, 0.95), n: READS };
    },
  },
  {
    name: 'two-hop-p95',
    unit: 'ms',
    better: 'lower',
    bar: 100,
    set: `${setOf(LARGE)}; 50 of what is reached from a case or an exhibit over two connections, in turns, as the role app`,
    run: async (_context, { large, starts }) => {
      const times = [];
      for (let i = 0; i < READS; i += 1) {
        const [kind, ids] = i % 2 === 0 ? ['exhibit', starts.exhibits] : ['case', starts.cases];
        const start = { [kind]: ids[i % ids.length], limit: 50 };
        times.push((await timed(() => expandConnections(large.store, large.ctx, start))).ms);
      }
      return { value: percentile(times, 0.95), n: READS };
    },
  },
  {
    name: 'update-1000',
    unit: 's',
    better: 'lower',
    bar: 10,
    set: `${setOf(LARGE)}; one more exhibit of 1,000 files, 900 of them copies: its rows written one statement a table, and both feeds read with it in them`,
    run: async (_context, prepared) => {
      const { writtenS, readS } = await update(prepared.large, (prepared.updates += 1));
      return { value: writtenS + readS, n: 1_000 };
    },
  },
  {
    name: 'growth-36k-360k',
    unit: 'x',
    better: 'lower',
    bar: 3,
    set: 'both feeds read after one more exhibit of 1,000 files: the time in the store of 360,000 files over that in one of 36,000',
    run: async (context, prepared) => {
      const [large, small] = [[], []];
      for (let i = 0; i < 3; i += 1) {
        const run = (prepared.updates += 1);
        large.push((await update(prepared.large, run)).readS);
        small.push((await update(prepared.small, run)).readS);
      }
      context.say(`${median(large).toFixed(2)} s in ${LARGE} files, ${median(small).toFixed(2)} s in ${SMALL}`);
      return { value: median(large) / median(small), n: 3 };
    },
  },
];

export const rows = [...timeRows, ...sample.rows];

export const finish = async (_context, prepared) => {
  await prepared?.small?.store.close();
  await prepared?.large?.store.close();
};
