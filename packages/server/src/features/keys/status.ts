// What is known of the keys of a store: which master key is in force, which are here, and what lies under which.
import type { Context } from '@redthread/core/domain';
import { readKeyExpectation, readMasterKeys, type KeyRotation, type KeyState, type Store } from '../../store/index.js';
import { requireOperator } from '../accounts/index.js';
import { countKeys, type KeyCount } from './wrapped-rows.js';

export interface KeyStatus {
  /** Id of the master key in force; null: the store has none yet. */
  readonly masterKeyId: string | null;
  readonly state: KeyState['kind'];
  /** Ids of the keys that were given to this process. */
  readonly given: readonly string[];
  readonly rotation: KeyRotation | null;
  readonly wrapped: readonly KeyCount[];
  /** Cases whose envelopes are going over to a new key. */
  readonly casesInChange: number;
}

/** Errors: FORBIDDEN. */
export const readKeyStatus = async ({ owner, keys, config }: Store<'owner'>, ctx: Context): Promise<KeyStatus> => {
  requireOperator(ctx, 'see the state of all keys');
  const { keyId, rotation } = await readKeyExpectation(owner);
  const given = await readMasterKeys(config);
  const inChange = await owner
    .selectFrom('case_keys')
    .select('case_id')
    .groupBy('case_id')
    .having((e) => e.fn.countAll(), '>', 1)
    .execute();
  return {
    masterKeyId: keyId,
    state: keys.state.kind,
    given: given.flatMap((key) => (key === null || 'flaw' in key ? [] : [key.id])),
    rotation,
    wrapped: await countKeys(owner),
    casesInChange: inChange.length,
  };
};
