// The keys of cases, apart from the backup that they open: one file for all backups of a store, which holds every key that a living
// case has had, and none of a case that was destroyed.
import type { Kysely } from 'kysely';
import type { Config } from '../../app/config.js';
import type { Database, MasterKey } from '../../store/index.js';
import type { BackupPlaces } from './create.js';
import { keyNamed, readManifest, readSealed, replaceSealed } from './sealed-file.js';

export interface KeptCaseKey {
  readonly caseId: string;
  readonly generation: number;
  readonly masterKeyId: string;
  /** Hex; under the master key. */
  readonly wrapped: string;
}

/** Answers how many there are. Errors: BACKUP_BROKEN, KEY_MISSING, KEY_WRONG, DISK_FULL. */
export const keepCaseKeys = async (
  db: Kysely<Database>,
  config: Config,
  { keyFile, keys }: Pick<BackupPlaces, 'keyFile' | 'keys'>,
  about: Parameters<typeof replaceSealed>[2],
): Promise<number> => {
  const earlier = await readCaseKeys(config, keys, keyFile ?? undefined);
  const rows = await db.selectFrom('case_keys').select(['case_id', 'generation', 'master_key_id', 'wrapped']).execute();
  const living = rows.filter(({ wrapped }) => wrapped.length > 0);
  const cases = new Set(living.map(({ case_id }) => case_id));
  const all = new Map<string, KeptCaseKey>();
  const add = (key: KeptCaseKey): void => void all.set(`${key.caseId} ${key.generation} ${key.masterKeyId}`, key);
  for (const key of earlier ?? []) if (cases.has(key.caseId)) add(key);
  for (const { case_id, generation, master_key_id, wrapped } of living)
    add({ caseId: case_id, generation, masterKeyId: master_key_id, wrapped: wrapped.toString('hex') });
  await replaceSealed(keys, 'keys.json', about, async (to) => {
    for (const key of all.values()) await to.write(key);
  });
  return all.size;
};

/** Null: none are there. Errors: BACKUP_BROKEN, KEY_MISSING, KEY_WRONG. */
export const readCaseKeys = async (
  config: Config,
  folder: string,
  keyFile: string | undefined,
): Promise<KeptCaseKey[] | null> => {
  const manifest = await readManifest(folder, 'keys.json');
  if (manifest === null) return null;
  const under: MasterKey = await keyNamed(config, manifest.underKeyId, keyFile);
  const keys: KeptCaseKey[] = [];
  for await (const line of readSealed(folder, 'keys.json', manifest, under)) keys.push(line as KeptCaseKey);
  return keys;
};
