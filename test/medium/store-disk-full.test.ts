// A full disk: vault and database say so, leave nothing half-written, keep what they had, and go on when there is room again.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore, Vault } from '../../packages/server/src/store/index.js';
import { configFor, isRoot, temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
const disk = join(folder.path, 'small-disk');
mkdirSync(disk);

const database = join(folder.path, 'disk-of-the-database');
mkdirSync(database);

const mountSmallDisk = (path: string, size: string): boolean => {
  if (!isRoot) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const mounted = mountSmallDisk(disk, '8m') && mountSmallDisk(database, '256m');
if (!mounted) process.stderr.write('store-disk-full: skipped, a small tmpfs can be mounted as root only\n');

afterAll(() => {
  if (mounted) execFileSync('umount', [disk, database]);
  folder.remove();
});

const PAGE_BYTES = 4096;

/** Writes a file until there is no room; answers its size in bytes. */
const fillUp = (path: string): number => {
  const file = openSync(path, 'w');
  const page = Buffer.alloc(PAGE_BYTES);
  try {
    for (;;) writeSync(file, page);
  } catch {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
};

const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.runIf(mounted)('on a disk of 8 MiB', () => {
  it('refuses with DISK_FULL, buffer and stream alike, and loses nothing', async () => {
    const vault = await Vault.open(join(disk, 'vault'));
    const key = randomBytes(32);
    const kept = randomBytes(3_000_000);
    await vault.sealBuffer(nameOf('kept'), key, kept);
    writeFileSync(join(disk, 'filler'), Buffer.alloc(2_000_000));

    const big = randomBytes(6_000_000);
    expect(() => vault.stageBuffer(nameOf('big'), key, big)).toThrow('DISK_FULL');
    await expect(vault.sealStream(nameOf('big'), key, [big])).rejects.toThrow('DISK_FULL');
    expect(readdirSync(join(disk, 'vault', 'tmp'))).toEqual([]);
    expect(await vault.exists(nameOf('big'))).toBe(false);
    expect((await vault.readAll(nameOf('kept'), key)).equals(kept)).toBe(true);

    rmSync(join(disk, 'filler'));
    await vault.sealBuffer(nameOf('later'), key, big.subarray(0, 3_000_000));
    expect((await vault.readAll(nameOf('later'), key)).length).toBe(3_000_000);
  });
});

describe.runIf(mounted)('a store that exists', () => {
  it.each([0, 1])('says DISK_FULL at once with %i pages left, and opens when there is room again', async (pages) => {
    const open = () => openStore(configFor(join(database, 'data')), { roles: ['app'] });
    await (await open()).close();
    const filler = join(database, 'filler');
    const written = fillUp(filler);
    truncateSync(filler, written - pages * PAGE_BYTES);
    const startedAt = Date.now();
    const refused = await open().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'DISK_FULL' });
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    rmSync(filler);
    await (await open()).close();
  });
});
