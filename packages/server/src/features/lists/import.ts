// Imports a list, as a whole or not at all: its files are made first, and looked up in; the row that names them comes last, with the media that stand on
// it. Until then nothing counts, and what a kill leaves is taken away by the next import.
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { List, ListPreview } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Database, type KnownLists, type Store, type Trx } from '../../store/index.js';
import { checkedName, checkedReference } from '../../app/reference.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { requireHandling } from '../handling/index.js';
import { operationByReference } from '../operations/index.js';
import { fileAt, type ListFile } from './list-files.js';
import { gatherFiles, type FilesToGather, type Gathered } from './gather-files.js';
import { whileMaking } from './making.js';
import { requireToCome } from './expire.js';
import { listById } from './own-list.js';
import { previewOf, versionName } from './preview.js';
import { insertList, versionCounts, versionOf } from './queries.js';

/** What is said of a list that comes in. */
export interface ListDescription {
  readonly name: string;
  readonly polarity: List['polarity'];
  /** What the file names, or 1. */
  readonly version?: string | undefined;
  /** Whose list it is. */
  readonly owner?: string | undefined;
  /** The version that the files are applied to: additions and what was taken back since. */
  readonly onto?: string | undefined;
  /** That version ends in the moment in which this one comes; else both count. */
  readonly endsOnto?: boolean | undefined;
  /** Reference of the operation whose members may use it. */
  readonly shareWith?: string | undefined;
  readonly expiresAt?: Date | undefined;
  /** TLP:AMBER unless given. */
  readonly handling?: string | undefined;
}

export interface ListImport extends ListDescription, Omit<FilesToGather, 'files' | 'polarity'> {
  /** Paths, or bytes that lie in no file of their own. */
  readonly files: readonly (string | ListFile)[];
  /** What else is written in the transaction in which it counts from then on. */
  readonly also?: (
    trx: Transaction<Database>,
    list: { readonly id: string; readonly entries: number },
  ) => Promise<void>;
}

/**
 * Errors: ARGUMENT_INVALID, FORBIDDEN, READ_ONLY, SOURCE_UNREADABLE, LIST_INVALID, LIST_FORMAT_UNKNOWN, LIST_POLARITY_REFUSED, ALREADY_EXISTS,
 * NOT_FOUND, DISK_FULL.
 */
export const importList = async (store: Store<'app' | 'worker'>, ctx: Context, input: ListImport): Promise<List> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  checkDescription(input);
  const place = await withContext(store.app, ctx, (trx) => placeOf(trx, input), { access: 'read only' });
  const id = randomUUID();
  await whileMaking(store, id, async () => {
    const gathered = await gatherVersion(store.lists, ctx, id, place, input);
    store.lists.folders.publish(id);
    const sourceNames = input.files.map((file) => basename(fileOf(file).name));
    await store.worker.transaction().execute(async (trx) => {
      await countVersion(trx, store, ctx, { id, place, input, gathered, sourceNames });
      await input.also?.(trx, { id, entries: gathered.counts.entries });
    });
  });
  return withContext(store.app, ctx, (trx) => listById(trx, input.name, id));
};

const fileOf = (file: string | ListFile): ListFile => (typeof file === 'string' ? fileAt(file) : file);

/** Reads it as an import would, and keeps nothing. Errors: those of an import. */
export const previewImport = async (
  store: Store<'app' | 'worker'>,
  ctx: Context,
  input: ListImport,
): Promise<ListPreview> => {
  requireRight(ctx, 'import lists');
  checkDescription(input);
  const { place, ontoCounts } = await withContext(
    store.app,
    ctx,
    async (trx) => ({
      place: await placeOf(trx, input),
      ontoCounts: input.onto !== undefined && (await versionCounts(trx, input.name, input.onto)),
    }),
    { access: 'read only' },
  );
  const id = randomUUID();
  let preview: ListPreview | undefined;
  await whileMaking(store, id, async () => {
    const { header, notes, ...gathered } = await gatherVersion(store.lists, ctx, id, place, input);
    preview = previewOf(input, { header, notes: notes.all(), ...gathered }, ontoCounts);
    store.lists.folders.remove(id);
  });
  if (preview === undefined) throw fail('INTERNAL', 'nothing was read');
  return preview;
};

