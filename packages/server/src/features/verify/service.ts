// Verifies a store: the vault with everything that refers to it, and the sealed record. What is wrong is named, nothing is changed,
// and that somebody verified, with what outcome, is on record.
import type { Context } from '@redthread/core/domain';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireOperator } from '../accounts/index.js';
import { verifyRecord, type RecordSummary, type RecordVerified } from './record/verify-record.js';
import type { StoreCounts } from './queries.js';
import { verifyVault, type Broken, type VerifyProgress } from './vault.js';

export type { VerifyProgress } from './vault.js';
export type VerifyPart = 'vault' | 'record';

export interface Verified {
  /** Null: the vault was not asked for. */
  readonly counts: StoreCounts | null;
  readonly checkedObjects: number;
  readonly checkedBytes: number;
  /** Null: not asked for. */
  readonly record: RecordSummary | null;
  /** All that is wrong, of both. */
  readonly broken: readonly Broken[];
}

/** Errors: FORBIDDEN; of the vault KEY_MISSING, KEY_DAMAGED, KEY_WRONG. What is broken is data, each with what to look for. */
export const verifyStore = async (
  store: Store<'app' | 'worker' | 'sealer'>,
  ctx: Context,
  { only = null }: { readonly only?: VerifyPart | null } = {},
  onProgress: (progress: VerifyProgress) => void = () => undefined,
): Promise<Verified> => {
  requireOperator(ctx, 'verify the whole store');
  const vault = only === 'record' ? null : await verifyVault(store, onProgress);
  const record = only === 'vault' ? null : await verifyRecordOf(store);
  const { counts = null, checkedObjects = 0, checkedBytes = 0 } = vault ?? {};
  const broken = [...(vault?.broken ?? []), ...(record?.faults ?? [])];
  await withContext(store.app, ctx, (trx) =>
    audit(trx, ctx, {
      type: 'verify',
      object: null,
      detail: {
        checked: checkedObjects,
        events: record?.summary.events ?? 0,
        failed: broken.length + (record?.summary.unlisted ?? 0),
      },
    }),
  );
  return {
    counts,
    checkedObjects,
    checkedBytes,
    record: record?.summary ?? null,
    broken,
  };
};

/** In one snapshot: what is sealed meanwhile is not half seen. */
const verifyRecordOf = async (store: Store<'worker' | 'sealer'>): Promise<RecordVerified> => {
  const agencies = await store.worker.selectFrom('agencies').select(['id', 'name']).execute();
  return store.sealer
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) =>
      verifyRecord(trx, {
        keys: store.keys,
        anchors: store.config.anchors,
        agencies: new Map(agencies.map(({ id, name }) => [id, name])),
      }),
    );
};
