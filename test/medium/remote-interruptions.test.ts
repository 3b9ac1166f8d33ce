// kill -9 of sender, server and intake at random moments, a network that drops, cuts and stalls, two senders at once, a
// full disk: the end is that of an undisturbed ingest, and nothing is stored twice or half.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { dump, openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';
import { badNetwork, openRemoteWorld, seededRandom, send, type RemoteWorld } from './remote-world.js';
import { isRoot } from './store-fixture.js';

const SEED = 20260114;
const FILES = 400;
const MEBIBYTE = 1024 * 1024;
/** A machine that is fast is through earlier, a slow one is let go on by then. */
const ROUNDS = 14;
const VICTIMS = ['intake', 'server', 'sender'] as const;
const LEAST_KILLS = 4;

let calm: IngestWorld;
let world: RemoteWorld;
let ctx: Context;
let key: string;
let source: string;
let expected: Record<string, string[]>;

/** Bytes that compress badly and are the same in every run. */
const noise = (name: string, bytes: number): Buffer =>
  createHash('shake256', { outputLength: bytes }).update(name).digest();

beforeAll(async () => {
  calm = await openIngestWorld();
  world = await openRemoteWorld();
  const calmCtx = await calm.officer('Unit', 'ES-1');
  ctx = await world.officer('Unit', 'ES-1');
  key = await world.keyFile(ctx);
  source = join(calm.folder, 'seized');
  for (let i = 0; i < FILES; i += 1)
    writeAt(join(source, `${i % 5}`, `${i}.bin`), noise(`small ${i % 350}`, 2_000 + i));
  for (let i = 0; i < 6; i += 1) writeAt(join(source, 'pictures', `${i}.jpg`), await picture(i, 200, 150));
  for (let i = 0; i < 3; i += 1)
    writeAt(join(source, 'films', `${i}.bin`), noise(`film ${i}`, (18 + 9 * i) * MEBIBYTE + i));
  await ingestExhibit(calm.store, calmCtx, { caseReference: 'ES-1', exhibitReference: '1', source, inPlace: false });
  expected = await dump(calm.store);
});
afterAll(async () => {
  await world?.close();
  await calm?.close();
});

afterEach(() => world.stopAll());

const sendTo = (url: string, exhibit = '1', ...more: string[]) =>
  send(url, key, { source, caseReference: 'ES-1', exhibit }, ...more);

/** Lines that only one of the two has: of thousands, those that matter. */
const differences = (found: Record<string, string[]>, tables = Object.keys(expected)): string[] =>
  tables.flatMap((table) => {
    const [wanted, there] = [new Set(expected[table]), new Set(found[table])];
    const lacking = [...wanted].filter((line) => !there.has(line)).map((line) => `${table} lacks ${line}`);
    const added = [...there].filter((line) => !wanted.has(line)).map((line) => `${table} has ${line}`);
    const count = found[table]?.length === expected[table]?.length ? [] : [`${table} has ${found[table]?.length} rows`];
    return [...lacking.slice(0, 5), ...added.slice(0, 5), ...count];
  });

/**
 * What a kill left between a file and its row is nobody's, and swept by an intake that starts a day later: the files are made
 * a day older, and the server starts again.
 */
const aDayLater = async (port: number): Promise<void> => {
  await world.stopAll();
  const uploads = join(world.store.config.vaultFolder, 'uploads');
  const dayAgo = Date.now() / 1000 - 25 * 3_600;
  for (const name of readdirSync(uploads)) utimesSync(join(uploads, name), dayAgo, dayAgo);
  await world.serve(port);
  await vi.waitFor(() => expect(readdirSync(uploads)).toEqual([]), { timeout: 30_000, interval: 100 });
};

const expectCalm = async (): Promise<void> => expect(differences(await dump(world.store))).toEqual([]);

/** Takes everything away that an exhibit left, so that the next test begins with an empty store. */
const forget = async (): Promise<void> => {
  const tables = ['ingest_runs', 'uploads', 'work', 'occurrences', 'vault_objects', 'envelopes', 'matches', 'signals'];
  const rest = ['media_metadata', 'media', 'contents', 'exhibits'];
  const { sql } = await import('kysely');
  await sql.raw(`truncate ${[...tables, ...rest].join(', ')} cascade`).execute(world.store.owner);
  const vault = world.store.config.vaultFolder;
  for (const name of readdirSync(vault)) if (/^[0-9a-f]{2}$/.test(name)) rmSync(join(vault, name), { recursive: true });
  for (const name of readdirSync(join(vault, 'uploads'))) rmSync(join(vault, 'uploads', name));
};

const intakeOf = (pid: number): number | null => {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = Number(
        readFileSync(`/proc/${name}/stat`, 'latin1')
          .replace(/^.*\) /s, '')
          .split(' ')[1],
      );
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (parent === pid && command.includes('intake/main.js')) return Number(name);
    } catch {
      // It ended meanwhile.
    }
  }
  return null;
};

