// The queries that are asked most keep their indexes under row-level security: planned as the role of the web, over a hundred
// thousand files of four agencies, for somebody who sees all of their agency and for a colleague who does not.
import { sql, type CompiledQuery, type QueryExecutor } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillLargeWorld, RARE_WORDS } from '../../bench/lib/trust/large-world.mjs';
import { readExhibits } from '../../packages/server/src/features/exhibits/queries.js';
import { countSteps } from '../../packages/server/src/features/funnel/queries.js';
import { readMatches } from '../../packages/server/src/features/matches/queries.js';
import { readOccurrences } from '../../packages/server/src/features/media/occurrences.js';
import { readMedia, renditionName, stackMembers } from '../../packages/server/src/features/media/queries.js';
import { countUnread } from '../../packages/server/src/features/notices/queries.js';
import { mediaByDigest } from '../../packages/server/src/features/search/queries.js';
import { readTiles } from '../../packages/server/src/features/stacks/queries.js';
import { readQueue } from '../../packages/server/src/features/status/queries.js';
import { readAudit } from '../../packages/server/src/features/audit/queries.js';
import { dataKeysToRead, withContext, type Store, type Trx } from '../../packages/server/src/store/index.js';
import { KEPT_MARK } from '../../packages/server/src/store/kept-plans.js';
import { contextOfPerson } from './api-fixture.js';
import type { Person } from './api-world.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
let store: Store<'owner' | 'app'>;
const people = new Map<string, Person>();
let mediaId = '';
let exhibitId = '';
let digest = '';

