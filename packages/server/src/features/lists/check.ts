// Reads every byte of the lists of an agency. One that is damaged is set aside; one that was, and is whole again, is taken into use: what came in
// meanwhile is looked up in it.
import { sql } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { type ErrorCode, fail, saying } from '@redthread/core/errors';
import type { Polarity } from '@redthread/core/index/exact';
import { audit, damageOf, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';

export interface ListCheck {
  readonly name: string;
  readonly version: string;
  /** `whole`: as it was; `mended`: in use again; `damaged`: set aside. */
  readonly state: 'whole' | 'mended' | 'damaged';
  readonly code: ErrorCode | null;
  /** Media that stand on it, where everything was looked up again. */
  readonly hits: number | null;
}

interface Row {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly version: string;
  readonly polarity: Polarity;
  readonly damage: string | null;
  readonly checksum: Buffer;
}

/** Of those that count, or of all versions of the one that is named. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND. */
export const checkLists = async (
  store: Store<'app' | 'worker'>,
  ctx: Context,
  name: string | null,
): Promise<ListCheck[]> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  const rows = await withContext(
    store.app,
    ctx,
    async (trx) =>
      (
        await sql<Row>`select id, agency_id as "agencyId", name, version, polarity, damage, files_sha256 as checksum from lists
          where agency_id = app_agency() and files_sha256 is not null
            and ${name === null ? sql`(expires_at is null or expires_at > now())` : sql`name = ${name}`}
          order by name, version, id`.execute(trx)
      ).rows,
    { access: 'read only' },
  );
  if (name !== null && rows.length === 0) throw fail('NOT_FOUND', saying`list ${name}: see redthread list list`);
  const checks: ListCheck[] = [];
  for (const row of rows) checks.push(await check(store, ctx, row));
  return checks;
};

const check = async (store: Store<'app' | 'worker'>, ctx: Context, row: Row): Promise<ListCheck> => {
  const { id, agencyId, name, version, polarity, damage, checksum } = row;
  try {
    store.lists.folders.of(id).verify({ id, agencyId, polarity }, checksum);
  } catch (error) {
    const code = damageOf(error);
    await sql`select list_damaged(${id}::uuid, ${code})`.execute(store.worker);
    return { name, version, state: 'damaged', code, hits: null };
  }
  if (damage === null) return { name, version, state: 'whole', code: null, hits: null };
  const hits = await store.worker.transaction().execute(async (trx) => {
    const found = await store.lists.markAll(trx, row);
    await sql`select list_mended(${id}::uuid)`.execute(trx);
    await audit(trx, ctx, {
      type: 'list-mended',
      object: { kind: 'list', id },
      detail: { name, version, hits: found },
    });
    return found;
  });
  return { name, version, state: 'mended', code: null, hits };
};
