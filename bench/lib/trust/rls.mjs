// What row-level security costs: the same searches and the same ingest with the policies and without them, in turns.
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { find } from '../../../packages/server/dist/features/search/service.js';
import { openStore, withContext } from '../../../packages/server/dist/store/index.js';
import { smallFiles, warm } from '../ingest/sets.mjs';
import { openWorld } from '../ingest/world.mjs';
import { median } from '../statistics.mjs';
import { fillLargeWorld } from './large-world.mjs';

const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const FILES = Math.max(2_000, Math.round(100_000 * SCALE));
const SEARCHES = 60;
const TURNS = 4;
const SMALL = Math.max(200, Math.round(20_000 * SCALE));

/** Every table of ours that is under row-level security. */
const securedTables = async (owner) =>
  (
    await sql`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and c.relrowsecurity order by 1`.execute(owner)
  ).rows.map(({ name }) => name);

const setSecurity = async (owner, tables, isOn) => {
  for (const table of tables)
    await sql.raw(`alter table ${table} ${isOn ? 'enable' : 'disable'} row level security`).execute(owner);
};

/** The functions that the queries name, as they would be if everybody saw everything. */
const WITHOUT = {
  known_agencies: `create or replace function known_agencies() returns uuid[] language sql stable as $$ select array_agg(id) from agencies $$`,
  search_paths: `create or replace function search_paths(words text, at_most integer) returns setof uuid language plpgsql stable rows 100 as $$
    begin return query select o.id from occurrences o where lower(o.path) like '%' || replace(lower(words), '_', '\\_') || '%'
      order by o.path, o.id limit at_most; end $$`,
};

const definitionsOf = async (owner, names) =>
  (
    await sql`select pg_get_functiondef(oid) as text from pg_proc where proname = any(${names}::text[])`.execute(owner)
  ).rows.map(({ text }) => text);

/**
 * A store of a hundred thousand files, who searches it, and what for: digests and names of files that are found alike with and
 * without policies, because nothing that is hidden has them.
 */
const prepareSearch = async ({ seed, tempDir, say }) => {
  const store = await openStore(loadConfig({ data: join(tempDir, 'search-data'), env: {} }), {
    roles: ['owner', 'app'],
  });
  try {
    await fillLargeWorld(store.owner, { files: FILES, seed });
    say(`filled ${FILES} files of four agencies`);
    const { rows } = await sql`select id, agency_id, login from users where login = 'olga'`.execute(store.owner);
    const [user] = rows;
    const actor = { userId: user.id, agencyId: user.agency_id, login: user.login, roles: ['officer'] };
    const ctx = { actor, purpose: 'bench', requestId: 'bench' };
    const seen = await withContext(
      store.app,
      ctx,
      async (trx) =>
        (
          await sql`select m.content_hex, substring(o.path from '[^/]+$') as name from occurrences o
          join (select id, encode(sha256, 'hex') as content_hex from media) m on m.id = o.media_id order by o.id limit 4000`.execute(
            trx,
          )
        ).rows,
    );
    const holders =
      await sql`select encode(m.sha256, 'hex') as hex, count(*) as n from media m join occurrences o on o.media_id = m.id
      group by 1`.execute(store.owner);
    const all = new Map(holders.rows.map(({ hex, n }) => [hex, Number(n)]));
    const alone = seen.filter(({ content_hex: hex }) => all.get(hex) === 1).slice(0, SEARCHES);
    return {
      store,
      ctx,
      hashes: alone.map(({ content_hex: hex }) => hex),
      names: alone.map(({ name }) => name),
      tables: await securedTables(store.owner),
      definitions: await definitionsOf(store.owner, Object.keys(WITHOUT)),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};

const searchAll = async ({ store, ctx, hashes, names }) => {
  const times = [];
  let found = 0;
  for (const q of hashes.flatMap((hash, i) => [hash, names[i]])) {
    const startedAt = performance.now();
    const result = await withContext(store.app, ctx, (trx) => find(trx, q, 50));
    times.push(performance.now() - startedAt);
    found += result.occurrences.length;
  }
  return { ms: median(times), found };
};

const without = async (prepared, work) => {
  const { store, tables, definitions } = prepared;
  await setSecurity(store.owner, tables, false);
  for (const text of Object.values(WITHOUT)) await sql.raw(text).execute(store.owner);
  try {
    return await work();
  } finally {
    for (const text of definitions) await sql.raw(text).execute(store.owner);
    await setSecurity(store.owner, tables, true);
  }
};

const searchRow = {
  name: 'rls-overhead-search',
  unit: 'ratio',
  better: 'lower',
  bar: 1.1,
  run: async ({ say }, { rls: { search } }) => {
    const ratios = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await searchAll(search);
      const secured = await searchAll(search);
      const open = await without(search, async () => {
        await searchAll(search);
        return searchAll(search);
      });
      if (secured.found !== open.found)
        throw new Error(`${secured.found} files found with policies, ${open.found} without`);
      say(`with ${secured.ms.toFixed(2)} ms, without ${open.ms.toFixed(2)} ms a search`);
      ratios.push(secured.ms / open.ms);
    }
    return {
      value: median(ratios),
      n: TURNS * SEARCHES * 2,
      set: `searches by SHA-256 and by name among ${FILES} files of four agencies, as an officer who is not on every case; medians`,
    };
  },
};

const ingestOnce = async (context, folder, isSecured) => {
  const world = await openWorld(context);
  try {
    if (!isSecured) await setSecurity(world.store.owner, await securedTables(world.store.owner), false);
    return (await world.ingest(folder, 'small', { wait: false })).seconds;
  } finally {
    await world.close();
  }
};

const ingestRow = {
  name: 'rls-overhead-ingest',
  unit: 'ratio',
  better: 'lower',
  bar: 1.1,
  run: async (context, { rls: { ingest } }) => {
    warm(ingest);
    // In turns, so that neither always finds the machine as the other left it.
    const order = context.run % 2 === 0 ? [true, false] : [false, true];
    const seconds = new Map();
    for (const isSecured of order) seconds.set(isSecured, await ingestOnce(context, ingest, isSecured));
    context.say(`with ${seconds.get(true).toFixed(1)} s, without ${seconds.get(false).toFixed(1)} s`);
    return {
      value: seconds.get(true) / seconds.get(false),
      n: SMALL,
      set: 'distinct files of 1 to 3 kB that are no pictures, taken in until all is stored',
    };
  },
};

export const prepare = async (context) => {
  const wants = ({ name }) => context.rows.includes(name);
  return {
    search: wants(searchRow) ? await prepareSearch(context) : null,
    ingest: wants(ingestRow) ? await smallFiles(context, SMALL) : null,
  };
};

export const rows = [searchRow, ingestRow];

export const finish = async (_context, prepared) => {
  await prepared?.search?.store.close();
};
