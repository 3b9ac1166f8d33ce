// The change feed in a real PostgreSQL: nothing is lost whichever transaction ends last, what is deleted and moved is told
// of, and a page that is given twice changes nothing.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  FeedFollower,
  FeedReaders,
  isAheadOf,
  presentPosition,
  trimFeed,
  type FeedPosition,
  type IndexChange,
} from '../../packages/server/src/matcher/feed/index.js';
import { addContents, addSignals, openMatcherWorld, valueOf, type MatcherWorld } from './matcher-world.js';

let world: MatcherWorld;
let start: FeedPosition;
let given: IndexChange[];
let follower: FeedFollower;
let names = 0;

const follow = (position: FeedPosition, pageChanges?: number): FeedFollower =>
  new FeedFollower(
    world.store.matcher,
    { apply: async (changes) => void given.push(...changes) },
    position,
    pageChanges,
  );
const kinds = () => given.map(({ contentId, kind }) => [contentId, kind]);
const contents = (count: number) =>
  addContents(
    world,
    Array.from({ length: count }, () => `content ${names++}`),
  );

beforeAll(async () => {
  world = await openMatcherWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  start = await presentPosition(world.store.matcher);
  given = [];
  follower = follow(start);
});

it('knows a position that this database has not come to', async () => {
  expect(await isAheadOf(world.store.matcher, start)).toBe(false);
  expect(await isAheadOf(world.store.matcher, { ...start, xid: '99999999999' })).toBe(true);
});

describe('two writers', () => {
  it('lose nothing when the older transaction ends last', async () => {
    const [slow, fast] = await contents(2);
    await follower.step();
    given = [];
    const older = await world.store.worker.startTransaction().execute();
    const newer = await world.store.worker.startTransaction().execute();
    await addSignals(older, slow ?? 0, valueOf('slow'));
    await addSignals(newer, fast ?? 0, valueOf('fast'));
    await newer.commit().execute();

    await follower.step();
    expect(kinds()).toEqual([[fast, 'added']]);
    const before = follower.position;
    await follower.step();
    expect(kinds()).toHaveLength(1);
    expect(follower.position).toEqual(before);

    await older.commit().execute();
    await follower.step();
    expect(kinds()).toEqual([
      [fast, 'added'],
      [slow, 'added'],
    ]);
    expect(follower.position).not.toEqual(before);
    expect(await follower.step()).toBe(0);

    // Whoever comes back with the position of the time in between gets both, the older first.
    given = [];
    await follow(before).step();
    expect(kinds()).toEqual([
      [slow, 'added'],
      [fast, 'added'],
    ]);
  });

  it('give a position that counts from any page, and nothing of what was rolled back', async () => {
    const ids = await contents(7);
    for (const id of ids) await addSignals(world.store.worker, id, valueOf(`page ${id}`));
    const undone = await world.store.worker.startTransaction().execute();
    const [lost] = await contents(1);
    await addSignals(undone, lost ?? 0, valueOf('undone'));
    await undone.rollback().execute();
    await follow(start, 2).step();
    const added = given.filter(({ kind }) => kind === 'added').map(({ contentId }) => contentId);
    expect(added).toEqual(ids);
  });

  it('are behind by what was not followed', async () => {
    expect((await follower.lag()).lagRows).toBe(0);
    const [id] = await contents(1);
    await addSignals(world.store.worker, id ?? 0, valueOf('waiting'));
    const lag = await follower.lag();
    expect(lag.lagRows).toBe(2);
    expect(lag.lagSeconds).toBeGreaterThan(0);
    await follower.step();
    expect(await follower.lag()).toEqual({ lagRows: 0, lagSeconds: 0 });
  });
});

describe('a transaction that takes long', () => {
  it('makes nothing late: what it wrote could not be followed before it was committed', async () => {
    const [id = 0] = await contents(1);
    await follower.step();
    await world.store.owner.transaction().execute(async (trx) => {
      await addSignals(trx, id, valueOf('written long ago'));
      await sql`update index_changes set at = at - interval '1 hour' where content_id = ${id}`.execute(trx);
    });
    const { lagRows, lagSeconds } = await follower.lag();
    expect(lagRows).toBeGreaterThan(0);
    expect(lagSeconds).toBeGreaterThan(0);
    expect(lagSeconds).toBeLessThan(600);
    // One that never looked knows only when it was written.
    expect((await follow(start).lag()).lagSeconds).toBeGreaterThan(3_000);
  });

  it('lets others be read page after page meanwhile, each once', async () => {
    const ids = await contents(7);
    const pages: number[] = [];
    let isEarly = false;
    follower = new FeedFollower(
      world.store.matcher,
      {
        apply: async (changes) => {
          given.push(...changes);
          // Committed while pages are given: of the next step.
          if (isEarly && pages.push(changes.length) === 1)
            await addSignals(world.store.worker, ids[6] ?? 0, valueOf('in between'));
        },
      },
      start,
      3,
    );
    await follower.step();
    isEarly = true;
    const older = await world.store.worker.startTransaction().execute();
    await sql`select pg_current_xact_id()`.execute(older);
    for (const id of ids.slice(0, 6)) await addSignals(world.store.worker, id, valueOf(`early ${id}`));
    const added = () => given.filter(({ kind }) => kind === 'added').map(({ contentId }) => contentId);
    await follower.step();
    expect(added()).toEqual(ids.slice(0, 6));
    expect(pages).toEqual([3, 3]);
    await follower.step();
    expect(added()).toEqual(ids);
    await older.rollback().execute();
    expect(await follower.step()).toBe(0);
  });
});