describe('kill -9', () => {
  it('of sender, server and intake, again and again, changes nothing of the end', async () => {
    const random = seededRandom(SEED);
    let server = await world.serve();
    const { port, url } = server;
    const kills = { sender: 0, server: 0, intake: 0 };
    const total = (): number => kills.sender + kills.server + kills.intake;
    for (let round = 0; round < ROUNDS; round += 1) {
      const sender = sendTo(url, '1', '--no-wait');
      const over = sender.ended;
      const luck = random();
      // A sender is at work after a third of a second, and through in a few.
      const pause = sleep(300 + random() * 900, 'still at work');
      if ((await Promise.race([over, pause])) !== 'still at work') {
        if (total() >= LEAST_KILLS) break;
        // Through before there was anything to go on from: from the beginning.
        await server.stop();
        await forget();
        server = await world.serve(port);
        continue;
      }
      // Each of them once, then as it comes.
      const victim = VICTIMS[total()] ?? (luck < 0.4 ? 'sender' : luck < 0.7 ? 'server' : 'intake');
      const intake = victim === 'intake' ? intakeOf(server.child.pid ?? 0) : null;
      if (victim === 'sender' || (victim === 'intake' && intake === null)) {
        kills.sender += 1;
        sender.child.kill('SIGKILL');
        await over;
        continue;
      }
      kills[victim] += 1;
      if (intake !== null) process.kill(intake, 'SIGKILL');
      else {
        await server.kill();
        server = await world.serve(port);
      }
      // A sender that was not killed goes on by itself; the next one takes its place.
      const isThrough = (await Promise.race([over, sleep(1_000, 'at work')])) !== 'at work';
      if (isThrough && total() >= LEAST_KILLS) break;
      sender.child.kill('SIGKILL');
      await over;
    }
    process.stdout.write(`killed ${JSON.stringify(kills)}\n`);
    expect(Math.min(kills.sender, kills.server, kills.intake)).toBeGreaterThan(0);
    expect(total()).toBeGreaterThanOrEqual(LEAST_KILLS);
    const whole = await sendTo(url).ended;
    expect(whole.stderr).toBe('');
    expect(JSON.parse(whole.stdout)).toMatchObject({ state: 'complete', interrupted: false });
    await aDayLater(port);
    await expectCalm();
    expect(await world.store.owner.selectFrom('uploads').select('id').execute()).toEqual([]);
  });
});

describe('a bad network', () => {
  it('costs time and nothing else', async () => {
    await forget();
    const server = await world.serve();
    const network = await badNetwork(server.port, seededRandom(SEED + 1), 0.008);
    const sent = await sendTo(network.url).ended;
    await network.close();
    expect(sent.exitCode, sent.stderr).toBe(0);
    expect(network.happened.dropped + network.happened.cut + network.happened.stalled).toBeGreaterThan(5);
    await expectCalm();
  });
});

describe('two senders', () => {
  it('on one exhibit: another machine is told to wait, the same one takes its own place', async () => {
    await forget();
    const server = await world.serve();
    const first = sendTo(server.url, '1', '--no-wait');
    const runs = () => world.store.owner.selectFrom('ingest_runs').select('state').execute();
    while ((await runs()).length === 0 && first.child.exitCode === null) await sleep(50);
    const other = await world.keyFile(ctx);
    const second = await send(server.url, other, { source, caseReference: 'ES-1', exhibit: '1' }).ended;
    const again = sendTo(server.url);
    const [one, two] = [await first.ended, await again.ended];
    // Whoever was faster than the question has simply ended.
    if (second.exitCode !== 0) expect(second.stderr).toContain('EXHIBIT_BUSY');
    if (one.exitCode !== 0) expect(one.stderr).toMatch(/INGEST_ENDED|EXHIBIT_BUSY/);
    expect(two.exitCode, two.stderr).toBe(0);
    await expectCalm();
  });
});

const disk = (): string | null => {
  if (!isRoot) return null;
  const path = join(world.folder, 'small-disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m,mode=0711', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return null;
  }
};

describe('a full disk of the server', () => {
  it('is said by its code, loses nothing, and the same command goes on', async () => {
    await forget();
    const path = disk();
    if (path === null) return void process.stderr.write('remote-interruptions: no small disk can be mounted here\n');
    try {
      const vault = { REDTHREAD_VAULT: join(path, 'vault') };
      const small = await world.serve(0, vault);
      writeFileSync(join(path, 'filler'), Buffer.alloc(20 * MEBIBYTE));
      const refused = await sendTo(small.url, '1', '--no-wait').ended;
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain('DISK_FULL');
      rmSync(join(path, 'filler'));
      execFileSync('mount', ['-o', 'remount,size=400m', path], { stdio: 'ignore' });
      const whole = await sendTo(small.url).ended;
      expect(whole.exitCode, whole.stderr).toBe(0);
      const found = await dump({
        ...world.store,
        config: { ...world.store.config, vaultFolder: vault.REDTHREAD_VAULT },
        vault: await openVault(vault.REDTHREAD_VAULT),
      });
      expect(differences(found, ['exhibits', 'occurrences', 'media', 'vault'])).toEqual([]);
    } finally {
      execFileSync('umount', ['-l', path]);
    }
  });
});

const openVault = async (folder: string) =>
  (await import('../../packages/server/src/store/index.js')).Vault.open(folder);
