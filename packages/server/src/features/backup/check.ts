// Verifies a backup without a store: every line under its seal, every object there with the bytes that were written, the keys of
// cases beside it. Changes nothing.
import { stat } from 'node:fs/promises';
import { fail } from '@redthread/core/errors';
import type { Config } from '../../app/config.js';
import { sha256OfFile } from '../../disk/digest.js';
import { readCaseKeys } from './case-keys.js';
import { faultOfList, type KeptList } from './lists.js';
import { pathOfKept, type KeptObject } from './objects.js';
import { keyNamed, readManifest, readSealed, type Manifest } from './sealed-file.js';

export interface BackupVerified {
  readonly id: string;
  readonly at: string;
  readonly schema: string;
  readonly masterKeyId: string;
  readonly rows: number;
  readonly objects: number;
  readonly bytes: number;
  /** Null: they were not asked for. */
  readonly caseKeys: number | null;
  /** What does not hold, a line each. */
  readonly broken: readonly string[];
}

/** Errors: BACKUP_MISSING, as `readManifest`. */
export const manifestIn = async (folder: string): Promise<Manifest> => {
  const manifest = await readManifest(folder, 'backup.json');
  if (manifest === null) throw fail('BACKUP_MISSING', `${folder} holds no backup that was finished`);
  return manifest;
};

/** Errors: BACKUP_MISSING, BACKUP_BROKEN where the rows do not open, KEY_MISSING, KEY_WRONG. */
export const verifyBackup = async (
  config: Config,
  { folder, keyFile, keys }: { readonly folder: string; readonly keys?: string; readonly keyFile?: string },
  onProgress: (objects: number) => void = () => undefined,
): Promise<BackupVerified> => {
  const manifest = await manifestIn(folder);
  const under = await keyNamed(config, manifest.underKeyId, keyFile);
  const broken: string[] = [];
  let [rows, objects, bytes, isWhole] = [0, 0, 0, false];
  for await (const line of readSealed(folder, 'backup.json', manifest, under)) {
    if (typeof line === 'string') rows += 1;
    else if (typeof line === 'object' && line !== null && 'object' in line) {
      const fault = await faultOf(folder, line as KeptObject);
      if (fault !== null) broken.push(`${(line as KeptObject).object}: ${fault}`);
      objects += 1;
      bytes += (line as KeptObject).bytes;
      onProgress(objects);
    } else if (typeof line === 'object' && line !== null && 'list' in line) {
      const fault = await faultOfList(folder, under, line as KeptList);
      if (fault !== null) broken.push(`list ${(line as KeptList).list}: ${fault}`);
    } else if (typeof line === 'object' && line !== null && 'rows' in line)
      isWhole = (line as { rows: number; objects: number }).rows === rows;
  }
  if (!isWhole) broken.push('the rows end before their end');
  const caseKeys = keys === undefined ? null : ((await readCaseKeys(config, keys, keyFile))?.length ?? null);
  if (keys !== undefined && caseKeys === null) broken.push(`${keys} holds no keys of cases`);
  const { at, id, masterKeyId, schema } = manifest;
  return { id, at, schema, masterKeyId, rows, objects, bytes, caseKeys, broken };
};

const faultOf = async (folder: string, kept: KeptObject): Promise<string | null> => {
  const path = pathOfKept(folder, kept);
  const found = await stat(path).catch(() => null);
  if (found === null) return 'it is gone';
  if (found.size !== kept.bytes) return `${found.size} bytes instead of ${kept.bytes}`;
  return (await sha256OfFile(path)) === kept.sha256 ? null : 'its bytes have another SHA-256';
};
