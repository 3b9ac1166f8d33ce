// Takes a package in, once: it becomes a list of its sender's, so that what it says is what others said and never that somebody here has looked.
import { basename } from 'node:path';
import { sql, type RawBuilder } from 'kysely';
import {
  ListPlan,
  type Acknowledgement,
  type ListUpload,
  type OpenedPackage,
  type PackageManifest,
  type PackageOpen,
  type PackageReceipt,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { acknowledgement } from '../../formats/package/manifest.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { handlingRules } from '../exchange/index.js';
import { hasCode } from '../handling/index.js';
import { importList, openAsPackage, type ListDoor, type TakeInPackage } from '../lists/index.js';
import { withPackage, type CheckedPackage } from './check.js';
import { ownKeys, type OwnKeys } from './keys.js';

export interface PackageImport {
  readonly path: string;
  /** Of the list; that of the package unless given. */
  readonly handling?: string | undefined;
}

export interface TakenIn {
  readonly receipt: PackageReceipt;
  /** It had come in before, and nothing was done. */
  readonly again: boolean;
  /** For the sender. */
  readonly acknowledgement: Acknowledgement;
}

const LONGEST_SENDER = 90;

/** How the list is called that a package becomes: what its sender says, and never that somebody here has looked. */
const listOf = ({ manifest: { at, id }, sender }: OpenedPackage) => ({
  name: `Package of ${[...sender].slice(0, LONGEST_SENDER).join('')}`,
  version: `${at.slice(0, 10)} ${id}`,
  polarity: 'other' as const,
  format: 'vics' as const,
  owner: sender,
});

const openedOf = ({ manifest, sender, sha256 }: CheckedPackage): OpenedPackage => ({
  manifest,
  sender: sender.name,
  sha256,
});

/** That it came in, in the transaction in which its list counts. */
export const putReceipt: TakeInPackage = async (trx, ctx, { manifest, sender, sha256 }, { entries, id: listId }) => {
  const { from, handling, id } = manifest;
  await trx
    .insertInto('package_receipts')
    .values({
      agency_id: ctx.actor.agencyId,
      sender_fingerprint: from.fingerprint,
      package_id: id,
      sender,
      file_sha256: Buffer.from(sha256, 'hex'),
      item_count: entries,
      handling,
      list_id: listId,
      imported_by: ctx.actor.userId,
      imported_login: ctx.actor.login,
    })
    .execute();
  await audit(trx, ctx, {
    type: 'package-import',
    object: { kind: 'list', id: listId },
    detail: { sender, fingerprint: from.fingerprint, package: id, items: entries, sha256 },
  });
};

const acknowledged = (own: OwnKeys, { at, items, package: id, sha256 }: PackageReceipt): Acknowledgement =>
  acknowledgement(own, { package: id, sha256, items, at, by: own.fingerprint });

/** Errors: those of `withPackage` and of an import of a list. */
export const importPackage = (
  store: Store<'app' | 'worker'>,
  ctx: Context,
  { handling, path }: PackageImport,
): Promise<TakenIn> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  return withPackage(store, ctx, path, async (checked) => {
    const { content, manifest, own } = checked;
    const opened = openedOf(checked);
    const before = await receiptOf(store, ctx, opened);
    if (before === null)
      await importList(store, ctx, {
        ...listOf(opened),
        handling: await handlingFor(store, ctx, manifest, handling),
        files: [{ path, name: basename(path), within: content }],
        also: async (trx, list) => {
          if (list.entries !== manifest.counts.media)
            throw fail(
              'PACKAGE_INVALID',
              saying`it says that it holds ${manifest.counts.media} media, and holds ${list.entries}`,
            );
          await putReceipt(trx, ctx, opened, list);
        },
      });
    const receipt = before ?? (await receiptOf(store, ctx, opened));
    if (receipt === null) throw fail('INTERNAL', 'a package came in without a receipt');
    return { receipt, again: before !== null, acknowledgement: acknowledged(own, receipt) };
  });
};

/**
 * Opens a package whose bytes were sent as an upload: nothing of it counts yet, and it is read as any list. Of one that was opened already only the code is told
 * otherwise. Errors: those of `withPackage` and of `openAsPackage`; ALREADY_EXISTS for one that came in before.
 */
