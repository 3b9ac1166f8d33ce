// Records of destruction in a folder apart from store and backups: a restore reads them there, so that what was destroyed after a
// backup was made does not come back with it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { signedText } from '@redthread/core/audit';
import { fail } from '@redthread/core/errors';
import { makeFolder } from '../../../app/data-folder.js';
import { FOLDER_MODE, writeWhole } from '../../../disk/whole-file.js';
import {
  endorsedKey,
  isSignedBy,
  readSigningKeys,
  signingKeyId,
  type Database,
  type EndorsedKey,
} from '../../../store/index.js';
import { faultOfRecord } from './record-text.js';

/** As `case destructions --json` prints it, with the ids of its row. */
export interface KeptRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly number: number;
  readonly caseId: string;
  readonly exhibitId: string | null;
  readonly at: string;
  readonly record: string;
  readonly digest: string;
  readonly signature: string;
  readonly publicKey: string;
  readonly keys: readonly EndorsedKey[];
}

const nameOf = ({ agencyId, number }: Pick<KeptRecord, 'agencyId' | 'number'>): string => `${agencyId}-${number}.json`;
const NAME = /^[0-9a-f-]{36}-\d+\.json$/;

/** Makes the folder if need be, and writes those that are not there yet. Answers how many there are. Errors: DISK_FULL, those of the file system. */
export const keepRecords = async (db: Kysely<Database>, folder: string): Promise<number> => {
  makeFolder(folder, FOLDER_MODE);
  const there = new Set(await readdir(folder));
  const rows = await db
    .selectFrom('destructions')
    .select(['id', 'agency_id as agencyId', 'number'])
    .orderBy('number')
    .execute();
  const missing = rows.filter((row) => !there.has(nameOf(row)));
  if (missing.length === 0) return rows.length;
  const keys = (await readSigningKeys(db)).map(endorsedKey);
  for (const { id } of missing) {
    const row = await db.selectFrom('destructions').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) continue;
    const kept: KeptRecord = {
      id: row.id,
      agencyId: row.agency_id,
      number: row.number,
      caseId: row.case_id,
      exhibitId: row.exhibit_id,
      at: row.at.toISOString(),
      record: row.record,
      digest: row.digest.toString('hex'),
      signature: row.signature.toString('hex'),
      publicKey: row.public_key.toString('hex'),
      keys,
    };
    writeWhole(join(folder, nameOf(kept)), (file) => file.write(Buffer.from(`${JSON.stringify(kept)}\n`), 0));
  }
  return rows.length;
};

/** By agency, then number. Errors: ARGUMENT_INVALID where there is no such folder, BACKUP_BROKEN for what is no record. */
export const readKeptRecords = async (folder: string): Promise<KeptRecord[]> => {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw fail('ARGUMENT_INVALID', `the folder of the records of destruction cannot be read: ${error.message}`);
  });
  const kept: KeptRecord[] = [];
  for (const name of names.filter((one) => NAME.test(one))) {
    try {
      kept.push(JSON.parse(await readFile(join(folder, name), 'utf8')) as KeptRecord);
    } catch (cause) {
      throw fail('BACKUP_BROKEN', `${join(folder, name)} is no record of destruction`, { cause });
    }
  }
  return kept.sort((a, b) => a.agencyId.localeCompare(b.agencyId) || a.number - b.number);
};

/**
 * Whether a record was signed by a key of the store, or one that a key of the store endorses, by way of others if need be: whoever
 * lays a file into the folder cannot have a case destroyed by it. Null, or what is wrong with it.
 */
export const faultOfKept = (kept: KeptRecord, ours: ReadonlyMap<string, Buffer>): string | null => {
  const known = new Map(ours);
  for (const { endorsement, ...statement } of kept.keys) {
    const publicKey = Buffer.from(statement.publicKey, 'hex');
    const by = known.get(statement.previous ?? '');
    const isEndorsed =
      by !== undefined &&
      signingKeyId(publicKey) === statement.key &&
      isSignedBy(by, signedText('key', statement), Buffer.from(endorsement, 'hex'));
    if (isEndorsed) known.set(statement.key, publicKey);
  }
  return faultOfRecord(
    {
      ...kept,
      digest: Buffer.from(kept.digest, 'hex'),
      signature: Buffer.from(kept.signature, 'hex'),
      publicKey: Buffer.from(kept.publicKey, 'hex'),
    },
    known,
  );
};
