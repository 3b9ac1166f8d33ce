// A list comes in over the API: said what it is, sent in parts, read in a child of its own, shown as it was read, and counted only when somebody says so.
// Each step may be asked for again; whoever comes back goes on where it was.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  LIST_PART_BYTES,
  ListPlan,
  type ListUpload,
  type ListUploadBegin,
  type ListUploadRead,
  type ListUploadState,
  type OpenedPackage,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import { lockName, withContext, type Store, type Trx } from '../../../store/index.js';
import { LIST_FORMATS, type ListFormat } from '../../../formats/lists/index.js';
import { requireRight } from '../../accounts/index.js';
import { requireWritable } from '../../cases/index.js';
import { checkDescription, placeOf, type ListDescription } from '../import.js';
import { asUpload, readUpload, readUploads, type UploadRow } from './rows.js';
import { ListUploadFiles } from './upload-files.js';

/** What the server asks of the intake, which alone may write lists. Plain data: it crosses a process border. */
export interface ListOrder {
  readonly op: 'look-at-lists';
}

/** Errors: INTAKE_UNAVAILABLE. */
export interface ListDoor {
  ask(order: ListOrder): Promise<null>;
}

export const describedIn = ({ expiresAt, ...plan }: ListPlan): ListDescription => ({
  ...plan,
  expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
});

/** Errors: FORBIDDEN, READ_ONLY, ARGUMENT_INVALID, NOT_FOUND, HANDLING_UNKNOWN, ALREADY_EXISTS, QUOTA_EXCEEDED. */
export const beginListUpload = (
  store: Store,
  ctx: Context,
  keyId: string | null,
  { files, plan }: ListUploadBegin,
): Promise<ListUpload> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return withContext(store.app, ctx, async (trx) => {
    const place = await checkedPlace(trx, plan);
    await requireRoom(trx, store, ctx, sizeBytes);
    const { id } = await trx
      .insertInto('list_uploads')
      .values({
        agency_id: ctx.actor.agencyId,
        user_id: ctx.actor.userId,
        login: ctx.actor.login,
        key_id: keyId,
        plan: JSON.stringify(plan),
        operation_id: place.operationId,
        onto_id: place.ontoId,
        files: JSON.stringify(files.map(({ name, sizeBytes: bytes }) => ({ name, sizeBytes: bytes, received: 0 }))),
        size_bytes: sizeBytes,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return asUpload(await heldUpload(trx, id));
  });
};

/** The actor's own, newest first. Errors: FORBIDDEN. */
export const listUploads = async (store: Store, ctx: Context): Promise<ListUpload[]> => {
  requireRight(ctx, 'import lists');
  return (await withContext(store.app, ctx, readUploads, { access: 'read only' })).map(asUpload);
};

/** Errors: FORBIDDEN, NOT_FOUND. */
export const showListUpload = async (store: Store, ctx: Context, id: string): Promise<ListUpload> => {
  requireRight(ctx, 'import lists');
  const row = await withContext(store.app, ctx, (trx) => readUpload(trx, id, { isHeld: false }), {
    access: 'read only',
  });
  if (row === null) throw nobodys();
  return asUpload(row);
};

export interface ListPart {
  readonly file: number;
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** SHA-256 that came with the bytes. */
  readonly digest: Buffer;
}

/**
 * The next bytes of a file; those that are here already are taken for said twice. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LIST_NOT_READY,
 * CHUNK_SIZE_WRONG, CHUNK_DIGEST_WRONG, LIST_PART_MISPLACED, DISK_FULL.
 */
export const takeListPart = async (store: Store, ctx: Context, id: string, part: ListPart): Promise<void> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  const { bytes, digest, file: index, offset } = part;
  if (bytes.length === 0 || bytes.length > LIST_PART_BYTES)
    throw fail('CHUNK_SIZE_WRONG', saying`${bytes.length} bytes, and a part is 1 to ${LIST_PART_BYTES}`);
  if (!createHash('sha256').update(bytes).digest().equals(digest))
    throw fail('CHUNK_DIGEST_WRONG', saying`bytes from ${offset} on`);
  await withContext(store.app, ctx, async (trx) => {
    const row = await heldUpload(trx, id);
    const file = row.files[index];
    if (file === undefined) throw fail('NOT_FOUND', saying`file ${index} of the upload, which has ${row.files.length}`);
    const end = offset + bytes.length;
    if (end > file.sizeBytes)
      throw fail('CHUNK_SIZE_WRONG', saying`to byte ${end} of ${file.name}, which has ${file.sizeBytes}`);
    if (end <= file.received) return;
    requireState(row, ['receiving']);
    if (offset !== file.received)
      throw fail('LIST_PART_MISPLACED', saying`${file.name}: from byte ${offset} on, and ${file.received} are here`);
    await new ListUploadFiles(store.config.vaultFolder).write(id, { index, name: file.name }, offset, bytes);
    const files = row.files.map((one, at) => (at === index ? { ...one, received: end } : one));
    await change(trx, id, { files: JSON.stringify(files) });
  });
};

