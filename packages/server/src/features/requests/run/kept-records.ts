// Records of destruction in a folder apart from store and backups: a restore reads them there, so that what was destroyed after a
// backup was made does not come back with it.
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { signedDestruction, signedText, toHex } from '@redthread/core/audit';
import { fail } from '@redthread/core/errors';
import { diskError } from '../../../disk/disk-error.js';
import {
  isSignedBy,
  keyStatement,
  readSigningKeys,
  sha256,
  signingKeyId,
  syncFolder,
  type Database,
} from '../../../store/index.js';

interface EndorsedKey {
  readonly v: 1;
  readonly key: string;
  readonly publicKey: string;
  readonly previous: string | null;
  readonly at: string;
  readonly endorsement: string;
}

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

/** Writes those that are not there yet. Answers how many there are. Errors: DISK_FULL, those of the file system. */
export const keepRecords = async (db: Kysely<Database>, folder: string): Promise<number> => {
  const rows = await db.selectFrom('destructions').selectAll().orderBy('number').execute();
  if (rows.length === 0) return 0;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const there = new Set(await readdir(folder));
  const missing = rows.filter((row) => !there.has(nameOf({ agencyId: row.agency_id, number: row.number })));
  if (missing.length === 0) return rows.length;
  const keys = (await readSigningKeys(db)).map((one) => ({
    ...keyStatement(one),
    endorsement: one.endorsement.toString('hex'),
  }));
  for (const row of missing) {
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
    await writeRecord(join(folder, nameOf(kept)), kept);
  }
  await syncFolder(folder);
  return rows.length;
};

const writeRecord = async (path: string, kept: KeptRecord): Promise<void> => {
  const unfinished = `${path}.part`;
  try {
    const file = await open(unfinished, 'w', 0o600);
    await file
      .writeFile(`${JSON.stringify(kept)}\n`)
      .then(() => file.sync())
      .finally(() => file.close());
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw diskError(error, path);
  }
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
  const said = JSON.parse(kept.record) as RecordText & { readonly id: string; readonly number: number };
  const key = known.get(said.key);
  if (key === undefined || !isSignedBy(key, signedDestruction(kept.record), Buffer.from(kept.signature, 'hex')))
    return 'it is not signed by a key of this store';
  const isWhole =
    toHex(sha256(kept.record)) === kept.digest &&
    key.toString('hex') === kept.publicKey &&
    said.id === kept.id &&
    said.number === kept.number &&
    said.agency.id === kept.agencyId &&
    said.case.id === kept.caseId &&
    (said.exhibit?.id ?? null) === kept.exhibitId;
  return isWhole ? null : 'it stands for another destruction';
};

/** What a restore needs of the text of a record. */
export interface RecordText {
  readonly key: string;
  readonly agency: { readonly id: string };
  readonly case: { readonly id: string; readonly reference: string };
  readonly exhibit: { readonly id: string; readonly reference: string } | null;
  readonly request: {
    readonly number: string;
    readonly reason: string;
    readonly askedBy: string;
    readonly confirmedBy: string;
  };
  readonly destroyed: { readonly files: number };
}
