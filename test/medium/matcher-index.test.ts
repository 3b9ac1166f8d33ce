// The indexes of the matcher over a real database: loading, following, being asked meanwhile, and starting from a snapshot
// that is whole, damaged, of another version or of another store.
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type QueryId } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeSegment, encodeSegment, readSegmentHeader } from '@redthread/core/index';
import { edgeHash, pdq, type Signal } from '@redthread/core/signals';
import { NearThreads } from '../../packages/server/src/matcher/index/near-threads.js';
import { MatchIndex } from '../../packages/server/src/matcher/match-index.js';
import { createWake } from '../../packages/server/src/worker/wake.js';
import { snapshotManifest } from '../../packages/server/src/matcher/snapshots/manifest.js';
import { addContents, addSignals, openMatcherWorld, valueOf, type MatcherWorld } from './matcher-world.js';
import { eventually } from './store-fixture.js';

let world: MatcherWorld;
let folder: string;
let lines: string[];
let names = 0;
const open: MatchIndex[] = [];
const never = new AbortController().signal;

const makeIndex = (searchThreads = 2, place = folder, db = world.store.matcher): MatchIndex => {
  const index = new MatchIndex({
    db,
    folder: place,
    searchThreads,
    log: (line) => void lines.push(line),
  });
  open.push(index);
  return index;
};
const openIndex = async (searchThreads?: number): Promise<MatchIndex> => {
  const index = makeIndex(searchThreads);
  await index.open(never);
  return index;
};

const signalsOf = (name: string, flipped = 0): Signal[] => [
  { method: pdq.name, version: pdq.version, quality: 100, value: valueOf(name, flipped) },
  { method: edgeHash.name, version: edgeHash.version, quality: null, value: valueOf(name, flipped) },
];
const findOne = async (index: MatchIndex, name: string, flipped = 0): Promise<number[]> => {
  const [found] = await index.propose([signalsOf(name, flipped)]);
  return [...(found ?? [])].sort((a, b) => a - b);
};

/** The database, and something that happens each time that a page of contents was read of it for an index that is being built. */
const afterEachPage = (act: () => Promise<void>): MatcherWorld['store']['matcher'] => {
  const pages = new WeakSet<QueryId>();
  return world.store.matcher.withPlugin({
    transformQuery: ({ node, queryId }) => {
      if (node.kind === 'RawNode' && node.sqlFragments.join('').includes('with page as')) pages.add(queryId);
      return node;
    },
    transformResult: async ({ result, queryId }) => {
      if (pages.has(queryId)) await act();
      return result;
    },
  });
};

/** New contents with signals of their own names, in one transaction each thousand. */
const add = async (count: number, quality = 100): Promise<{ ids: number[]; names: string[] }> => {
  const added = Array.from({ length: count }, () => `index ${names++}`);
  const ids = await addContents(world, added);
  await world.store.worker.transaction().execute(async (trx) => {
    for (const [place, id] of ids.entries()) await addSignals(trx, id, valueOf(added[place] ?? ''), quality);
  });
  return { ids, names: added };
};

beforeAll(async () => {
  world = await openMatcherWorld();
  folder = join(world.data, 'index');
});
afterAll(async () => {
  await Promise.all(open.map((index) => index.close()));
  await world.close();
});
beforeEach(() => {
  lines = [];
});