/**
 * Has it read, or read again otherwise than was said: nothing of it counts yet. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LIST_NOT_READY,
 * UPLOAD_INCOMPLETE, those of beginning; INTAKE_UNAVAILABLE.
 */
export const haveListRead = async (
  store: Store,
  door: ListDoor,
  ctx: Context,
  id: string,
  otherwise: ListUploadRead,
): Promise<ListUpload> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  const upload = await withContext(store.app, ctx, async (trx) => {
    const row = await heldUpload(trx, id);
    requireState(row, ['receiving', 'read', 'failed']);
    if (row.plan.isPackage && row.package === null)
      throw fail('LIST_NOT_READY', 'it is a package, which is opened first: POST /packages');
    if (row.package !== null && Object.keys(otherwise).length > 0)
      throw fail(
        'ARGUMENT_INVALID',
        'what a package is stands in it: only its code is told otherwise, when it is opened',
      );
    const missing = row.files.find(({ received, sizeBytes }) => received < sizeBytes);
    if (missing !== undefined)
      throw fail(
        'UPLOAD_INCOMPLETE',
        saying`${missing.name}: ${missing.received} of ${missing.sizeBytes} bytes are here`,
      );
    const plan = ListPlan.parse({ ...row.plan, ...otherwise });
    const place = await checkedPlace(trx, plan);
    await change(trx, id, {
      plan: JSON.stringify(plan),
      operation_id: place.operationId,
      onto_id: place.ontoId,
      state: 'waiting',
      failure: null,
    });
    return asUpload(await heldUpload(trx, id));
  });
  await door.ask({ op: 'look-at-lists' });
  return upload;
};

/** From now on it counts, once everything that is stored was looked up in it. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LIST_NOT_READY, those of beginning; INTAKE_UNAVAILABLE. */
export const haveListCount = async (store: Store, door: ListDoor, ctx: Context, id: string): Promise<ListUpload> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  const upload = await withContext(store.app, ctx, async (trx) => {
    const row = await heldUpload(trx, id);
    if (row.state === 'counting' || row.state === 'counted') return asUpload(row);
    requireState(row, ['read']);
    const shown = asUpload(row);
    const version = shown.preview?.version;
    await checkedPlace(trx, { ...row.plan, ...(version === undefined ? {} : { version }) });
    await change(trx, id, { state: 'counting', purpose: ctx.purpose, request_id: ctx.requestId });
    return { ...shown, state: 'counting' } as const;
  });
  await door.ask({ op: 'look-at-lists' });
  return upload;
};

/** Gives it up; what counts already stays. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LIST_NOT_READY while it is being counted. */
export const dropListUpload = async (store: Store, door: ListDoor, ctx: Context, id: string): Promise<void> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  await withContext(store.app, ctx, async (trx) => {
    const row = await heldUpload(trx, id);
    if (row.state === 'counting') throw notReady(row);
    await trx.deleteFrom('list_uploads').where('id', '=', id).execute();
  });
  await new ListUploadFiles(store.config.vaultFolder).remove(id);
  // What was made of it is the intake's to take away.
  await door.ask({ op: 'look-at-lists' }).catch(() => undefined);
};

export interface OpenedContent {
  readonly plan: ListPlan;
  readonly package: OpenedPackage;
  /** Null where it was opened before. */
  readonly content: { readonly sizeBytes: number; bytes(): AsyncIterable<Buffer> } | null;
}

/**
 * An upload of one file that holds a package: `open` checks it, and what its sender says takes the place of its bytes and of what was said of it.
 * Read from then on as any list. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LIST_NOT_READY, UPLOAD_INCOMPLETE, those of `open` and of beginning;
 * INTAKE_UNAVAILABLE.
 */
