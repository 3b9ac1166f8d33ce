// A file of a backup: lines of JSON under the seal of the vault (chunks of AES-256-GCM, so that it cannot be cut off, changed or
// reordered), and the manifest that names it and holds its key, wrapped. A manifest takes the place of the one before it as a whole.
import { hkdfSync, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, isRedthreadError } from '@redthread/core/errors';
import type { Config } from '../../app/config.js';
import { makeFolder } from '../../app/data-folder.js';
import { diskError } from '../../disk/disk-error.js';
import { FOLDER_MODE, writeWhole } from '../../disk/whole-file.js';
import {
  newKey,
  ObjectReader,
  readKeyFile,
  readMasterKeys,
  StreamSealer,
  syncFile,
  unwrapKey,
  wrapKey,
  type MasterKey,
} from '../../store/index.js';

export type ManifestName = 'backup.json' | 'keys.json';

export interface Manifest {
  readonly form: 'redthread backup v1';
  readonly id: string;
  readonly at: string;
  /** Name of the last migration of the store. */
  readonly schema: string;
  readonly file: string;
  /** Id of the key that opens it, and the key of the file, wrapped under that one, in hex. */
  readonly underKeyId: string;
  readonly wrapped: string;
  /** Id of the master key that the store lies under. */
  readonly masterKeyId: string;
}

const PART = '.part';
const purposeOf = (id: string) => ({ purpose: 'backup', key: id }) as const;
const sealingKey = (key: Buffer, name: ManifestName): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `redthread backup v1 ${name}`, 32));

/** A folder that takes a backup. Errors: ARGUMENT_INVALID, DISK_FULL. */
export const makeBackupFolder = (folder: string): void => {
  try {
    makeFolder(folder, FOLDER_MODE);
  } catch (error) {
    const known = diskError(error, folder);
    throw isRedthreadError(known) ? known : fail('ARGUMENT_INVALID', `${folder}: ${(error as Error).message}`);
  }
};

export interface LineWriter {
  /** A record of its own. */
  write(value: unknown): Promise<void>;
}

const BUFFERED_CHARACTERS = 256 * 1024;

/**
 * Writes a sealed file with what `fill` writes, and only when all of it is on the disk lets the manifest name it; then the file
 * before it goes. Interrupted at any point, the folder holds what it held before. Errors: DISK_FULL, and those of `fill`.
 */
export const replaceSealed = async (
  folder: string,
  name: ManifestName,
  about: { readonly schema: string; readonly masterKeyId: string; readonly under: MasterKey },
  fill: (to: LineWriter) => Promise<void>,
): Promise<Manifest> => {
  const [id, key] = [randomUUID(), newKey()];
  const file = `${name.replace('.json', '')}-${id}.sealed`;
  const path = join(folder, file + PART);
  const sealer = new StreamSealer(path, sealingKey(key, name));
  try {
    let [pending, characters]: [string[], number] = [[], 0];
    const flush = async (): Promise<void> => {
      await sealer.write(Buffer.from(pending.join('')));
      [pending, characters] = [[], 0];
    };
    await fill({
      write: async (value) => {
        const line = `${JSON.stringify(value)}\n`;
        pending.push(line);
        characters += line.length;
        if (characters > BUFFERED_CHARACTERS) await flush();
      },
    });
    await flush();
    await sealer.finish(file);
    await syncFile(path);
    await rename(path, join(folder, file));
  } catch (error) {
    await sealer.abort().catch(() => undefined);
    throw diskError(error, folder);
  }
  const manifest: Manifest = {
    form: 'redthread backup v1',
    id,
    at: new Date().toISOString(),
    schema: about.schema,
    file,
    underKeyId: about.under.id,
    wrapped: wrapKey(about.under.bytes, key, purposeOf(id)).toString('hex'),
    masterKeyId: about.masterKeyId,
  };
  writeText(join(folder, name), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const old of await readdir(folder))
    if (/\.sealed(\.part)?$/.test(old) && old !== file && old.startsWith(name.replace('.json', '-')))
      await rm(join(folder, old), { force: true });
  return manifest;
};

/** Text as a whole file. Errors: DISK_FULL, those of the file system. */
export const writeText = (path: string, text: string): void =>
  writeWhole(path, (file) => file.write(Buffer.from(text), 0));

/** Null: none is there. Errors: BACKUP_BROKEN. */
export const readManifest = async (folder: string, name: ManifestName): Promise<Manifest | null> => {
  const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.form === 'redthread backup v1' && /^[\w.-]+$/.test(manifest.file)) return manifest;
  } catch {
    // Said below.
  }
  throw fail('BACKUP_BROKEN', `${join(folder, name)} is no manifest of a backup of this form`);
};

/** The key of this id: the one that is given, or one of the master keys. Errors: KEY_MISSING, KEY_WRONG, ARGUMENT_INVALID. */
export const keyNamed = async (config: Config, id: string, keyFile: string | undefined): Promise<MasterKey> => {
  const given = [...(keyFile === undefined ? [] : [await readKeyFile(keyFile)]), ...(await readMasterKeys(config))];
  const keys = given.filter((key): key is MasterKey => key !== null && !('flaw' in key));
  const found = keys.find((key) => key.id === id);
  if (found !== undefined) return found;
  const [other] = keys;
  if (other !== undefined) throw fail('KEY_WRONG', `key ${id} is needed here; key ${other.id} was given`);
  throw fail('KEY_MISSING', `key ${id} is needed here, and none was given: REDTHREAD_MASTER_KEY_FILE, or --key-file`);
};

/** Its lines. Errors: BACKUP_BROKEN; VAULT_CORRUPT where the wrapped key was changed. */
export async function* readSealed(
  folder: string,
  name: ManifestName,
  manifest: Manifest,
  under: MasterKey,
): AsyncGenerator<unknown, void, void> {
  try {
    const key = unwrapKey(under.bytes, Buffer.from(manifest.wrapped, 'hex'), purposeOf(manifest.id));
    const reader = await ObjectReader.open(join(folder, manifest.file), manifest.file, sealingKey(key, name));
    try {
      const rest: Buffer[] = [];
      for await (const chunk of reader.range()) {
        let from = 0;
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
          rest.push(chunk.subarray(from, at));
          yield JSON.parse(Buffer.concat(rest).toString('utf8'));
          rest.length = 0;
          from = at + 1;
        }
        rest.push(Buffer.from(chunk.subarray(from)));
      }
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (isRedthreadError(error) && ['VAULT_CORRUPT', 'VAULT_MISSING'].includes(error.code))
      throw fail('BACKUP_BROKEN', `${join(folder, manifest.file)}: ${error.detail}`, { cause: error });
    throw error;
  }
}
