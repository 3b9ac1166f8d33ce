// Makes the cluster on first start: under another name and then renamed, so that an interrupted initdb leaves nothing.
import { execFile, spawn } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access, chmod, chown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fail, type RedthreadError } from '@redthread/core/errors';
import { closedParent, makeFolder } from '../../app/data-folder.js';
import { isFull } from '../../disk/disk-error.js';
import { readOrCreateCredential } from '../credentials.js';
import type { Binaries } from './binaries.js';
import { canEnter, CLEAN_ENVIRONMENT, type DatabaseUser } from './database-user.js';
import { saysFull } from './full-disk.js';
import { INITDB_ARGUMENTS } from './settings.js';

export interface ClusterPaths {
  readonly data: string;
  readonly cluster: string;
  readonly socket: string;
  readonly log: string;
  readonly turn: string;
  readonly members: string;
}

export const clusterPaths = (data: string): ClusterPaths => ({
  data,
  cluster: join(data, 'postgres'),
  socket: join(data, 'socket'),
  log: join(data, 'postgres.log'),
  turn: join(data, 'run', 'turn'),
  members: join(data, 'run', 'members'),
});

export const clusterExists = (data: string): boolean => existsSync(join(clusterPaths(data).cluster, 'PG_VERSION'));

/** Makes the data folder passable for the database's user, or refuses with DB_PATH_UNREACHABLE naming what is closed. */
export const openPath = async ({ data, socket }: ClusterPaths, user: DatabaseUser): Promise<void> => {
  try {
    makeFolder(data, user.ids === null ? 0o700 : 0o711);
    await access(data, constants.W_OK | constants.X_OK);
    // Before the folder is opened for passing: one that takes none is left as it was.
    makeFolder(socket, 0o700);
  } catch (cause) {
    if (isFull(cause)) throw fail('DISK_FULL', `no room for ${data}`, { cause });
    throw fail('DB_PATH_UNREACHABLE', `${data} cannot hold a data folder: ${(cause as Error).message}`, { cause });
  }
  if (user.ids !== null) {
    // Passing only: what lies in the folder is private by its own modes.
    await chmod(data, 0o711);
    if (!(await canEnter(user, data))) {
      const closed = closedParent(data) ?? data;
      throw fail(
        'DB_PATH_UNREACHABLE',
        `${closed} may not be passed by ${user.name}, as which the database runs because root may not: ` +
          `choose a data folder outside it (--data /var/lib/redthread), or let others pass (chmod o+x ${closed})`,
      );
    }
  }
  await giveTo(user, socket);
};

const giveTo = async (user: DatabaseUser, path: string): Promise<void> => {
  if (user.ids !== null) await chown(path, user.ids.uid, user.ids.gid);
};

/** Runs initdb unless the cluster is there; refuses a cluster of another major version. */
export const ensureCluster = async (paths: ClusterPaths, binaries: Binaries, user: DatabaseUser): Promise<void> => {
  if (clusterExists(paths.data)) {
    const [found, ours] = [(await readFile(join(paths.cluster, 'PG_VERSION'), 'utf8')).trim(), majorOf(binaries)];
    if (found !== ours)
      throw fail(
        'DB_START_FAILED',
        `the data folder holds PostgreSQL ${found}, this program brings ${ours}: see docs/adr/0002-backup-and-major-upgrades.md`,
      );
    await takeBack(paths.cluster, user);
    return;
  }
  await removeUnfinished(paths.data);
  const unfinished = join(paths.data, `postgres.new-${process.pid}`);
  await mkdir(unfinished, { mode: 0o700 });
  await giveTo(user, unfinished);
  const passwordFile = join(paths.socket, `initial-${process.pid}`);
  await writeFile(passwordFile, `${(await readOrCreateCredential(paths.data, 'superuser')).reveal()}\n`, {
    mode: 0o600,
  });
  await giveTo(user, passwordFile);
  try {
    const args = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, ...INITDB_ARGUMENTS];
    await run(binaries.initdb, args, user);
    await rename(unfinished, paths.cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
};

/** A restored copy may have lost its owner: as root it is given back, whole, to the account that runs it. */
const takeBack = async (cluster: string, user: DatabaseUser): Promise<void> => {
  if (user.ids === null || (await stat(cluster)).uid === user.ids.uid) return;
  await promisify(execFile)('chown', ['-R', '--', `${user.ids.uid}:${user.ids.gid}`, cluster]);
  await chmod(cluster, 0o700);
};

const majorOf = ({ version }: Binaries): string => version.split('.')[0] ?? version;

const removeUnfinished = async (data: string): Promise<void> => {
  for (const name of await readdir(data))
    if (name.startsWith('postgres.new-')) await rm(join(data, name), { recursive: true, force: true });
};

const run = (program: string, args: readonly string[], user: DatabaseUser): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: CLEAN_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(user.ids ?? {}),
    });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (cause) => reject(fail('DB_START_FAILED', `${program}: ${cause.message}`, { cause })));
    child.once('close', (code) => (code === 0 ? resolve() : reject(notMade(code, output.trim()))));
  });

const notMade = (code: number | null, output: string): RedthreadError =>
  saysFull(output)
    ? fail('DISK_FULL', `no room for a new database\n${output}`)
    : fail('DB_START_FAILED', `initdb ended with code ${code}\n${output}`);