describe('what is told of', () => {
  it('signals that change or go, contents and media that go', async () => {
    const [id] = await contents(1);
    await addSignals(world.store.worker, id ?? 0, valueOf('whole life'));
    await follower.step();
    expect(kinds()).toEqual([
      [id, 'rescoped'],
      [id, 'added'],
    ]);
    given = [];
    await sql`update signals set quality = 3 where content_id = ${id} and method = 'pdq'`.execute(world.store.owner);
    await sql`update signals set created_at = now() where content_id = ${id}`.execute(world.store.owner);
    await follower.step();
    expect(kinds()).toEqual([[id, 'changed']]);
    given = [];
    await world.store.owner.transaction().execute(async (trx) => {
      await sql`delete from signals where content_id = ${id}`.execute(trx);
      await sql`delete from media where content_id = ${id}`.execute(trx);
      await sql`delete from contents where id = ${id}`.execute(trx);
    });
    await follower.step();
    expect(kinds()).toEqual([
      [id, 'deleted'],
      [id, 'rescoped'],
      [id, 'deleted'],
    ]);
  });

  it('a file that moves to another case, and one that goes', async () => {
    const [id] = await contents(1);
    const { store, person, caseIds, exhibitId } = world;
    await sql`insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, state)
      select agency_id, ${caseIds[0]}::uuid, ${exhibitId}::uuid, id, 'a file', 'stored' from media
      where content_id = ${id} and agency_id = ${person.agencyId}::uuid`.execute(store.owner);
    await follower.step();
    given = [];
    await sql`update occurrences set path = 'another name'`.execute(store.owner);
    await sql`update occurrences set case_id = ${caseIds[1]}::uuid`.execute(store.owner);
    await follower.step();
    expect(kinds()).toEqual([[id, 'rescoped']]);
    given = [];
    await sql`delete from occurrences`.execute(store.owner);
    await follower.step();
    expect(kinds()).toEqual([[id, 'rescoped']]);
  });
});

describe('the feed', () => {
  it('is written by what happens, by nobody else, and read by the matcher alone', async () => {
    const write = sql`insert into index_changes (content_id, kind) values (1, 'deleted')`;
    for (const role of ['worker', 'matcher'] as const)
      await expect(write.execute(world.store[role])).rejects.toMatchObject({ code: '42501' });
    await expect(sql`select from index_changes`.execute(world.store.worker)).rejects.toMatchObject({ code: '42501' });
  });

  it('is trimmed behind the oldest snapshot, and behind whoever reads it', async () => {
    const [first, second] = await contents(2);
    await addSignals(world.store.worker, first ?? 0, valueOf('first'));
    await follower.step();
    await addSignals(world.store.worker, second ?? 0, valueOf('second'));
    expect(await trimFeed(world.store.matcher, [follower.position])).toBe(0);
    const { xid, id } = follower.position;
    await sql`insert into index_snapshots (id, store, xid, change_id)
      values (gen_random_uuid(), 's', ${xid}::xid8, ${id})`.execute(world.store.matcher);
    // A generation that is being built, and has said nothing of where it stands.
    const readers = new FeedReaders();
    const reader = readers.begin();
    expect(await trimFeed(world.store.matcher, readers.positions())).toBe(0);
    reader.follow(() => start);
    await trimFeed(world.store.matcher, readers.positions());
    given = [];
    await follow(start).step();
    expect(kinds()).toContainEqual([first, 'added']);
    reader.end();
    expect(await trimFeed(world.store.matcher, readers.positions())).toBeGreaterThan(0);
    given = [];
    await follow(start).step();
    expect(kinds()).toEqual([[second, 'added']]);
    await sql`delete from index_snapshots`.execute(world.store.matcher);
  });
});
