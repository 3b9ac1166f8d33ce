// Saving beside everything else: what goes on meanwhile, what a failure leaves, and what is no longer in the files afterwards.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MatchIndex } from '../../packages/server/src/matcher/match-index.js';
import { createWake } from '../../packages/server/src/worker/wake.js';
import { addContents, addSignals, openMatcherWorld, valueOf, type MatcherWorld } from './matcher-world.js';
import { eventually } from './store-fixture.js';

let world: MatcherWorld;
let folder: string;
let lines: string[] = [];
let names = 0;
const open = new Set<MatchIndex>();
const never = new AbortController().signal;

/** Saved with three more contents, one of which it has lost since. */
const openIndexWithOneGone = async (): Promise<MatchIndex> => {
  const index = await openIndex();
  const [id] = await add(3);
  await index.follow();
  await index.save();
  await sql`delete from signals where content_id = ${id}`.execute(world.store.owner);
  await index.follow();
  return index;
};

beforeAll(async () => {
  world = await openMatcherWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  lines = [];
  folder = join(world.data, `index ${names++}`);
});
afterEach(async () => {
  for (const index of open) await index.close();
  open.clear();
});

const openIndex = async (): Promise<MatchIndex> => {
  const log = (line: string): void => void lines.push(line);
  const index = new MatchIndex({ db: world.store.matcher, folder, searchThreads: 1, log });
  open.add(index);
  await index.open(never);
  return index;
};

const add = async (count: number): Promise<number[]> => {
  const added = Array.from({ length: count }, () => `saving ${names++}`);
  const ids = await addContents(world, added);
  await world.store.worker.transaction().execute(async (trx) => {
    for (const [place, id] of ids.entries()) await addSignals(trx, id, valueOf(added[place] ?? ''));
  });
  return ids;
};

interface Saved {
  readonly contents: number;
  /** Hashes of whole pictures in the files, removed ones too: a segment keeps their bits in another order, so that they are counted. */
  readonly hashes: number;
}
const saved = (): Saved => {
  const text = readFileSync(join(folder, 'manifest'), 'utf8');
  const { contents, files } = JSON.parse(text.slice(text.indexOf('\n') + 1)) as {
    contents: number;
    files: { index: string; file: string }[];
  };
  const whole = files.filter(({ index }) => index === 'whole');
  const hashes = whole.reduce((sum, { file }) => sum + readFileSync(join(folder, file)).readDoubleLE(24), 0);
  return { contents, hashes };
};

/** Makes the folder a disk of 2 MiB. */
const isSmallDisk = (path: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** The next thread that starts dies at once. */
const killNextThread = (): void => void process.once('worker', (worker: Worker) => void worker.terminate());

describe('while the index is saved', () => {
  it('it is followed, for as long as that takes', async () => {
    const index = await openIndex();
    await index.save();
    const holding = await world.store.owner.startTransaction().execute();
    await sql`lock table index_snapshots in exclusive mode`.execute(holding);
    await add(1);
    await index.follow();
    const saving = index.save();
    let isSaved = false;
    void saving.then(() => (isSaved = true));
    const [wake, stop] = [createWake(), new AbortController()];
    const running = index.run(wake, stop.signal);
    const before = index.contents;
    await add(1);
    await eventually('what is new can be found', () => index.contents > before);
    expect(await index.status()).toMatchObject({ state: 'ready' });
    expect(isSaved).toBe(false);
    await holding.rollback().execute();
    await saving;
    stop.abort();
    wake.ring();
    await running;
  });

  it('the run itself does not wait for it', async () => {
    const index = await openIndex();
    const holding = await world.store.owner.startTransaction().execute();
    await sql`lock table index_snapshots in exclusive mode`.execute(holding);
    const [wake, stop] = [createWake(), new AbortController()];
    // There is no snapshot yet, so that the run saves at once.
    const running = index.run(wake, stop.signal);
    await eventually('the files are written', () => existsSync(folder) && readdirSync(folder).length > 0);
    const before = index.contents;
    await add(1);
    await eventually('what is new can be found', () => index.contents > before);
    expect(existsSync(join(folder, 'manifest'))).toBe(false);
    await holding.rollback().execute();
    await eventually('it is saved', () => existsSync(join(folder, 'manifest')));
    stop.abort();
    wake.ring();
    await running;
  });
});

describe('a save', () => {
  it('has nothing of what no agency holds any more', async () => {
    const index = await openIndex();
    const [id] = await add(3);
    await index.follow();
    await index.save();
    await sql`delete from media where content_id = ${id}`.execute(world.store.owner);
    await index.follow();
    await index.save();
    const { contents, hashes } = saved();
    expect(contents).toBe(index.contents);
    expect(hashes).toBe(contents);
  });

  it('has nothing of what was deleted, though writing the segments anew failed the first time', async () => {
    const index = await openIndexWithOneGone();
    killNextThread();
    await expect(index.save()).rejects.toMatchObject({ message: expect.stringContaining('thread') as string });
    expect(saved().hashes).toBeGreaterThan(index.contents);
    await index.save();
    expect(saved().hashes).toBe(index.contents);
  });

  it('leaves what others put into its folder', async () => {
    mkdirSync(join(folder, 'lost+found'), { recursive: true });
    const index = await openIndex();
    await add(1);
    await index.follow();
    await index.save();
    expect(saved().contents).toBe(index.contents);
    expect(existsSync(join(folder, 'lost+found'))).toBe(true);
  });

  it('that finds the disk full says so, and leaves the last one and its room', async ({ skip }) => {
    mkdirSync(folder);
    skip(!isSmallDisk(folder), 'a small tmpfs can be mounted as root only');
    const index = await openIndex();
    try {
      await index.save();
      const before = readdirSync(folder).sort();
      const { contents } = saved();
      await add(9_000);
      await index.follow();
      await expect(index.save()).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(readdirSync(folder).sort()).toEqual(before);
      expect(saved().contents).toBe(contents);
      expect(lines).toEqual([]);
    } finally {
      await index.close();
      execFileSync('umount', [folder]);
    }
  });
});

it('a thread of a merge that dies ends the run, as any other thread does', async () => {
  const index = await openIndexWithOneGone();
  killNextThread();
  await expect(index.save()).rejects.toThrow();
  await expect(index.run(createWake(), never)).rejects.toMatchObject({ code: 'INTERNAL' });
});
