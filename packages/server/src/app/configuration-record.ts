// Puts on record which settings are not what they were when a server last started on this data folder. What they were is kept as
// keyed fingerprints beside the data: the record names settings, never what they are set to.
import { createHmac, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRedthreadError } from '@redthread/core/errors';
import { z } from 'zod';
import { localActor, osAccount } from '../features/accounts/index.js';
import { audit, withContext, withNobody, type Store } from '../store/index.js';
import type { Config } from './config.js';
import { SETTINGS } from './config-settings.js';
import { PROGRAM_VERSION } from './version.js';

const Kept = z.object({ version: z.string(), key: z.string(), settings: z.record(z.string(), z.string()) });
type Kept = z.infer<typeof Kept>;

const pathOf = ({ dataFolder }: Config): string => join(dataFolder, 'settings.json');

/** Null: no server has started here, or what it kept cannot be read. */
const readKept = async (config: Config): Promise<Kept | null> => {
  try {
    return Kept.parse(JSON.parse(await readFile(pathOf(config), 'utf8')));
  } catch {
    return null;
  }
};

const writeKept = async (config: Config, kept: Kept): Promise<void> => {
  const temporary = `${pathOf(config)}.part`;
  await writeFile(temporary, JSON.stringify(kept), { mode: 0o600 });
  await rename(temporary, pathOf(config));
};

const fingerprints = ({ settings }: Config, key: string): Record<string, string> =>
  Object.fromEntries(
    [...settings].map(([name, value]) => [name, createHmac('sha256', key).update(value.reveal()).digest('hex')]),
  );

/** On a first start: the settings that are not left as the program has them. */
const given = ({ settings }: Config): string[] =>
  SETTINGS.filter(({ fallback, key }) => (settings.get(key)?.reveal() ?? fallback) !== fallback).map(({ key }) => key);

const changedSince = (before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => before[name] !== now[name]).sort();

/** As the user that the account of the system stands for; as that account where it stands for nobody. Answers what changed. */
export const recordConfiguration = async (store: Store, config: Config): Promise<readonly string[]> => {
  const before = await readKept(config);
  const key = before?.key ?? randomBytes(32).toString('hex');
  const now = fingerprints(config, key);
  const changed = before === null ? given(config) : changedSince(before.settings, now);
  if (changed.length === 0 && before?.version === PROGRAM_VERSION) return [];
  const event = { type: 'configuration', object: null, detail: { changed, version: PROGRAM_VERSION } } as const;
  const ctx = await localActor(store, osAccount(), config.user).catch((error: unknown) => {
    if (isRedthreadError(error) && error.code === 'USER_UNKNOWN') return null;
    throw error;
  });
  if (ctx !== null) await withContext(store.app, ctx, (trx) => audit(trx, ctx, event));
  else {
    const nobody = { actor: null, login: osAccount(), purpose: null, requestId: 'start' } as const;
    await withNobody(store.app, (trx) => audit(trx, nobody, event));
  }
  await writeKept(config, { version: PROGRAM_VERSION, key, settings: now });
  return changed;
};
