// A plan that a connection keeps serves whoever asks next: four people take turns on one connection, and each finds what a statement
// without a kept plan shows them, before and after their sight changes.
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
const people: Person[] = [];
/** Who was served on which connection; the follower of key rotations may take one of the pool for itself now and then. */
const served = new Map<number, Set<string>>();
const mostOnOne = (): number => Math.max(...[...served.values()].map((logins) => logins.size));

beforeAll(async () => {
  store = await openNewStore(`${folder.path}/data`, ['owner', 'app']);
  await fillLargeWorld(store.owner, { files: 2_000 });
  for (const login of ['olga', 'alpha', 'beta', 'gamma']) {
    const { id, agency_id } = await store.owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .where('login', '=', login)
      .executeTakeFirstOrThrow();
    people.push({ id, agencyId: agency_id, login });
  }
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

/** More than anybody here finds: what a page cuts off could not be compared. */
const LIMIT = 5_000;

interface Found {
  readonly files: readonly string[];
  readonly media: readonly string[];
  readonly cases: readonly string[];
  readonly exhibits: readonly string[];
}

const foundIn = async (trx: Trx, q: string): Promise<Found> => {
  const { occurrences, media, cases, exhibits } = await find(trx, q, LIMIT);
  return {
    files: occurrences.map(({ id }) => id).sort(),
    media: [...new Set(media.map(({ mediaId }) => mediaId))].sort(),
    cases: cases.map(({ id }) => id).sort(),
    exhibits: exhibits.map(({ id }) => id).sort(),
  };
};

const idsOf = async (trx: Trx, query: ReturnType<typeof sql<{ id: string }>>): Promise<string[]> =>
  (await query.execute(trx)).rows.map(({ id }) => id).sort();

/** The same, row by row and planned anew. A content is shown once, by the first agency that holds it. */
const shownIn = async (trx: Trx, q: string): Promise<Found> => {
  const isIn = (text: string) => sql`position(lower(${q}) in lower(${sql.ref(text)})) > 0`;
  const isDigest = /^[0-9a-f]{64}$/.test(q);
  const ofFile = isDigest ? sql`m.sha256 = decode(${q}, 'hex')` : isIn('o.path');
  const none: readonly string[] = [];
  return {
    files: await idsOf(trx, sql`select o.id from occurrences o join media m on m.id = o.media_id where ${ofFile}`),
    media: await idsOf(
      trx,
      sql`select distinct on (m.sha256) m.id from occurrences o join media m on m.id = o.media_id where ${ofFile}
        order by m.sha256, m.comparable desc, m.agency_id`,
    ),
    cases: isDigest ? none : await idsOf(trx, sql`select id from cases where ${isIn('reference')} or ${isIn('title')}`),
    exhibits: isDigest ? none : await idsOf(trx, sql`select id from exhibits where ${isIn('reference')}`),
  };
};

const WORDS = ['IMG_77', 'Alpha-1', 'Beta-2', '1'];

/** Each of the four in turn, for each of the words; answers what all of them found, in that order. */
const askInTurns = async (questions: readonly string[]): Promise<Found[]> => {
  served.clear();
  const answers: Found[] = [];
  for (const q of questions)
    for (const person of people)
      await withContext(store.app, contextOfPerson(person), async (trx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
        const pid = rows[0]?.pid ?? 0;
        served.set(pid, (served.get(pid) ?? new Set()).add(person.login));
        const found = await foundIn(trx, q);
        expect(found, `${person.login} asks for ${q}`).toEqual(await shownIn(trx, q));
        answers.push(found);
      });
  return answers;
};

const digests = async (): Promise<string[]> =>
  (
    await sql<{
      hex: string;
    }>`select encode(m.sha256, 'hex') as hex from media m join occurrences o on o.media_id = m.id
      join cases c on c.id = o.case_id where c.reference in ('Alpha-1', 'Beta-2', 'Gamma-1', 'Delta-1')
      group by 1 order by min(c.reference), 1 limit 24`.execute(store.owner)
  ).rows.map(({ hex }) => hex);

it('four people on one connection find what each of them sees', async () => {
  const answers = await askInTurns([...WORDS, ...(await digests())]);
  expect(mostOnOne()).toBe(4);
  const [olga, , beta, gamma] = answers.slice(0, 4);
  expect(new Set([olga, beta, gamma].map((found) => JSON.stringify(found?.files))).size).toBe(3);
  for (const found of [olga, beta, gamma]) expect(found?.files.length).toBeGreaterThan(0);
});

it('the plans are kept, and are those for anybody', async () => {
  await withContext(store.app, contextOfPerson(people[0] as Person), async (trx) => {
    for (const q of ['IMG_77', ...(await digests()).slice(0, 1)]) await foundIn(trx, q);
    const { rows } = await sql<{ generic: number; custom: number }>`
      select generic_plans as generic, custom_plans as custom from pg_prepared_statements where name like 'kept\\_%'`.execute(
      trx,
    );
    // To act as somebody, by words: cases, exhibits, files, media; by digest: files and media.
    expect(rows.length).toBe(7);
    for (const { generic, custom } of rows) {
      expect(custom).toBe(0);
      expect(generic).toBeGreaterThan(0);
    }
  });
});

it('a kept plan follows a change of who sees what', async () => {
  const before = await askInTurns(WORDS);
  await sql`update cases set access = 'named' where reference in ('Beta-2', 'Alpha-2')`.execute(store.owner);
  const hidden = await askInTurns(WORDS);
  await sql`update cases set access = 'agency' where reference in ('Beta-2', 'Alpha-2')`.execute(store.owner);
  const after = await askInTurns(WORDS);
  expect(mostOnOne()).toBe(4);
  expect(hidden).not.toEqual(before);
  expect(after).toEqual(before);
});
