// What the tests of the matcher share: a store with two agencies, and contents whose signals are made up, not decoded.
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { edgeHash, pdq } from '@redthread/core/signals';
import { type Database, type Store } from '../../packages/server/src/store/index.js';
import { ApiWorld, type Person } from './api-world.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

export type MatcherStore = Store<'owner' | 'worker' | 'matcher' | 'app'>;

export interface MatcherWorld {
  readonly store: MatcherStore;
  readonly world: ApiWorld;
  readonly data: string;
  readonly person: Person;
  readonly caseIds: readonly [string, string];
  readonly exhibitId: string;
  close(): Promise<void>;
}

export const openMatcherWorld = async (): Promise<MatcherWorld> => {
  const folder = temporaryFolder();
  const data = `${folder.path}/data`;
  const store = await openNewStore(data, ['owner', 'worker', 'matcher', 'app']);
  const world = new ApiWorld(store);
  const person = await world.person(await world.agency('North'), 'officer of North');
  const caseIds = [await world.case(person, 'N-1'), await world.case(person, 'N-2')] as const;
  const exhibitId = await world.exhibit(person, caseIds[0], '1', []);
  return {
    store,
    world,
    data,
    person,
    caseIds,
    exhibitId,
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
};

/** 256 bytes, one hash in eight orientations, the same for one name always; `flipped` bits away from it. */
export const valueOf = (name: string, flipped = 0): Buffer => {
  const value = Buffer.concat(
    Array.from({ length: 8 }, (_, k) => createHash('sha256').update(`${name} ${k}`).digest()),
  );
  for (let bit = 0; bit < flipped; bit += 1) value[bit] = (value[bit] ?? 0) ^ 1;
  return value;
};

/** Contents and media of an agency, without signals. Answers the ids of the contents. */
export const addContents = async (
  { store, person }: Pick<MatcherWorld, 'store' | 'person'>,
  names: readonly string[],
): Promise<number[]> => {
  const digests = names.map((name) => createHash('sha256').update(name).digest());
  const { rows } = await sql<{ id: number }>`with new as (
      insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
      select d, substring(d from 1 for 20), substring(d from 1 for 16), 1, 'image/jpeg', 'image'
      from unnest(${digests}::bytea[]) as d returning id, sha256, sha1, md5),
    held as (insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, state, comparable)
      select ${person.agencyId}::uuid, id, sha256, sha1, md5, 1, 'image/jpeg', 'image', 'ready', true from new)
    select id from new order by id`.execute(store.owner);
  return rows.map(({ id }) => id);
};

/** The signals of one content, as a worker inserts them. */
export const addSignals = async (
  db: Kysely<Database>,
  contentId: number,
  value: Uint8Array,
  quality = 100,
): Promise<void> => {
  await sql`insert into signals (content_id, method, version, decoder, quality, value) values
    (${contentId}, ${pdq.name}, ${pdq.version}, 'made up', ${quality}, ${Buffer.from(value)}),
    (${contentId}, ${edgeHash.name}, ${edgeHash.version}, 'made up', null, ${Buffer.from(value)})`.execute(db);
};

/** Asks for the contents to be matched, as a worker does when it has decoded them. */
export const queueMatch = async (
  db: Kysely<Database>,
  exhibitId: string,
  contentIds: readonly number[],
): Promise<void> => {
  await sql`insert into work (agency_id, media_id, exhibit_id, stage, version)
    select agency_id, id, ${exhibitId}::uuid, 'match', 1 from media where content_id = any(${[...contentIds]}::bigint[])`.execute(
    db,
  );
  await sql`select pg_notify('redthread_work', 'match')`.execute(db);
};
