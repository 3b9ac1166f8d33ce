// The environment of a process of ours: what it needs and no more. Role passwords travel as paths of private files.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { urlForRole } from '../store/connection.js';
import type { Config, Role } from './config.js';
import { SETTINGS } from './config-settings.js';
import { Secret } from './secret.js';

/** Children that touch content or sign heads need the master keys; those that compare signals and answer what connects never get one. */
const NEEDS_MASTER_KEY: readonly (Role | 'owner')[] = ['worker', 'sealer', 'owner'];

const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_OPTIONS', 'NODE_ENV'];

/** Environment for a child that opens the store as `roles` with this configuration. */
export const childEnvironment = (
  config: Config,
  roles: readonly (Role | 'owner')[],
  env = process.env,
): NodeJS.ProcessEnv => {
  const plain = SETTINGS.filter(({ kind }) => kind !== 'secret').map(({ key }) => key);
  const child: NodeJS.ProcessEnv = {};
  for (const key of [...PASSED_ON, ...plain]) if (env[key] !== undefined) child[key] = env[key];
  child.REDTHREAD_DATA = config.dataFolder;
  child.REDTHREAD_VAULT = config.vaultFolder;

  for (const role of config.database.kind === 'external' ? roles : []) {
    if (role === 'owner') pass(child, env, ['DATABASE_URL', ...roleUrlKeys]);
    else child[`REDTHREAD_DATABASE_${role.toUpperCase()}_URL_FILE`] = writeUrl(config, role);
  }
  if (roles.every((role) => NEEDS_MASTER_KEY.includes(role)))
    pass(child, env, ['REDTHREAD_MASTER_KEY', 'REDTHREAD_OTHER_MASTER_KEY']);
  return child;
};

const roleUrlKeys = SETTINGS.map(({ key }) => key).filter((key) => /^REDTHREAD_DATABASE_\w+_URL$/.test(key));

const pass = (child: NodeJS.ProcessEnv, env: NodeJS.ProcessEnv, keys: readonly string[]): void => {
  for (const key of keys.flatMap((name) => [name, `${name}_FILE`])) if (env[key] !== undefined) child[key] = env[key];
};

/** Writes the role's URL to a private file in the data folder and answers its path. */
const writeUrl = (config: Config, role: Role): string => {
  if (config.database.kind !== 'external') throw new TypeError('only an external database has URLs');
  const { ownerUrl, urls } = config.database;
  const folder = join(config.dataFolder, 'credentials');
  const given = urls[role]?.reveal();
  const derived = (): string =>
    ownerUrl === null ? '' : urlForRole(ownerUrl, role, new Secret(readFileSync(join(folder, role), 'utf8').trim()));
  const path = join(folder, `${role}.url`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${given ?? derived()}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return path;
};
