// Verifies the vault and what refers to it: every sealed object opens under its key, holds the bytes that its name and digest
// promise, and everything that is said to be stored is there. What is broken is named, and nothing is changed.
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { isRedthreadError } from '@redthread/core/errors';
import {
  dataKeysToRead,
  ensureObjectNamer,
  kindKey,
  type Database,
  type ObjectNamer,
  type Store,
  type Trx,
} from '../../store/index.js';
import {
  countStore,
  danglingReferences,
  miscounted,
  objectsAfter,
  type StoreCounts,
  type StoredObject,
} from './queries.js';

const PAGE = 200;
const REPORTED = 1_000;

export interface Broken {
  readonly object: string;
  readonly code: string;
  readonly detail: string;
}

export interface VaultVerified {
  readonly counts: StoreCounts;
  readonly checkedObjects: number;
  readonly checkedBytes: number;
  readonly broken: readonly Broken[];
}

export interface VerifyProgress {
  readonly checked: number;
  readonly total: number;
  readonly bytes: number;
}

/** Errors: KEY_MISSING, KEY_DAMAGED, KEY_WRONG. What is broken is data, each with what to look for. */
export const verifyVault = async (
  store: Store<'worker'>,
  onProgress: (progress: VerifyProgress) => void = () => undefined,
): Promise<VaultVerified> => {
  store.keys.requireReady();
  const counts = await countStore(store.worker);
  const broken: Broken[] = [];
  const namers = new Map<string, ObjectNamer>();
  let checked = 0;
  let bytes = 0;
  for (let after = ''; ;) {
    const page = await objectsAfter(store.worker, after, PAGE);
    const keys = await keysOf(store, page);
    for (const object of page) {
      const fault = await faultOf(
        store,
        object,
        keys.get(object.media_id),
        await namerOf(store, namers, object.agency_id),
      );
      if (fault !== null) broken.push(fault);
      checked += 1;
      bytes += object.size_bytes;
      onProgress({ checked, total: counts.objects, bytes });
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.name;
  }
  broken.push(...(await faultsOfLists(store)), ...(await faultsOfRows(store.worker)));
  return { counts, checkedObjects: checked, checkedBytes: bytes, broken };
};

const namerOf = async (
  store: Store<'worker'>,
  known: Map<string, ObjectNamer>,
  agencyId: string,
): Promise<ObjectNamer> => {
  const namer =
    known.get(agencyId) ??
    (await store.worker.transaction().execute((trx) => ensureObjectNamer(trx, store.keys, agencyId)));
  known.set(agencyId, namer);
  return namer;
};

/** Keys of a page, or of each on its own when one of them does not unwrap: the others are still verified. */
const keysOf = async (store: Store<'worker'>, page: readonly StoredObject[]): Promise<Map<string, Buffer | Broken>> => {
  const ids = [...new Set(page.map(({ media_id }) => media_id))];
  const read = (some: readonly string[]): Promise<Map<string, Buffer>> =>
    store.worker.transaction().execute((trx) => dataKeysToRead(trx as Trx, store.keys, some));
  try {
    return await read(ids);
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
  }
  const keys = new Map<string, Buffer | Broken>();
  for (const id of ids) {
    try {
      for (const [media, key] of await read([id])) keys.set(media, key);
    } catch (error) {
      keys.set(id, asBroken(`media ${id}`, error));
    }
  }
  return keys;
};

const faultOf = async (
  store: Store<'worker'>,
  object: StoredObject,
  key: Buffer | Broken | undefined,
  nameOf: ObjectNamer,
): Promise<Broken | null> => {
  const title = `${object.kind} of media ${object.media_id} of ${object.agency} (${object.name})`;
  if (key === undefined) return { object: title, code: 'VAULT_CORRUPT', detail: 'no case opens it' };
  if (!Buffer.isBuffer(key)) return { ...key, object: title };
  if (nameOf(object.sha256, object.kind) !== object.name)
    return { object: title, code: 'VAULT_CORRUPT', detail: 'its name is not that of its content' };
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of store.vault.openRange(object.name, kindKey(key, object.kind))) {
      hash.update(chunk);
      size += chunk.length;
    }
    if (size !== object.size_bytes)
      return { object: title, code: 'VAULT_CORRUPT', detail: `${size} bytes instead of ${object.size_bytes}` };
    if (object.kind === 'original' && !hash.digest().equals(object.sha256))
      return { object: title, code: 'VAULT_CORRUPT', detail: 'its bytes have another SHA-256' };
    return null;
  } catch (error) {
    return asBroken(title, error);
  }
};

const asBroken = (object: string, error: unknown): Broken => {
  if (isRedthreadError(error)) return { object, code: error.code, detail: error.detail };
  return { object, code: 'VAULT_CORRUPT', detail: error instanceof Error ? error.message : String(error) };
};

/** The files of every list, whole and as its row has them. */
const faultsOfLists = async ({ lists: { folders }, worker }: Store<'worker'>): Promise<Broken[]> => {
  const rows = await worker
    .selectFrom('lists')
    .select(['id', 'agency_id', 'name', 'version', 'polarity', 'files_sha256'])
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, agency_id: agencyId, name, version, polarity, files_sha256 }) => {
    try {
      folders.of(id).verify({ id, agencyId, polarity }, files_sha256 ?? Buffer.alloc(0));
      return [];
    } catch (error) {
      return [asBroken(`list ${name} ${version} (${id})`, error)];
    }
  });
};

const faultsOfRows = async (db: Kysely<Database>): Promise<Broken[]> => [
  ...(await danglingReferences(db, REPORTED)).map(({ what, id }) => ({
    object: id,
    code: 'VAULT_MISSING',
    detail: what,
  })),
  ...(await miscounted(db)).map(({ exhibit, seen, stored }) => ({
    object: `exhibit ${exhibit}`,
    code: 'INTERNAL',
    detail: `${seen} files seen, ${stored} stored`,
  })),
];
