// Imports a list, as a whole or not at all: its files are made first, and looked up in; the row that names them comes last, with the media that stand on
// it. Until then nothing counts, and what a kill leaves is taken away by the next import.
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Database, type KnownLists, type Store, type Trx } from '../../store/index.js';
import { checkedName, checkedReference } from '../../app/reference.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { requireHandling } from '../handling/index.js';
import { operationByReference } from '../operations/index.js';
import type { VersionFolders } from '../../lists/index.js';
import { gatherFiles, type FilesToGather, type Gathered } from './gather-files.js';
import { requireToCome } from './expire.js';
import { listById } from './own-list.js';
import { insertList, versionOf } from './queries.js';

export interface ListImport extends FilesToGather {
  readonly name: string;
  /** What the file names, or 1. */
  readonly version?: string | undefined;
  /** Whose list it is. */
  readonly owner?: string | undefined;
  /** The version that the files are applied to: additions and what was taken back since. */
  readonly onto?: string | undefined;
  /** Reference of the operation whose members may use it. */
  readonly shareWith?: string | undefined;
  readonly expiresAt?: Date | undefined;
  /** TLP:AMBER unless given. */
  readonly handling?: string | undefined;
}

/**
 * Errors: ARGUMENT_INVALID, FORBIDDEN, READ_ONLY, SOURCE_UNREADABLE, LIST_INVALID, LIST_FORMAT_UNKNOWN, LIST_POLARITY_REFUSED, ALREADY_EXISTS,
 * NOT_FOUND, DISK_FULL.
 */
export const importList = async (store: Store<'app' | 'worker'>, ctx: Context, input: ListImport): Promise<List> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  checkInput(input);
  const place = await withContext(store.app, ctx, (trx) => placeOf(trx, input), { access: 'read only' });
  const id = randomUUID();
  await whileMaking(store, id, async () => {
    const gathered = await gatherVersion(store.lists, ctx, id, place, input);
    store.lists.folders.publish(id);
    await store.worker.transaction().execute(async (trx) => {
      await putRow(trx, ctx, { id, place, input, gathered });
      await store.lists.markAll(trx, { id, agencyId: ctx.actor.agencyId });
      await sql`select tell_of_list(${id}::uuid, 'list-hits')`.execute(trx);
    });
  });
  return withContext(store.app, ctx, (trx) => listById(trx, input.name, id));
};

const exists = (name: string, version: string): Error => fail('ALREADY_EXISTS', `list ${name} version ${version}`);

const checkInput = (input: ListImport): void => {
  checkedName('name', input.name);
  if (input.version !== undefined) checkedReference('list-version', input.version);
  if (input.owner !== undefined) checkedName('owner', input.owner);
  if (input.expiresAt !== undefined) requireToCome(input.expiresAt, 'expires');
};

/** What the importer sees that the list belongs to. */
interface Place {
  readonly operationId: string | null;
  readonly ontoId: string | null;
}

const placeOf = async (trx: Trx, input: ListImport): Promise<Place> => {
  const { handling = 'TLP:AMBER', name, onto, shareWith, version } = input;
  const operationId = shareWith === undefined ? null : await operationByReference(trx, shareWith);
  if (shareWith !== undefined && operationId === null) throw fail('NOT_FOUND', `operation ${shareWith}`);
  await requireHandling(trx, handling);
  if (version !== undefined && (await versionOf(trx, name, version)) !== null) throw exists(name, version);
  const ontoId = onto === undefined ? null : await versionOf(trx, name, onto);
  if (onto !== undefined && ontoId === null)
    throw fail('NOT_FOUND', `version ${onto} of list ${name}: see redthread list show ${name}`);
  return { operationId, ontoId };
};

const gatherVersion = async (
  { folders }: KnownLists,
  { actor }: Context,
  id: string,
  { ontoId }: Place,
  input: ListImport,
): Promise<Gathered> => {
  const onto = ontoId === null ? null : folders.of(ontoId).openEntries();
  try {
    const list = { id, agencyId: actor.agencyId, polarity: input.polarity };
    return await gatherFiles(input, { folder: folders.build(id), list, onto });
  } finally {
    onto?.close();
  }
};

interface NewVersion {
  readonly id: string;
  readonly place: Place;
  readonly input: ListImport;
  readonly gathered: Gathered;
}

const putRow = async (
  trx: Transaction<Database>,
  ctx: Context,
  { id, place, input, gathered }: NewVersion,
): Promise<void> => {
  const { counts, header, notes, sha256 } = gathered;
  const { handling = 'TLP:AMBER', name, polarity } = input;
  const version = input.version ?? checkedReference('list-version', header.edition ?? '1');
  const isNew = await insertList(trx, {
    id,
    agency_id: ctx.actor.agencyId,
    operation_id: place.operationId,
    name,
    polarity,
    version,
    source_name: input.files
      .map((file) => basename(file))
      .join(', ')
      .slice(0, 500),
    source_sha256: sha256,
    entry_count: counts.digests,
    item_count: counts.entries,
    files_sha256: counts.checksum,
    handling,
    expires_at: input.expiresAt ?? null,
    created_by: ctx.actor.userId,
    format: header.format,
    owner: input.owner ?? null,
    notes: JSON.stringify(notes.all()),
    onto_id: place.ontoId,
  });
  if (!isNew) throw exists(name, version);
  await audit(trx, ctx, {
    type: 'list-import',
    object: { kind: 'list', id },
    detail: { name, version, polarity, entries: counts.digests, sha256: sha256.toString('hex') },
  });
};

const lockOf = (id: string) => sql`hashtextextended(${`redthread list ${id}`}, 0)`;

/** Holds the id as one whose files are of no row yet, and takes them away where `make` fails; first those of imports that were killed. */
const whileMaking = (
  { lists: { folders }, worker }: Store<'worker'>,
  id: string,
  make: () => Promise<void>,
): Promise<void> =>
  worker.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${lockOf(id)})`.execute(session);
    try {
      for (const left of folders.ids()) await removeIfLeft(session, folders, left);
      await make();
    } catch (error) {
      // A database that does not answer now may have the row: the next import looks again.
      await removeIfLeft(session, folders, id).catch(() => undefined);
      throw error;
    } finally {
      await sql`select pg_advisory_unlock(${lockOf(id)})`.execute(session);
    }
  });

/** Of no row, and made by nobody: whoever makes one holds its lock until its row is there. */
const removeIfLeft = async (session: Kysely<Database>, folders: VersionFolders, id: string): Promise<void> => {
  const locked = await sql<{ is: boolean }>`select pg_try_advisory_lock(${lockOf(id)}) as is`.execute(session);
  if (locked.rows[0]?.is !== true) return;
  try {
    // Asked once the lock is ours: before that the row may be on its way.
    const { rows } = await sql`select from lists where id = ${id}::uuid`.execute(session);
    if (rows.length === 0) folders.remove(id);
  } finally {
    await sql`select pg_advisory_unlock(${lockOf(id)})`.execute(session);
  }
};
