// A full disk: the vault says so, leaves nothing half-written, keeps what it had, and goes on when there is room again.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Vault } from '../../packages/server/src/store/index.js';
import { isRoot, temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
const disk = join(folder.path, 'small-disk');
mkdirSync(disk);

const mountSmallDisk = (): boolean => {
  if (!isRoot) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const mounted = mountSmallDisk();
if (!mounted) process.stderr.write('store-disk-full: skipped, a small tmpfs can be mounted as root only\n');

afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
  folder.remove();
});

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
