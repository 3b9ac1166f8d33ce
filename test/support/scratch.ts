// Where tests write: in memory, where Linux keeps a file system in it and there is room. Each file of tests makes and removes stores of two
// thousand files, and ext4 passes over every inode that was freed in the last seconds before it gives out one: a third of what the medium
// tier took from the processor. What a test needs of a disk (a full one, one of another size) it mounts for itself.
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
/** What the tiers hold at once at most, many times over. */
const ROOM_BYTES = 6 * 1024 ** 3;
const NAME = /^redthread-tests-(\d+)$/;

/** Programs are copied there and run: a file system that runs none does not serve. */
const isRoomyMemory = (): boolean => {
  const mount = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, path]) => path === IN_MEMORY);
  const [, , type, options = ''] = mount ?? [];
  if (type !== 'tmpfs' || options.split(',').some((option) => option === 'ro' || option === 'noexec')) return false;
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  // 0 where a container sets no limit.
  const limit = process.constrainedMemory() || Infinity;
  return Math.min(bavail * bsize, freemem(), limit) > ROOM_BYTES;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** What a killed run left would stay in memory until the machine ends. */
const sweep = (): void => {
  for (const name of readdirSync(IN_MEMORY)) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (!Number.isNaN(pid) && (pid === process.pid || !isAlive(pid)))
      rmSync(join(IN_MEMORY, name), { recursive: true, force: true });
  }
};

/** From now on the temporary folder of this process, and of those that it starts; removed when it ends. A `TMPDIR` that is given stays. */
export const keepInMemory = (): void => {
  if (process.platform !== 'linux' || process.env['TMPDIR'] !== undefined) return;
  try {
    if (!isRoomyMemory()) return;
    sweep();
    const folder = join(IN_MEMORY, `redthread-tests-${process.pid}`);
    // The database's own user passes through it.
    mkdirSync(folder, { mode: 0o711 });
    process.env['TMPDIR'] = folder;
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  } catch {
    // Not ours to write to: the temporary folder of the system serves as well, only slower.
  }
};
