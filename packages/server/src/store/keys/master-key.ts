// The master key: 32 bytes apart from database and vault, named by an id that may be shown.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, isRedthreadError } from '@redthread/core/errors';
import type { MasterKeySource } from '../../app/config.js';

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
 * For a store that has no key yet: the given one, else a new one in the default place (0600, on disk before use).
 * Errors: CONFIG_INVALID for a key that is none.
 */
export const readOrCreateMasterKey = async (source: MasterKeySource): Promise<MasterKey | null> => {
  const existing = await readGivenKey(source);
  if (existing !== null || source.kind === 'given') return existing;
  await mkdir(dirname(source.path), { recursive: true, mode: 0o700 });
  const bytes = randomBytes(KEY_BYTES);
  const file = await open(source.path, 'wx', 0o600);
  try {
    await file.writeFile(`${bytes.toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const folder = await open(dirname(source.path), 'r');
  await folder.sync().finally(() => folder.close());
  return { id: keyId(bytes), bytes };
};
