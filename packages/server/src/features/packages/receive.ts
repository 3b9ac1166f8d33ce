// Takes a package in, once: it becomes a list of its sender's, so that what it says is what others said and never that somebody here has looked.
import { basename } from 'node:path';
import { sql, type RawBuilder } from 'kysely';
import type { Acknowledgement, PackageReceipt } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { acknowledgement } from '../../formats/package/manifest.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { handlingRules } from '../exchange/index.js';
import { hasCode } from '../handling/index.js';
import { importList } from '../lists/index.js';
import { withPackage, type CheckedPackage } from './check.js';

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

/** Errors: those of `withPackage` and of an import of a list. */
export const importPackage = (
  store: Store<'app' | 'worker'>,
  ctx: Context,
  { handling, path }: PackageImport,
): Promise<TakenIn> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  return withPackage(store, ctx, path, async (checked) => {
    const { manifest, own, sender } = checked;
    const before = await receiptOf(store, ctx, checked);
    if (before === null) {
      const { at, id } = manifest;
      await importList(store, ctx, {
        name: `Package of ${[...sender.name].slice(0, LONGEST_SENDER).join('')}`,
        version: `${at.slice(0, 10)} ${id}`,
        polarity: 'other',
        format: 'vics',
        owner: sender.name,
        handling: await handlingFor(store, ctx, checked, handling),
        files: [{ path, name: basename(path), within: checked.content }],
        also: async (trx, { id: listId, entries }) => {
          if (entries !== manifest.counts.media)
            throw fail('PACKAGE_INVALID', `it says that it holds ${manifest.counts.media} media, and holds ${entries}`);
          await trx
            .insertInto('package_receipts')
            .values({
              agency_id: ctx.actor.agencyId,
              sender_fingerprint: sender.fingerprint,
              package_id: id,
              sender: sender.name,
              file_sha256: Buffer.from(checked.sha256, 'hex'),
              item_count: entries,
              handling: manifest.handling,
              list_id: listId,
              imported_by: ctx.actor.userId,
              imported_login: ctx.actor.login,
            })
            .execute();
          await audit(trx, ctx, {
            type: 'package-import',
            object: { kind: 'list', id: listId },
            detail: {
              sender: sender.name,
              fingerprint: sender.fingerprint,
              package: id,
              items: entries,
              sha256: checked.sha256,
            },
          });
        },
      });
    }
    const receipt = before ?? (await receiptOf(store, ctx, checked));
    if (receipt === null) throw fail('INTERNAL', 'a package came in without a receipt');
    const { at, items, package: id, sha256 } = receipt;
    return {
      receipt,
      again: before !== null,
      acknowledgement: acknowledgement(own, { package: id, sha256, items, at, by: own.fingerprint }),
    };
  });
};

/** Errors: PACKAGE_INVALID where another file came in under its number. */
const receiptOf = async (
  store: Store,
  ctx: Context,
  { manifest, sender, sha256 }: CheckedPackage,
): Promise<PackageReceipt | null> => {
  const ofThis = sql`r.package_id = ${manifest.id}::uuid and r.sender_fingerprint = ${sender.fingerprint}`;
  const [found] = await withContext(store.app, ctx, (trx) => readReceipts(trx, ofThis), { access: 'read only' });
  if (found !== undefined && found.sha256 !== sha256)
    throw fail('PACKAGE_INVALID', `another file came in as package ${manifest.id}`);
  return found ?? null;
};

/** What is said here may be stricter than what the sender says, and not less so; a code that is not known here is told by whoever takes it in. */
const handlingFor = async (
  store: Store,
  ctx: Context,
  { manifest }: CheckedPackage,
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
    throw fail('ARGUMENT_INVALID', `its sender says ${manifest.handling}, which is stricter than ${given}`, {
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
