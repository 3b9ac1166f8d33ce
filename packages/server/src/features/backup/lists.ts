// The files of lists in a backup. They lie open in the store, and here under a key of their own that is wrapped under that of the backup. A version
// never changes: what is kept under the same key is not copied again.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { isRedthreadError } from '@redthread/core/errors';
import { diskError } from '../../disk/disk-error.js';
import { FILE_MODE, FOLDER_MODE } from '../../disk/whole-file.js';
import {
  newKey,
  ObjectReader,
  StreamSealer,
  syncFile,
  syncFolder,
  unwrapKey,
  wrapKey,
  type Database,
  type KnownLists,
  type MasterKey,
} from '../../store/index.js';
import { writeText } from './sealed-file.js';

export interface KeptList {
  /** Id of the version. */
  readonly list: string;
  /** Hex, as its row has it. */
  readonly checksum: string;
}

/** Of a file in the folder of a version. The note lies open: whoever writes to the folder of backups chooses what it names. */
const isWithin = (path: string): boolean =>
  !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const Sealed = z.object({
  underKeyId: z.string(),
  wrapped: z.string(),
  checksum: z.string(),
  /** Paths in the folder of the version; each is sealed under its place in here. */
  files: z.array(z.string().refine(isWithin)).readonly(),
});
type Sealed = Readonly<z.infer<typeof Sealed>>;

const NOTE = 'list.json';
const PART = '.part';
const folderOf = (folder: string, id: string): string => join(folder, 'lists', id);
const purposeOf = (id: string) => ({ purpose: 'backup', key: `list ${id}` }) as const;
const sealedName = (index: number): string => `${index}.sealed`;

export const listsOf = async (db: Kysely<Database>): Promise<KeptList[]> => {
  // In a store that is not up to date yet they lie in rows, and there is no such column.
  const { rows } = await sql<KeptList>`select id as list, substr(checksum, 3) as checksum
    from (select id, to_jsonb(lists) ->> 'files_sha256' as checksum from lists) l where checksum is not null order by id`.execute(
    db,
  );
  return rows;
};

/** Null where there is none that could be one. */
const readSealedList = async (folder: string, id: string): Promise<Sealed | null> => {
  try {
    return Sealed.parse(JSON.parse(await readFile(join(folderOf(folder, id), NOTE), 'utf8')));
  } catch {
    return null;
  }
};

/** False: its files are not in the store. Errors: DISK_FULL. */
export const keepList = async (
  folder: string,
  { folders }: KnownLists,
  under: MasterKey,
  { checksum, list }: KeptList,
): Promise<boolean> => {
  const kept = await readSealedList(folder, list);
  if (kept?.underKeyId === under.id && kept.checksum === checksum) return true;
  const place = folderOf(folder, list);
  const making = `${place}${PART}`;
  const source = folders.of(list);
  try {
    if (source.checksum().toString('hex') !== checksum) return false;
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { recursive: true, mode: FOLDER_MODE });
    const key = newKey();
    const files = source.files();
    for (const [index, file] of files.entries())
      await seal(join(source.path, file), join(making, sealedName(index)), key);
    const wrapped = wrapKey(under.bytes, key, purposeOf(list)).toString('hex');
    writeText(
      join(making, NOTE),
      `${JSON.stringify({ underKeyId: under.id, wrapped, checksum, files } satisfies Sealed)}\n`,
    );
    await rm(place, { recursive: true, force: true });
    await rename(making, place);
    await syncFolder(dirname(place));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw diskError(error, making);
  }
};

const seal = async (from: string, to: string, key: Buffer): Promise<void> => {
  const sealer = new StreamSealer(to, key);
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: 2 ** 20 })) await sealer.write(chunk as Buffer);
    await sealer.finish(to);
    await syncFile(to);
  } catch (error) {
    await sealer.abort().catch(() => undefined);
    throw error;
  }
};

/** Takes away what is of no list of the backup. */
export const dropOtherLists = async (folder: string, kept: readonly KeptList[]): Promise<void> => {
  const ids = new Set(kept.map(({ list }) => list));
  for (const name of await readdir(join(folder, 'lists')).catch(() => []))
    if (!ids.has(name)) await rm(join(folder, 'lists', name), { recursive: true, force: true });
};

/** What does not hold of a list of the backup; null: all does. */
export const faultOfList = async (
  folder: string,
  under: MasterKey,
  { checksum, list }: KeptList,
): Promise<string | null> => {
  const kept = await readSealedList(folder, list);
  if (kept === null) return 'its files are gone';
  if (kept.checksum !== checksum) return 'its files are those of another version';
  try {
    for (const [index] of kept.files.entries()) for await (const _ of opened(folder, list, kept, under, index));
    return null;
  } catch (error) {
    if (isRedthreadError(error)) return error.detail;
    throw error;
  }
};

async function* opened(
  folder: string,
  id: string,
  { wrapped }: Sealed,
  under: MasterKey,
  index: number,
): AsyncGenerator<Buffer, void, void> {
  const key = unwrapKey(under.bytes, Buffer.from(wrapped, 'hex'), purposeOf(id));
  const name = sealedName(index);
  const reader = await ObjectReader.open(join(folderOf(folder, id), name), `list ${id}, ${name}`, key);
  try {
    yield* reader.range();
  } finally {
    await reader.close();
  }
}

/** Puts the files of a list back, unless they are there. False: the backup does not hold them. Errors: VAULT_CORRUPT, DISK_FULL. */
export const putListBack = async (
  folder: string,
  { folders }: KnownLists,
  under: MasterKey,
  { checksum, list }: KeptList,
): Promise<boolean> => {
  if (folders.ids().includes(list) && isOf(folders.of(list), checksum)) return true;
  const kept = await readSealedList(folder, list);
  if (kept?.checksum !== checksum) return false;
  const target = folders.build(list);
  try {
    for (const [index, file] of kept.files.entries()) {
      const path = join(target.path, file);
      await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
      await pipeline(
        Readable.from(opened(folder, list, kept, under, index)),
        createWriteStream(path, { mode: FILE_MODE }),
      );
      await syncFile(path);
    }
  } catch (error) {
    throw diskError(error, target.path);
  }
  // What the note says of itself is no proof: those of another list lie there under a key that opens too.
  if (!isOf(target, checksum)) {
    await rm(target.path, { recursive: true, force: true });
    return false;
  }
  folders.publish(list);
  return true;
};

const isOf = (version: ReturnType<KnownLists['folders']['of']>, checksum: string): boolean => {
  try {
    return version.checksum().toString('hex') === checksum;
  } catch {
    return false;
  }
};