describe('the index', () => {
  it('says that it is loading before it is loaded, then answers', async () => {
    const { ids, names } = await add(3);
    await add(2, 0);
    const index = makeIndex();
    await expect(index.propose([signalsOf('x')])).rejects.toMatchObject({ code: 'INDEX_LOADING' });
    expect(await index.status()).toMatchObject({ state: 'loading', lagRows: 0 });
    await index.open(never);
    expect(await index.status()).toMatchObject({ state: 'ready', progress: 1, lagRows: 0 });
    expect(index.contents).toBe(3);
    expect(await findOne(index, names[1] ?? '', 20)).toEqual([ids[1]]);
    expect(await findOne(index, 'nobody')).toEqual([]);
    expect(await index.propose([])).toEqual([]);
  });

  it('follows what is added, changed and deleted, and says when it is behind', async () => {
    const index = await openIndex();
    const before = index.contents;
    const { ids, names } = await add(2);
    const [id] = ids;
    expect((await index.status()).lagRows).toBeGreaterThan(0);
    await index.follow();
    expect(await findOne(index, names[0] ?? '')).toEqual([id]);
    await index.follow();
    expect(index.contents).toBe(before + 2);

    const value = valueOf('another look');
    await sql`update signals set value = ${value} where content_id = ${id}`.execute(world.store.owner);
    await index.follow();
    expect(await findOne(index, names[0] ?? '')).toEqual([]);
    expect(await findOne(index, 'another look')).toEqual([id]);

    await sql`delete from media where content_id = ${id}`.execute(world.store.owner);
    await index.follow();
    expect(await findOne(index, 'another look')).toEqual([]);
    expect(index.contents).toBe(before + 1);
  });

  it('finds the same with one search thread and with several, before and after its segments are merged', async () => {
    const { ids, names } = await add(5_000);
    const index = await openIndex(1);
    const many = await openIndex(3);
    const asked = names.filter((_, place) => place % 50 === 0);
    const answers = [index, many].map((which) => which.propose(asked.map((name) => signalsOf(name, 9))));
    const [one, several] = await Promise.all(answers);
    expect(one).toEqual(several);
    expect(one?.map((found) => [...found])).toEqual(ids.filter((_, place) => place % 50 === 0).map((id) => [id]));
    await sql`delete from signals where content_id = any(${ids.slice(0, 4_000)}::bigint[])`.execute(world.store.owner);
    await many.follow();
    const left = await many.propose(asked.map((name) => signalsOf(name, 9)));
    expect(left.map(({ size }) => size)).toEqual(asked.map((_, place) => (place * 50 < 4_000 ? 0 : 1)));
  });

  it('is asked and changed while its segments are merged in another thread', async () => {
    const threads = new NearThreads({ folder: join(world.data, 'merged'), searchThreads: 2 });
    const page = (part: number) =>
      Array.from({ length: 3_000 }, (_, place) => ({
        contentId: part * 3_000 + place,
        signals: signalsOf(`merged ${part * 3_000 + place}`),
      }));
    for (const part of [0, 1, 2, 3]) {
      await threads.fill(page(part));
      await threads.filled();
    }
    const merging = threads.upkeep();
    for (let id = 0; id < 400; id += 1) {
      await threads.change([{ contentId: id, signals: id % 2 === 0 ? [] : signalsOf(`new ${id}`) }]);
      const asked = [signalsOf(`merged ${id}`, 3), signalsOf(`new ${id}`, 3), signalsOf(`merged ${id + 1_000}`, 3)];
      const found = await threads.find(asked);
      expect(found.map((ids) => [...ids])).toEqual([[], id % 2 === 0 ? [] : [id], [id + 1_000]]);
    }
    expect(await merging).toBe(true);
    await threads.purge();
    expect(await threads.upkeep()).toBe(false);
    expect(threads.contents).toBe(12_000 - 200);
    const asked = Array.from({ length: 1_200 }, (_, place) => signalsOf(`merged ${place * 10}`, 12));
    const found = await threads.find(asked);
    expect(found.map((ids) => [...ids])).toEqual(asked.map((_, place) => (place * 10 < 400 ? [] : [place * 10])));
    await threads.stop();
  });

  it('is asked while it is built again, and loses nothing of what is added meanwhile', async () => {
    const { ids, names } = await add(50);
    const index = await openIndex();
    let isDone = false;
    const rebuilt = index.rebuild().then(() => (isDone = true));
    const meanwhile: { id: number; name: string }[] = [];
    while (!isDone) {
      expect(await findOne(index, names[7] ?? '')).toEqual([ids[7]]);
      const { ids: added, names: name } = await add(1);
      meanwhile.push({ id: added[0] ?? 0, name: name[0] ?? '' });
      const [found] = await index.propose([signalsOf(name[0] ?? '')]);
      expect([...(found ?? [])]).toEqual(added);
      // Lets the feed go as far as nobody needs it: the one that is built reads it later.
      await index.save();
    }
    await rebuilt;
    await index.follow();
    for (const { id, name } of meanwhile) expect(await findOne(index, name)).toEqual([id]);
  });

  it('is built again and saved meanwhile, and loses nothing of what is committed once it was read', async () => {
    const meanwhile = new AbortController();
    let onPage = async (): Promise<void> => undefined;
    const index = makeIndex(
      1,
      folder,
      afterEachPage(() => onPage()),
    );
    await index.open(never);
    // Their pages are read of the same database: in the middle of one, what follows would wait for its end.
    await eventually('parts and films are read', () => index.arePartsReady);
    const added: Awaited<ReturnType<typeof add>>[] = [];
    onPage = async () => {
      if (meanwhile.signal.aborted) return;
      meanwhile.abort();
      added.push(await add(2));
      // Followed by the present one, saved, and trimmed: the next one has to find it in the feed all the same.
      await index.follow();
      await index.save();
    };
    await index.rebuild();
    expect(added).toHaveLength(1);
    for (const { ids, names } of added)
      for (const [place, name] of names.entries()) expect(await findOne(index, name)).toEqual([ids[place]]);
    await index.follow();
    await index.save();
    expect(await sql`select from index_changes`.execute(world.store.owner)).toMatchObject({ rows: { length: 0 } });
  });

  it('finds a new signal soon after its commit, told by a notification, and also without one', async () => {
    const index = await openIndex();
    for (const isTold of [true, false]) {
      const wake = createWake();
      const stop = new AbortController();
      const unlisten = isTold ? await world.store.listen('redthread_index', wake.ring) : async () => undefined;
      const running = index.run(wake, stop.signal);
      const delaysMs: number[] = [];
      for (let i = 0; i < 10; i += 1) {
        const before = index.contents;
        await add(1);
        const committedAt = performance.now();
        await eventually('the new signal is in the index', () => index.contents > before);
        delaysMs.push(Math.round(performance.now() - committedAt));
      }
      console.log(`searchable ${isTold ? 'by notification' : 'by polling'} after (ms): ${delaysMs.join(' ')}`);
      stop.abort();
      wake.ring();
      await running;
      await unlisten();
    }
  });
});