export const openUpload = (
  store: Store,
  door: ListDoor,
  ctx: Context,
  { handling, upload }: PackageOpen,
): Promise<ListUpload> =>
  openAsPackage(store, door, ctx, upload, async (path, before, keep) => {
    const planOf = async (opened: OpenedPackage) =>
      ListPlan.parse({
        ...listOf(opened),
        isPackage: true,
        handling: await handlingFor(store, ctx, opened.manifest, handling),
      });
    if (before !== null) return keep({ plan: await planOf(before), package: before, content: null });
    await withPackage(store, ctx, path, async (checked) => {
      const opened = openedOf(checked);
      const receipt = await receiptOf(store, ctx, opened);
      if (receipt !== null)
        throw fail(
          'ALREADY_EXISTS',
          saying`package ${receipt.package} came in ${receipt.at}, as list ${receipt.list.name}`,
        );
      const { content } = checked;
      await keep({
        plan: await planOf(opened),
        package: opened,
        content: { sizeBytes: content.sizeBytes, bytes: () => content.range() },
      });
    });
  });

/** For its sender: that it came in, signed. Errors: FORBIDDEN, NOT_FOUND, PACKAGE_KEY_MISSING, KEY_MISSING. */
export const acknowledgeReceipt = (store: Store, ctx: Context, list: string): Promise<Acknowledgement> => {
  requireRight(ctx, 'import lists');
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const [receipt] = await readReceipts(trx, sql`r.list_id = ${list}::uuid`);
      if (receipt === undefined) throw fail('NOT_FOUND', 'no such package of your agency');
      return acknowledged(await ownKeys(store, trx, ctx), receipt);
    },
    { access: 'read only' },
  );
};

/** Errors: PACKAGE_INVALID where another file came in under its number. */
const receiptOf = async (
  store: Store,
  ctx: Context,
  { manifest, sha256 }: OpenedPackage,
): Promise<PackageReceipt | null> => {
  const ofThis = sql`r.package_id = ${manifest.id}::uuid and r.sender_fingerprint = ${manifest.from.fingerprint}`;
  const [found] = await withContext(store.app, ctx, (trx) => readReceipts(trx, ofThis), { access: 'read only' });
  if (found !== undefined && found.sha256 !== sha256)
    throw fail('PACKAGE_INVALID', saying`another file came in as package ${manifest.id}`);
  return found ?? null;
};

/** What is said here may be stricter than what the sender says, and not less so; a code that is not known here is told by whoever takes it in. */
const handlingFor = async (
  store: Store,
  ctx: Context,
  manifest: PackageManifest,
  given: string | undefined,
): Promise<string> => {
  if (given === undefined || given === manifest.handling) return manifest.handling;
  const { isKnown, strictest } = await withContext(
    store.app,
    ctx,
    async (trx) => ({
      isKnown: await hasCode(trx, manifest.handling),
      strictest: (await handlingRules(trx)).strictest([given, manifest.handling]),
    }),
    { access: 'read only' },
  );
  if (isKnown && strictest !== given)
    throw fail('ARGUMENT_INVALID', saying`its sender says ${manifest.handling}, which is stricter than ${given}`, {
      pointer: 'handling',
    });
  return given;
};

const readReceipts = async (trx: Trx, which: RawBuilder<unknown>): Promise<PackageReceipt[]> => {
  const { rows } = await sql<Omit<PackageReceipt, 'at'> & { readonly at: Date }>`
    select r.package_id as package, r.sender, r.sender_fingerprint as fingerprint, encode(r.file_sha256, 'hex') as sha256, r.item_count as items,
      r.handling, json_build_object('id', l.id, 'name', l.name, 'version', l.version) as list, r.imported_login as by, r.imported_at as at
    from package_receipts r join lists l on l.id = r.list_id
    where ${which} order by r.imported_at desc, r.package_id`.execute(trx);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
};

/** What came in, newest first. Errors: FORBIDDEN. */
export const listReceipts = (store: Store, ctx: Context): Promise<PackageReceipt[]> => {
  requireRight(ctx, 'import lists');
  return withContext(store.app, ctx, (trx) => readReceipts(trx, sql`true`), { access: 'read only' });
};
