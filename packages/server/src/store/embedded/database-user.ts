// The account of the operating system that PostgreSQL runs as: ourselves, or, as root (which PostgreSQL refuses), a
// user without rights who must really be able to reach what it needs.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { fail } from '@redthread/core/errors';

export interface DatabaseUser {
  readonly name: string;
  /** Absent: PostgreSQL runs as the user of this process. */
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

const OWN_USER = 'redthread-pg';

/** Nothing of ours: no setting, no key, no address. PostgreSQL and initdb get this and no more. */
export const CLEAN_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  HOME: '/',
};

/**
 * Chooses the account. As root, in this order: the one that is configured, the owner of the existing cluster,
 * `redthread-pg` (made when missing), `postgres`.
 */
export const databaseUser = (clusterFolder: string, configured: string | null): DatabaseUser => {
  if (process.getuid?.() !== 0) return { name: 'the current user', ids: null };
  if (configured !== null) {
    const user = lookUp(configured);
    if (user === null) throw fail('CONFIG_INVALID', `REDTHREAD_DATABASE_OS_USER=${configured}: no such user`);
    return user;
  }
  return ownerOf(clusterFolder) ?? lookUp(OWN_USER) ?? makeUser() ?? lookUp('postgres') ?? noUser();
};

const lookUp = (name: string): DatabaseUser | null => {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, '--', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    const ids = { uid: id('-u'), gid: id('-g') };
    return ids.uid > 0 ? { name, ids } : null;
  } catch {
    return null;
  }
};

const ownerOf = (folder: string): DatabaseUser | null => {
  try {
    const { uid, gid } = statSync(folder);
    return uid === 0 ? null : { name: `user ${uid}`, ids: { uid, gid } };
  } catch {
    return null;
  }
};

const makeUser = (): DatabaseUser | null => {
  const make: readonly (readonly [string, readonly string[]])[] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/', '--shell', '/usr/sbin/nologin']],
    ['adduser', ['-S', '-D', '-H', '-h', '/', '-s', '/sbin/nologin']], // BusyBox
  ];
  for (const [program, args] of make) {
    try {
      execFileSync(program, [...args, OWN_USER], { stdio: 'ignore' });
    } catch {
      // Missing, or another process was faster: the look-up tells.
    }
    const user = lookUp(OWN_USER);
    if (user !== null) return user;
  }
  return null;
};

const noUser = (): never => {
  throw fail(
    'DB_START_FAILED',
    `PostgreSQL does not run as root, and no user ${OWN_USER} could be made: name one with REDTHREAD_DATABASE_OS_USER`,
  );
};

const spawnOptions = (user: DatabaseUser) => ({ cwd: '/', env: CLEAN_ENVIRONMENT, ...(user.ids ?? {}) });

/** Whether `user` can start `program`, found out by starting it. */
export const canRun = async (user: DatabaseUser, program: string): Promise<boolean> => {
  try {
    await promisify(execFile)(program, ['--version'], { ...spawnOptions(user), timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

/** Whether `user` can enter `folder`, found out by entering it. */
export const canEnter = (user: DatabaseUser, folder: string): Promise<boolean> =>
  new Promise((resolve) => {
    const shell = spawn('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...spawnOptions(user), stdio: 'ignore' });
    shell.once('error', () => resolve(false));
    shell.once('exit', (code) => resolve(code === 0));
  });