beforeAll(async () => {
  store = await openNewStore(`${folder.path}/data`, ['owner', 'app']);
  await fillLargeWorld(store.owner);
  for (const login of ['alpha', 'olga']) {
    const { id, agency_id } = await store.owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .where('login', '=', login)
      .executeTakeFirstOrThrow();
    people.set(login, { id, agencyId: agency_id, login });
  }
  // A media of a partner that the viewers see: the longer way through the policies.
  const { rows } = await sql<{ media_id: string; exhibit_id: string; digest: string }>`
    select o.media_id, o.exhibit_id, encode(m.sha256, 'hex') as digest from occurrences o join media m on m.id = o.media_id
      join cases c on c.id = o.case_id where c.reference = 'Beta-2' order by o.path limit 1`.execute(store.owner);
  ({ media_id: mediaId = '', exhibit_id: exhibitId = '', digest = '' } = rows[0] ?? {});
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

const LARGE = new Set([
  'occurrences',
  'media',
  'media_metadata',
  'matches',
  'envelopes',
  'vault_objects',
  'work',
  'list_hits',
  'audit_events',
  'notices',
]);

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  /** Where buffers are asked for. */
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

const scansOf = (node: PlanNode): string[] => [
  ...(node['Node Type'] === 'Seq Scan' && LARGE.has(node['Relation Name'] ?? '') ? [node['Relation Name'] ?? ''] : []),
  ...(node.Plans ?? []).flatMap(scansOf),
];

/** Runs `ask`, and answers the plan of each of its queries, explained with these options before it is run. */
const plansOf = async (trx: Trx, options: string, ask: (trx: Trx) => Promise<unknown>): Promise<PlanNode[]> => {
  const plans: PlanNode[] = [];
  const executor = trx.getExecutor() as QueryExecutor & { executeQuery: QueryExecutor['executeQuery'] };
  const execute = executor.executeQuery.bind(executor);
  executor.executeQuery = async <R>(query: CompiledQuery<R>) => {
    const kept = query.sql.startsWith(KEPT_MARK) && !options.includes('analyze') ? ', generic_plan' : '';
    const { rows } = await execute({
      ...query,
      sql: `explain (format json${options}${kept}) ${query.sql}`,
    } as CompiledQuery<never>);
    const [row] = rows as unknown as { 'QUERY PLAN': { Plan: PlanNode }[] }[];
    for (const { Plan } of row?.['QUERY PLAN'] ?? []) plans.push(Plan);
    return execute(query);
  };
  try {
    await ask(trx);
  } finally {
    executor.executeQuery = execute;
  }
  expect(plans.length).toBeGreaterThan(0);
  return plans;
};

const as = <T>(person: Person, work: (trx: Trx) => Promise<T>): Promise<T> =>
  withContext(store.app, contextOfPerson(person, ['officer', 'auditor']), work);

/** Every large table that a plan of what is asked, as it is kept or made, goes through from end to end. */
const scannedBy = async (person: Person, ask: (trx: Trx) => Promise<unknown>): Promise<string[]> =>
  (await as(person, (trx) => plansOf(trx, '', ask))).flatMap(scansOf);

const filesRead = async (trx: Trx): Promise<number> =>
  (
    await sql<{ files: number }>`select seq_tup_read + idx_tup_fetch as files from pg_stat_xact_user_tables
      where relname = 'occurrences'`.execute(trx)
  ).rows[0]?.files ?? 0;

/** Files that were read for an answer, those that were left out of it too, and those within functions, which EXPLAIN does not tell; and blocks. */
const readFor = (person: Person, ask: (trx: Trx) => Promise<unknown>): Promise<{ files: number; blocks: number }> =>
  as(person, async (trx) => {
    // What the session has not reported yet is counted with it, of earlier transactions too.
    const before = await filesRead(trx);
    const plans = await plansOf(trx, ', analyze, buffers', ask);
    const blocks = plans.reduce((sum, plan) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0);
    return { files: (await filesRead(trx)) - before, blocks };
  });

const page = { limit: 50 } as const;
const tiles = { ...page, sort: 'copies', collapse: 'media' } as const;
const byDigest = () => mediaByDigest(digest) ?? sql`select null::uuid`;
const files = { scope: null, step: 'seized' } as const;

/** The ten hot queries, and two that are not far behind. */
const HOT: readonly (readonly [name: string, ask: (trx: Trx) => Promise<unknown>])[] = [
  ['search by hash: pictures', (trx) => readTiles(trx, null, tiles, { only: byDigest() })],
  ['search by hash: files', (trx) => readOccurrences(trx, { ...files, media: null, among: byDigest() }, page)],
  ['search by path', (trx) => readOccurrences(trx, { ...files, media: null, path: RARE_WORDS }, page)],
  ['one media', (trx) => readMedia(trx, [mediaId])],
  ['files of a media', (trx) => readOccurrences(trx, { ...files, media: mediaId }, page)],
  ['matches of a media', (trx) => readMatches(trx, mediaId, page)],
  ['stack of a media', (trx) => stackMembers(trx, mediaId)],
  ['review of an exhibit', (trx) => readTiles(trx, { kind: 'exhibit', id: exhibitId }, tiles)],
  ['funnel of an exhibit', (trx) => countSteps(trx, { kind: 'exhibit', id: exhibitId })],
  [
    'reveal: object and keys',
    async (trx) => {
      await renditionName(trx, mediaId, 'clear');
      await dataKeysToRead(trx, store.keys, [mediaId]).catch(() => undefined);
    },
  ],
  ['the status line and the bell', async (trx) => [await readQueue(trx), await countUnread(trx)]],
  ['one exhibit', (trx) => readExhibits(trx, { id: exhibitId })],
  ['the record, newest first', (trx) => readAudit(trx, { userId: null, ...page })],
];

describe.each(['alpha', 'olga'])('as %s', (login) => {
  it.each(HOT)('%s', async (_name, ask) => {
    expect(await scannedBy(people.get(login) as Person, ask)).toEqual([]);
  });

  it('search by path asks the index of words, and goes through no table', async () => {
    // What this transaction has done so far: the plan inside a function is not told by EXPLAIN.
    const [found, counts] = await withContext(store.app, contextOfPerson(people.get(login) as Person), async (trx) => {
      const { rows } = await sql`select search_paths(${RARE_WORDS}, 50)`.execute(trx);
      const counted = await sql<{ index: number; whole: number }>`select idx_scan as index, seq_scan as whole
        from pg_stat_xact_user_tables where relname = 'occurrences'`.execute(trx);
      return [rows.length, counted.rows[0]];
    });
    expect(found).toBeGreaterThan(0);
    expect(counts).toMatchObject({ whole: 0 });
    expect(counts?.index).toBeGreaterThan(0);
  });
});

describe('what is hidden is not read', () => {
  const asked: typeof HOT = HOT.filter(([name]) =>
    [
      ...['search by hash: pictures', 'search by hash: files', 'one media', 'files of a media', 'stack of a media'],
      ...['matches of a media', 'reveal: object and keys'],
    ].includes(name),
  );

  const readByAll = async (person: Person) => {
    const read = new Map<string, { files: number; blocks: number }>();
    // The second time: what a connection has to look up once is known.
    for (let time = 0; time < 2; time += 1) for (const [name, ask] of asked) read.set(name, await readFor(person, ask));
    return read;
  };
  /** A thousand files of the media, in the exhibits of a case of its agency. */
  const hide = (reference: string) =>
    sql`insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, size_bytes, state)
    select c.agency_id, c.id, e.id, m.id, 'hidden/' || m.id || i, 1, 'stored' from cases c join exhibits e on e.case_id = c.id
      join media m on m.id = ${mediaId}::uuid cross join generate_series(1, 1000) i where c.reference = ${reference}`.execute(
      store.owner,
    );

  it('of a partner: a search and a media cost the same with none and with a thousand hidden files of it', async () => {
    const beta = await store.owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .where('login', '=', 'beta')
      .executeTakeFirstOrThrow();
    const holder: Person = { id: beta.id, agencyId: beta.agency_id, login: 'beta' };
    const [alpha, olga] = [people.get('alpha') as Person, people.get('olga') as Person];
    const before = [await readByAll(alpha), await readByAll(olga)];
    const ofHolder = await readByAll(holder);
    await hide('Beta-1');
    for (const [i, person] of [alpha, olga].entries())
      for (const [name, { files, blocks }] of await readByAll(person)) {
        const was = before[i]?.get(name);
        expect([person.login, name, files]).toEqual([person.login, name, was?.files]);
        // An index that has grown may be read a block more at each look.
        expect(blocks, name).toBeLessThan((was?.blocks ?? 0) * 1.2 + 8);
      }
    // Whoever sees them reads them.
    const now = (await readByAll(holder)).get('files of a media')?.files ?? 0;
    expect(now - (ofHolder.get('files of a media')?.files ?? 0)).toBeGreaterThan(1000);
  });
});
