// kill -9 of a worker, of PostgreSQL, of the server and of the ingest in the middle of it: after a restart the work goes
// on within a minute, the end is that of an undisturbed run, and no process is left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dump, openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';
import { eventually, lives } from './store-fixture.js';

const PROGRAM = fileURLToPath(new URL('../../packages/server/bin/redthread.js', import.meta.url));
// Large enough that nothing is over before it is disturbed.
const FILES = 130;
const [WIDTH, HEIGHT] = [640, 480];
/** So many that parts, which are compared pair by pair within a room, do not take longer than what is tested. */
const ROOMS = 12;
const GOES_ON_WITHIN_MS = 60_000;

let calm: IngestWorld;
let disturbed: IngestWorld;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  calm = await openIngestWorld();
  disturbed = await openIngestWorld();
  for (const world of [calm, disturbed]) {
    const operation = await world.world.operation('tantalus', []);
    await world.officer('North', 'N-1', operation);
    await world.officer('South', 'S-1', operation);
    await world.store.owner
      .updateTable('users')
      .set({ os_account: userInfo().username })
      .where('login', '=', 'officer of North')
      .execute();
  }
  // Every fifth file repeats one, every seventh is the same picture in another quality: each is drawn once.
  const drawn = new Map<number, Buffer>();
  const draw = async (i: number): Promise<Buffer> => {
    const bytes = drawn.get(i) ?? (await picture(i, WIDTH, HEIGHT, { rooms: ROOMS }));
    drawn.set(i, bytes);
    return bytes;
  };
  for (let i = 0; i < FILES; i += 1) {
    const bytes =
      i % 7 === 6
        ? await sharp(await draw(i - 1))
            .jpeg({ quality: 50 })
            .toBuffer()
        : await draw(i % 5 === 4 ? i - 1 : i);
    for (const world of [calm, disturbed]) {
      writeAt(join(world.folder, 'north', `${i % 6}`, `${i}.jpg`), bytes);
      if (i % 3 === 0) writeAt(join(world.folder, 'south', `${i}.jpg`), bytes);
    }
  }
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await calm.close();
  await disturbed.close();
});

const redthread = (world: IngestWorld, ...args: string[]): ChildProcess => {
  const child = spawn(process.execPath, [PROGRAM, ...args, '--data', world.data], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], REDTHREAD_PORT: '0', REDTHREAD_WORKERS: '2' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4_000)));
  child.once('exit', (code) => {
    running.delete(child);
    if (code !== null && code !== 0)
      process.stderr.write(`redthread ${args.join(' ')} ended with ${code}\n${stderr}\n`);
  });
  running.add(child);
  return child;
};

const ingestNorth = (world: IngestWorld): ChildProcess =>
  redthread(world, 'ingest', join(world.folder, 'north'), '--case', 'N-1', '--exhibit', '1', '--parts');
const ingestSouth = (world: IngestWorld): ChildProcess =>
  redthread(
    world,
    'ingest',
    join(world.folder, 'south'),
    '--case',
    'S-1',
    '--exhibit',
    '2',
    '--parts',
    '--as',
    'officer of South',
  );

const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
};

const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  await ended(child);
};

const decoded = async ({ store }: IngestWorld): Promise<number> => {
  const row = await store.owner
    .selectFrom('work')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('stage', '=', 'decode')
    .where('state', '=', 'done')
    .executeTakeFirstOrThrow()
    .catch(() => ({ count: -1 }));
  return row.count;
};

/** Waits until more files are decoded than now. */
const goesOn = async (world: IngestWorld, what: string): Promise<void> => {
  let before = -1;
  await eventually(
    what,
    async () => {
      const now = await decoded(world);
      if (before < 0) before = now;
      return before >= 0 && now > before;
    },
    GOES_ON_WITHIN_MS,
  );
};

interface Found {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

const processes = (): Found[] =>
  readdirSync('/proc').flatMap((name) => {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const fields = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      return /^\d+$/.test(name) ? [{ pid: Number(name), parent: Number(fields[1]), command }] : [];
    } catch {
      return [];
    }
  });

/** All processes below one, however deep. */
const below = (pid: number, all = processes()): Found[] =>
  all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid, all)]);

const workersOf = (pid: number): Found[] => below(pid).filter(({ command }) => command.includes('worker/main.js'));

it('ends as an undisturbed run', async () => {
  expect(await ended(ingestNorth(calm))).toBe(0);
  expect(await ended(ingestSouth(calm))).toBe(0);

  const seen = new Set<number>();
  const note = (child: ChildProcess): void => {
    for (const { pid } of below(child.pid ?? 0)) seen.add(pid);
  };
  const server = redthread(disturbed, 'serve');
  await eventually('the workers of the server', () => workersOf(server.pid ?? 0).length === 2, 60_000);
  let ingest = ingestNorth(disturbed);
  await goesOn(disturbed, 'the first files are decoded');
  note(server);

  const [worker] = workersOf(server.pid ?? 0);
  process.kill(worker?.pid ?? -1, 'SIGKILL');
  await goesOn(disturbed, 'work goes on after a worker was killed');
  note(server);

  process.kill(disturbed.store.databasePid() ?? -1, 'SIGKILL');
  await goesOn(disturbed, 'work goes on after PostgreSQL was killed');
  note(server);
  note(ingest);

  await kill(ingest);
  await kill(server);
  await eventually('what they had started has ended', () => [...seen].every((pid) => !lives(pid) || isPostgres(pid)));
  ingest = ingestNorth(disturbed);
  await goesOn(disturbed, 'work goes on after server and ingest were killed');
  note(ingest);
  expect(await ended(ingest)).toBe(0);
  expect(await ended(ingestSouth(disturbed))).toBe(0);

  const [expected, found] = [
    await dump(calm.store, { withParts: true }),
    await dump(disturbed.store, { withParts: true }),
  ];
  for (const [table, rows] of Object.entries(expected)) expect(found[table], table).toEqual(rows);
  expect(expected['matches']?.length).toBeGreaterThan(20);
  expect(expected['signals']?.filter((row) => row.includes('local-features')).length).toBeGreaterThan(20);
  await eventually('no process is left', () => [...seen].every((pid) => !lives(pid) || isPostgres(pid)));
});

/** PostgreSQL stays as long as this test holds the store open. */
const isPostgres = (pid: number): boolean => {
  try {
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres') ||
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bin/postgres')
    );
  } catch {
    return false;
  }
};
