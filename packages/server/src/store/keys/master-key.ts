// The master key: 32 bytes apart from database and vault, named by an id that may be shown.
import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, isRedthreadError } from '@redthread/core/errors';
import type { Config, MasterKeySource } from '../../app/config.js';

export interface MasterKey {
  /** First 8 bytes, in hex, of SHA-256("redthread key id" || key): names the key and tells nothing of it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** A key was given and is none: where it came from and what is wrong with it, never what it holds. */
export interface DamagedKey {
  readonly flaw: string;
}

const KEY_BYTES = 32;

/** Reads 32 bytes written as 64 hex digits or as base64. Errors: CONFIG_INVALID naming where the key came from. */
export const parseMasterKey = (text: string, from: string): MasterKey => {
  const trimmed = text.trim();
  const bytes = /^[0-9a-fA-F]{64}$/.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(trimmed, /[-_]/.test(trimmed) ? 'base64url' : 'base64');
  if (bytes.length !== KEY_BYTES)
    throw fail(
      'CONFIG_INVALID',
      `${from}: a key of 32 bytes is expected, as 64 hex digits or base64; ${trimmed.length} characters are there`,
    );
  return { id: keyId(bytes), bytes };
};

export const keyId = (key: Buffer): string =>
  createHash('sha256').update('redthread key id').update(key).digest().subarray(0, 8).toString('hex');

/** The key that is given, what is wrong with it, or null when none is. */
export const readMasterKey = async (source: MasterKeySource): Promise<MasterKey | DamagedKey | null> => {
  try {
    return await readGivenKey(source);
  } catch (error) {
    if (isRedthreadError(error)) return { flaw: error.detail };
    throw error;
  }
};

/** The master key, and the other one while it is being changed; in this order. */
export const readMasterKeys = ({
  masterKey,
  otherMasterKey,
}: Pick<Config, 'masterKey' | 'otherMasterKey'>): Promise<(MasterKey | DamagedKey | null)[]> =>
  Promise.all([masterKey, ...(otherMasterKey === null ? [] : [otherMasterKey])].map(readMasterKey));

/** A key that a person names by its file. Errors: ARGUMENT_INVALID when there is none. */
export const readKeyFile = async (path: string): Promise<MasterKey> => {
  try {
    return parseMasterKey(await readFile(path, 'utf8'), path);
  } catch (error) {
    const why = isRedthreadError(error) ? error.detail : `${path} cannot be read: ${(error as Error).message}`;
    throw fail('ARGUMENT_INVALID', why, { cause: error });
  }
};

const readGivenKey = async (source: MasterKeySource): Promise<MasterKey | null> => {
  if (source.kind === 'given') {
    const text = source.value.reveal();
    return text === '' ? null : parseMasterKey(text, source.from);
  }
  try {
    return parseMasterKey(await readFile(source.path, 'utf8'), source.path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (isRedthreadError(error)) throw error;
    throw fail('CONFIG_INVALID', `${source.path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
};

/**
 * For a store that has no key yet: the given one, else a new one in the default place (0600).
 * Errors: CONFIG_INVALID for a key that is none.
 */
export const readOrCreateMasterKey = async (source: MasterKeySource): Promise<MasterKey | null> => {
  const existing = await readGivenKey(source);
  if (existing !== null || source.kind === 'given') return existing;
  const bytes = randomBytes(KEY_BYTES);
  await writeKey(source.path, bytes);
  return { id: keyId(bytes), bytes };
};

/** On disk as a whole, under a name that nobody has, before it is used. */
const writeKey = async (path: string, bytes: Buffer): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(`${bytes.toString('hex')}\n`);
    await file.sync();
    // Unlike a renamed file, a link replaces none.
    await link(unfinished, path);
  } finally {
    await file.close();
    await rm(unfinished, { force: true });
  }
  await syncFolderOf(path);
};

const syncFolderOf = async (path: string): Promise<void> => {
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
};

/**
 * Puts the next key beside a master key that lies in the default place, where every start finds both. Errors: CONFIG_INVALID
 * when another one lies there.
 */
export const layDownNextKey = async (nextPath: string, key: MasterKey): Promise<void> => {
  const there = await readMasterKey({ kind: 'default', path: nextPath });
  if (there === null) return writeKey(nextPath, key.bytes);
  if ('flaw' in there || there.id !== key.id)
    throw fail('CONFIG_INVALID', `${nextPath} holds another key: put it elsewhere first`);
};

/**
 * The next key takes the default place; the one that lay there stays beside it under its id, since backups from before
 * ask for it. Safe to repeat, and whatever was done when it is cut off, both keys are found. Answers where the old one is.
 */
export const installNextKey = async (path: string, nextPath: string): Promise<string | null> => {
  const last = await readMasterKey({ kind: 'default', path });
  const next = await readMasterKey({ kind: 'default', path: nextPath });
  if (next === null || 'flaw' in next) return null;
  const retired = last === null || 'flaw' in last ? null : join(dirname(path), `retired-${last.id}.key`);
  if (retired !== null) await rename(path, retired);
  await rename(nextPath, path);
  await syncFolderOf(path);
  return retired;
};
