// A store as a first start leaves it, in a folder of its own. Making one takes seconds (initdb, every migration), so one is made for
// the whole tier and copied; tests of the first start itself open theirs with `openStore`.
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import type { AnyRole } from '../../packages/server/src/store/connection.js';
import { openStore, type Store } from '../../packages/server/src/store/index.js';
import { notForKeeps } from '../support/not-for-keeps.js';
import { configFor } from './store-fixture.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Data folder of the store that is copied; nothing runs on it. */
    readonly newStore: string;
  }
}

/** Before the first file of the tier: makes the store that is copied. Answers what removes it after the last. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-new-'));
  // The database's own user has to pass through it.
  await chmod(folder, 0o711);
  const data = join(folder, 'data');
  await (await openStore(configFor(data), { roles: ['owner'] })).close();
  await notForKeeps(data);
  project.provide('newStore', data);
  return () => rm(folder, { recursive: true, force: true });
};

/** Lays a new, empty store at `data`, which must not be there yet; with its owners, which the copying of Node leaves out. */
export const layNewStore = async (data: string): Promise<void> => {
  await promisify(execFile)('cp', ['-a', inject('newStore'), data]);
};

/** Opens a new, empty store in `data`. A master key or database in `env` is a first start of its own. */
export const openNewStore = async <R extends AnyRole>(
  data: string,
  roles: readonly R[],
  env: Readonly<Record<string, string>> = {},
): Promise<Store<R>> => {
  const isOwn = Object.keys(env).some((name) => /^(REDTHREAD_MASTER_KEY|DATABASE_URL)/.test(name));
  if (!isOwn) await layNewStore(data);
  return openStore(configFor(data, env), { roles });
};