describe('a snapshot', () => {
  /** Content that the snapshot holds, and content that came later. */
  const saved = async () => {
    const index = await openIndex();
    const early = await add(20);
    await index.follow();
    await index.save();
    await index.close();
    const late = await add(1);
    return { early, late };
  };
  const expectAll = async (index: MatchIndex, { early, late }: Awaited<ReturnType<typeof saved>>): Promise<void> => {
    expect(await findOne(index, early.names[3] ?? '')).toEqual([early.ids[3]]);
    expect(await findOne(index, late.names[0] ?? '')).toEqual(late.ids);
    const { rows } = await sql<{ count: number }>`
      select count(distinct content_id) as count from signals where method = 'pdq' and quality > 0
        and exists (select from media m where m.content_id = signals.content_id)`.execute(world.store.owner);
    expect(index.contents).toBe(rows[0]?.count);
  };
  const segment = () => join(folder, readdirSync(folder).find((name) => name.endsWith('.segment')) ?? '');

  it('is loaded, and followed from where it ends', async () => {
    const contents = await saved();
    const index = await openIndex();
    expect(lines).toEqual([]);
    await expectAll(index, contents);
    await index.save();
    expect(await sql`select from index_snapshots`.execute(world.store.owner)).toMatchObject({ rows: { length: 1 } });
  });

  it('is read by nobody else on the machine', async () => {
    await saved();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  });

  /** Whole and valid by itself, as one of another snapshot is. */
  const exchange = (path: string): void => {
    const bytes = readFileSync(path);
    const other = decodeSegment(bytes, (target, at) => target.set(bytes.subarray(at, at + target.length)), 'plain');
    const last = new Uint8Array(other.memory.buffer, other.bytes - 1, 1);
    last[0] = (last[0] ?? 0) ^ 1;
    const written = Buffer.alloc(bytes.length);
    encodeSegment(other, (part, at) => written.set(part, at));
    expect(readSegmentHeader(written).fileBytes).toBe(bytes.length);
    writeFileSync(path, written);
  };
  const rewritten = (change: (text: string) => string) => () => {
    const path = join(folder, 'manifest');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  it.each([
    [
      'with a flipped bit',
      'INDEX_CHECKSUM_MISMATCH',
      () => {
        const bytes = readFileSync(segment());
        const at = bytes.length >> 1;
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        writeFileSync(segment(), bytes);
      },
    ],
    ['cut short', 'INDEX_FILE_INVALID', () => truncateSync(segment(), statSync(segment()).size - 1)],
    ['with another segment of its length in the place of one', 'INDEX_FILE_INVALID', () => exchange(segment())],
    ['with a foreign manifest', 'INDEX_FILE_INVALID', rewritten(() => 'something else')],
    [
      'with a changed manifest',
      'INDEX_CHECKSUM_MISMATCH',
      rewritten((text) => text.replace('"contents": ', '"contents": 1')),
    ],
    ['of another version', 'INDEX_VERSION_UNSUPPORTED', rewritten((text) => text.replace(' 2 ', ' 1 '))],
    [
      'that the store does not know',
      'INDEX_FILE_INVALID',
      () => sql`delete from index_snapshots`.execute(world.store.owner),
    ],
    [
      'of a store that was copied elsewhere',
      'INDEX_FILE_INVALID',
      () => sql`update index_snapshots set store = 'another'`.execute(world.store.owner),
    ],
    [
      'of a later past: the database was put back to before it',
      'INDEX_FILE_INVALID',
      () => {
        const manifest = snapshotManifest.read(folder)!;
        snapshotManifest.write(folder, { ...manifest, position: { ...manifest.position, xid: '99999999999' } });
      },
    ],
  ])('%s is not served, in one line: %s', async (_what, code, damage) => {
    const contents = await saved();
    lines = [];
    await damage();
    const index = await openIndex();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(code);
    await expectAll(index, contents);
  });

  it('holds nothing of what was deleted', async () => {
    const index = await openIndex();
    const { ids } = await add(3);
    await index.follow();
    await index.save();
    await sql`delete from signals where content_id = ${ids[0]}`.execute(world.store.owner);
    await index.follow();
    await index.save();
    expect(index.contents).toBeGreaterThan(0);
    // A segment keeps the bits of a hash in another order: what it holds is counted (its header says), not looked for.
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest'), 'utf8').split('\n').slice(1).join('\n')) as {
      contents: number;
      files: { index: string; file: string }[];
    };
    const postings = manifest.files
      .filter(({ index: name }) => name === 'whole')
      .map(({ file }) => readFileSync(join(folder, file)).readDoubleLE(24));
    expect(postings.reduce((sum, count) => sum + count, 0)).toBe(manifest.contents);
  });

  it('is built again when all signals are emptied', async () => {
    const index = await openIndex();
    await add(4);
    await index.follow();
    await sql`truncate signals`.execute(world.store.owner);
    await index.follow();
    await eventually('nothing is found any more', async () => index.contents === 0);
    const { ids, names } = await add(1);
    await index.follow();
    expect(await findOne(index, names[0] ?? '')).toEqual(ids);
  });

  it('does not bring back what was emptied while nobody followed', async () => {
    await saved();
    await sql`truncate signals`.execute(world.store.owner);
    const { ids, names } = await add(1);
    const index = await openIndex();
    await eventually('only what came later is found', () => index.contents === 1);
    await index.follow();
    expect(await findOne(index, names[0] ?? '')).toEqual(ids);
  });

  it('that cannot be written is one line, and the index serves on', async () => {
    const path = join(world.data, 'a file where the folder should be');
    writeFileSync(path, '');
    const index = makeIndex(1, path);
    await index.open(never);
    const { ids, names } = await add(1);
    await index.follow();
    lines = [];
    await index.close();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('not saved');
    const next = await openIndex();
    expect(await findOne(next, names[0] ?? '')).toEqual(ids);
  });
});
