// A whole matcher: what it says of itself while it loads, serves and falls behind, and that it finds every pair across
// transactions that overtake each other and across its own restarts.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { buildHttp } from '../../packages/server/src/app/http/index.js';
import { runMatcher } from '../../packages/server/src/matcher/index.js';
import { addContents, addSignals, openMatcherWorld, queueMatch, valueOf, type MatcherWorld } from './matcher-world.js';
import { eventually } from './store-fixture.js';

let world: MatcherWorld;
const running = new Set<() => Promise<void>>();

beforeAll(async () => {
  world = await openMatcherWorld();
});
afterEach(async () => {
  for (const stop of running) await stop();
});
afterAll(() => world.close());

const startMatcher = (): (() => Promise<void>) => {
  const stopping = new AbortController();
  const ended = runMatcher(world.store.config, stopping.signal);
  const stop = async (): Promise<void> => {
    running.delete(stop);
    stopping.abort();
    await ended;
  };
  running.add(stop);
  return stop;
};

/** A content with the signals of `name`, `flipped` bits away, decoded and asked to be matched in one transaction. */
const addDecoded = async (name: string, flipped = 0, db = world.store.owner): Promise<number> => {
  const [id = 0] = await addContents(world, [`${name} ${flipped}`]);
  await addSignals(db, id, valueOf(name, flipped));
  await queueMatch(db, world.exhibitId, [id]);
  return id;
};

const pairs = async (): Promise<[number, number][]> => {
  const { rows } = await sql<{ pair: [number, number] }>`
    select array[least(a.content_id, b.content_id), greatest(a.content_id, b.content_id)]::int[] as pair
    from matches x join media a on a.id = x.media_a join media b on b.id = x.media_b`.execute(world.store.owner);
  return rows.map(({ pair }) => pair);
};
const hasPair = async (a: number, b: number): Promise<boolean> =>
  (await pairs()).some(([x, y]) => x === Math.min(a, b) && y === Math.max(a, b));

const readyz = async (): Promise<unknown> => {
  const http = await buildHttp({ store: world.store, webFolder: `${world.data}/no-web` });
  const answer = await http.inject('/readyz');
  await http.close();
  return [answer.statusCode, answer.json<{ state: string }>().state];
};

it('says that it is loading, ready, or behind', async () => {
  expect(await readyz()).toEqual([503, 'INDEX-ABSENT']);
  startMatcher();
  await eventually('the matcher is ready', async () => String(await readyz()) === '200,READY');
  const say = (status: object) =>
    sql`update processes set status = ${JSON.stringify(status)}::jsonb where kind = 'matcher'`.execute(
      world.store.owner,
    );
  await say({ state: 'loading', progress: 0.4, lagSeconds: 0, lagRows: 0 });
  expect(await readyz()).toEqual([503, 'INDEX-LOADING']);
  await say({ state: 'stale', progress: 1, lagSeconds: 60, lagRows: 5_000 });
  expect(await readyz()).toEqual([503, 'INDEX-STALE']);
});

it('does not take the word of a matcher that was killed', async () => {
  startMatcher();
  await eventually('the matcher is ready', async () => String(await readyz()) === '200,READY');
  await sql`update processes set status = ${JSON.stringify({ state: 'loading', progress: 0, lagSeconds: 0, lagRows: 0 })}::jsonb
    where kind = 'matcher'`.execute(world.store.owner);
  await sql`insert into processes (id, kind, pid, host, status, started_at) values (gen_random_uuid(), 'matcher', 1, 'elsewhere',
    ${JSON.stringify({ state: 'ready', progress: 1, lagSeconds: 0, lagRows: 0 })}::jsonb, now() - interval '1 hour')`.execute(
    world.store.owner,
  );
  expect(await readyz()).toEqual([503, 'INDEX-LOADING']);
  await sql`delete from processes where host = 'elsewhere'`.execute(world.store.owner);
});

it('finds a pair whose older transaction ends last', async () => {
  startMatcher();
  const older = await world.store.worker.startTransaction().execute();
  const newer = await world.store.worker.startTransaction().execute();
  const [slow = 0, fast = 0] = await addContents(world, ['slow', 'fast']);
  await addSignals(older, slow, valueOf('overtaken'));
  await addSignals(newer, fast, valueOf('overtaken', 4));
  await newer.commit().execute();
  await queueMatch(world.store.owner, world.exhibitId, [fast]);
  await eventually('the faster one is matched', async () => {
    const { rows } = await sql`select from work where state = 'done'`.execute(world.store.owner);
    return rows.length === 1;
  });
  expect(await pairs()).toEqual([]);
  await older.commit().execute();
  await queueMatch(world.store.owner, world.exhibitId, [slow]);
  await eventually('the pair is found', () => hasPair(slow, fast));
});

it('finds pairs across its restarts, with a snapshot, without one, and beside a transaction that never ends', async () => {
  const first = await addDecoded('restarted');
  let stop = startMatcher();
  const near = await addDecoded('restarted', 2);
  await eventually('the first pair', () => hasPair(first, near));
  await stop();
  expect(readdirSync(join(world.data, 'index'))).toContain('manifest');

  // Keeps everything that follows from being settled.
  const open = await world.store.worker.startTransaction().execute();
  await sql`select pg_current_xact_id()`.execute(open);
  stop = startMatcher();
  const second = await addDecoded('restarted', 4);
  await eventually('a pair with what the snapshot holds', () => hasPair(first, second));
  await stop();
  stop = startMatcher();
  const third = await addDecoded('restarted', 6);
  await eventually('a pair with what is not settled', () => hasPair(second, third));
  await stop();
  await open.rollback().execute();
  await sql`delete from index_snapshots`.execute(world.store.owner);
  startMatcher();
  const fourth = await addDecoded('restarted', 8);
  await eventually('a pair after building anew', () => hasPair(third, fourth));
});

it('keeps its process free while it compares', async () => {
  const names = Array.from({ length: 3_000 }, (_, i) => `many ${i}`);
  const ids = await addContents(world, names);
  await world.store.worker.transaction().execute(async (trx) => {
    for (const [place, id] of ids.entries()) await addSignals(trx, id, valueOf(names[place] ?? ''));
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  startMatcher();
  await queueMatch(world.store.owner, world.exhibitId, ids);
  delay.enable();
  const startedAt = performance.now();
  await eventually(
    'all are matched',
    async () => {
      const { rows } = await sql`select from work where state <> 'done' limit 1`.execute(world.store.owner);
      return rows.length === 0;
    },
    120_000,
  );
  delay.disable();
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `matched ${ids.length} in ${seconds.toFixed(1)} s; event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms, ` +
      `most ${(delay.max / 1e6).toFixed(0)} ms`,
  );
});