/** From the commit of this transaction on the version counts, and whoever holds something that it names is told. Errors: ALREADY_EXISTS. */
export const countVersion = async (
  trx: Transaction<Database>,
  { config, lists }: Pick<Store<'worker'>, 'config' | 'lists'>,
  ctx: Context,
  version: NewVersion,
): Promise<void> => {
  const { id, place, input } = version;
  const name = await putRow(trx, ctx, version);
  if (input.endsOnto === true && place.ontoId !== null) await endReplaced(trx, ctx, place.ontoId, name);
  await lists.markAll(trx, { id, agencyId: ctx.actor.agencyId });
  await sql`select set_floods_aside(${config.floodFiles}, ${id}::uuid, null)`.execute(trx);
  await sql`select tell_of_list(${id}::uuid, 'list-hits')`.execute(trx);
};

const endReplaced = async (trx: Transaction<Database>, ctx: Context, id: string, by: string): Promise<void> => {
  const ended = await trx
    .updateTable('lists')
    .set({ expires_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('agency_id', '=', ctx.actor.agencyId)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`now()`)]))
    .returning(['name', 'version'])
    .executeTakeFirst();
  if (ended === undefined) return;
  await audit(trx, ctx, {
    type: 'list-withdraw',
    object: { kind: 'list', id },
    detail: { ...ended, reason: `version ${by} takes its place` },
  });
};

const exists = (name: string, version: string): Error =>
  fail('ALREADY_EXISTS', saying`list ${name} version ${version}`);

export const checkDescription = (input: ListDescription): void => {
  checkedName('name', input.name);
  if (input.version !== undefined) checkedReference('list-version', input.version);
  if (input.owner !== undefined) checkedName('owner', input.owner);
  if (input.expiresAt !== undefined) requireToCome(input.expiresAt, 'expires');
  if (input.endsOnto === true && input.onto === undefined)
    throw fail('ARGUMENT_INVALID', 'it is applied to no version that could end: name that with onto', {
      pointer: 'onto',
    });
};

/** What the importer sees that the list belongs to. */
export interface Place {
  readonly operationId: string | null;
  readonly ontoId: string | null;
}

/** Errors: NOT_FOUND, HANDLING_UNKNOWN, ALREADY_EXISTS. */
export const placeOf = async (trx: Trx, input: ListDescription): Promise<Place> => {
  const { handling = 'TLP:AMBER', name, onto, shareWith, version } = input;
  const operationId = shareWith === undefined ? null : await operationByReference(trx, shareWith);
  if (shareWith !== undefined && operationId === null)
    throw fail('NOT_FOUND', 'an operation of this reference: see redthread operation list', { pointer: 'share' });
  await requireHandling(trx, handling);
  if (version !== undefined && (await versionOf(trx, name, version)) !== null) throw exists(name, version);
  const ontoId = onto === undefined ? null : await versionOf(trx, name, onto);
  if (onto !== undefined && ontoId === null)
    throw fail('NOT_FOUND', saying`version ${onto} of list ${name}: see redthread list show ${name}`);
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
    return await gatherFiles({ ...input, files: input.files.map(fileOf) }, { folder: folders.build(id), list, onto });
  } finally {
    onto?.close();
  }
};

export interface NewVersion {
  readonly id: string;
  readonly place: Place;
  readonly input: ListDescription;
  readonly gathered: Pick<Gathered, 'counts' | 'sha256'> & {
    readonly header: Pick<Gathered['header'], 'edition' | 'format'>;
    readonly notes: Pick<Gathered['notes'], 'all'>;
  };
  readonly sourceNames: readonly string[];
}

const putRow = async (
  trx: Transaction<Database>,
  ctx: Context,
  { id, place, input, gathered, sourceNames }: NewVersion,
): Promise<string> => {
  const { counts, header, notes, sha256 } = gathered;
  const { handling = 'TLP:AMBER', name, polarity } = input;
  const version = versionName(input, header);
  const isNew = await insertList(trx, {
    id,
    agency_id: ctx.actor.agencyId,
    operation_id: place.operationId,
    name,
    polarity,
    version,
    source_name: sourceNames.join(', ').slice(0, 500),
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
  return version;
};
