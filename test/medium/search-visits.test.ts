// A search reads no file of strangers: what it visits stays the same while theirs, with the same words and digests, are multiplied.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillLargeWorld } from '../../bench/lib/trust/large-world.mjs';
import { find } from '../../packages/server/src/features/search/service.js';
import { withContext, type Store, type Trx } from '../../packages/server/src/store/index.js';
import { contextOfPerson } from './api-fixture.js';
import type { Person } from './api-world.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
let store: Store<'owner' | 'app'>;
let olga: Person;
/** What files of the viewer's, of partners' and of strangers' cases are called alike. */
const WORDS = 'market_square';

beforeAll(async () => {
  store = await openNewStore(`${folder.path}/data`, ['owner', 'app']);
  await fillLargeWorld(store.owner, { files: 10_000 });
  const { id, agency_id } = await store.owner
    .selectFrom('users')
    .select(['id', 'agency_id'])
    .where('login', '=', 'olga')
    .executeTakeFirstOrThrow();
  olga = { id, agencyId: agency_id, login: 'olga' };
  await addFiles(['Alpha-2', 'Beta-2', 'Delta-1'], 3, 'ours');
  await addFiles(UNSEEN, 3, 'theirs');
  await sql`vacuum analyze`.execute(store.owner);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

/** Of a stranger, of a partner who keeps the case to themselves, and of an agency that gave another case. */
const UNSEEN = ['Gamma-1', 'Beta-1', 'Delta-2'];

/** So many files more in each of the cases, each of the first media that the case has. */
const addFiles = async (references: readonly string[], each: number, name: string): Promise<void> => {
  await sql`insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, size_bytes, state)
    select o.agency_id, o.case_id, o.exhibit_id, o.media_id, ${`${WORDS}/${name}/`}::text || i || '.jpg', 1, 'stored'
    from cases c cross join lateral (select * from occurrences o where o.case_id = c.id order by o.id limit 1) o
      cross join generate_series(1, ${each}::integer) i
    where c.reference = any(${[...references]}::text[])`.execute(store.owner);
};

/** Rows of files that a search reads, inside functions too; and what it finds. */
const visitsOf = (q: string): Promise<{ visited: number; found: readonly string[] }> =>
  withContext(store.app, contextOfPerson(olga), async (trx) => {
    const before = await visited(trx);
    const { occurrences } = await find(trx, q, 500);
    return { visited: (await visited(trx)) - before, found: occurrences.map(({ path }) => path) };
  });

const visited = async (trx: Trx): Promise<number> => {
  const { rows } = await sql<{ rows: number }>`select coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0) as rows
    from pg_stat_xact_user_tables where relname = 'occurrences'`.execute(trx);
  return rows[0]?.rows ?? 0;
};

it('a search by path reads no file of a case that is not seen, however many there are', async () => {
  const before = await visitsOf(WORDS);
  expect(before.found).toHaveLength(9);
  await addFiles(UNSEEN, 2_000, 'many');
  await sql`vacuum analyze`.execute(store.owner);
  const after = await visitsOf(WORDS);
  expect(after).toEqual(before);
  // Each file that is found is read by the function, and again under the policies of what shows it.
  expect(after.visited).toBeLessThan(100);
});