export const openAsPackage = async (
  store: Store,
  door: ListDoor,
  ctx: Context,
  id: string,
  open: (path: string, opened: OpenedPackage | null, keep: (one: OpenedContent) => Promise<void>) => Promise<void>,
): Promise<ListUpload> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  const files = new ListUploadFiles(store.config.vaultFolder);
  const before = await withContext(store.app, ctx, (trx) => heldUpload(trx, id));
  const [file] = before.files;
  if (file === undefined || before.files.length > 1)
    throw fail('ARGUMENT_INVALID', saying`a package is one file, and the upload has ${before.files.length}`);
  requireState(before, ['receiving', 'read', 'failed']);
  if (file.received < file.sizeBytes)
    throw fail('UPLOAD_INCOMPLETE', saying`${file.name}: ${file.received} of ${file.sizeBytes} bytes are here`);
  const [place] = files.filesOf(id, [file.name]);
  if (place === undefined) throw fail('INTERNAL', 'an upload without a place');
  const keep = async ({ content, package: opened, plan }: OpenedContent): Promise<void> => {
    if (content !== null) await files.writeBeside(id, content.bytes());
    await withContext(store.app, ctx, async (trx) => {
      const row = await heldUpload(trx, id);
      requireState(row, ['receiving', 'read', 'failed']);
      if ((row.package === null) !== (content !== null)) throw notReady(row);
      await checkedPlace(trx, plan);
      const said = { plan: JSON.stringify(plan), operation_id: null, onto_id: null };
      if (content === null) return change(trx, id, said);
      const { sizeBytes } = content;
      await change(trx, id, {
        ...said,
        package: JSON.stringify(opened),
        files: JSON.stringify([{ name: file.name, sizeBytes, received: sizeBytes }]),
        state: 'waiting',
        failure: null,
      });
      await files.putBeside(id, file.name);
    });
  };
  await open(place.path, before.package, keep).catch((error: unknown) => {
    if (!isRedthreadError(error)) throw error;
    // No path of the server leaves it.
    const { code, detail, pointer } = error;
    throw fail(code, detail.replaceAll(place.path, file.name), {
      cause: error,
      ...(pointer === undefined ? {} : { pointer }),
    });
  });
  await door.ask({ op: 'look-at-lists' });
  return showListUpload(store, ctx, id);
};

const checkedPlace = (trx: Trx, plan: ListPlan) => {
  const description = describedIn(plan);
  checkDescription(description);
  if (plan.format !== undefined) requireFormat(plan.format);
  return placeOf(trx, description);
};

/** Errors: ARGUMENT_INVALID. */
export const requireFormat = (format: string): ListFormat => {
  const found = LIST_FORMATS.find((one) => one === format);
  if (found === undefined)
    throw fail('ARGUMENT_INVALID', saying`format ${format}: one of ${LIST_FORMATS.join(', ')}`, { pointer: 'format' });
  return found;
};

/** Of what one person has on its way, exhibits aside; of two that begin at once the second sees the first. Errors: QUOTA_EXCEEDED. */
const requireRoom = async (trx: Trx, { config }: Store, { actor }: Context, bytes: number): Promise<void> => {
  const { openBytes } = config.uploads;
  await lockName(trx, `redthread list uploads of ${actor.userId}`);
  const { rows } = await sql<{ open: number }>`select coalesce(sum(size_bytes), 0)::bigint as open from list_uploads
    where state <> 'counted'`.execute(trx);
  const open = rows[0]?.open ?? 0;
  if (open + bytes > openBytes)
    throw fail(
      'QUOTA_EXCEEDED',
      saying`${open} bytes of lists are on their way and ${bytes} more, ${openBytes} may be`,
    );
};

const nobodys = (): Error => fail('NOT_FOUND', 'no such upload of yours');

/** Until the transaction ends nobody else changes it. Errors: NOT_FOUND. */
const heldUpload = async (trx: Trx, id: string): Promise<UploadRow> => {
  const row = await readUpload(trx, id, { isHeld: true });
  if (row === null) throw nobodys();
  return row;
};

const notReady = ({ state }: UploadRow): Error => fail('LIST_NOT_READY', saying`it is ${state}`);

const requireState = (row: UploadRow, allowed: readonly ListUploadState[]): void => {
  if (!allowed.includes(row.state)) throw notReady(row);
};

interface Change {
  readonly plan?: string;
  readonly package?: string;
  readonly operation_id?: string | null;
  readonly onto_id?: string | null;
  readonly files?: string;
  readonly state?: ListUploadState;
  readonly failure?: null;
  readonly purpose?: string | null;
  readonly request_id?: string;
}

const change = (trx: Trx, id: string, to: Change) =>
  trx
    .updateTable('list_uploads')
    .set({ ...to, touched_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
