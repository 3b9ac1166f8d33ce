// How far a change of the master key is, as every process must know it. Kept among the settings of the store: whoever
// opens the store knows which keys it asks for, and each wrapped key says for itself which of them it lies under.
import type { Kysely } from 'kysely';
import { readSetting } from '../settings.js';
import type { Database } from '../tables.js';

/**
 * Whoever wraps a key for the store holds this advisory lock, shared, until that is committed; whoever puts another master key
 * in force takes it alone, and so waits for them. Never another number: it stands in a migration.
 */
export const KEY_IN_FORCE_LOCK = '8243107342082893154';

export interface KeyRotation {
  /** Ids of the master keys. */
  readonly from: string;
  readonly to: string;
  /**
   * `handing-over`: everything lies under the old key, and processes that run are given the new one. `rewrapping`: rows
   * go over one batch after the other, and whatever is new lies under the new key.
   */
  readonly phase: 'handing-over' | 'rewrapping';
  /** ISO 8601. */
  readonly startedAt: string;
}

/** Which master keys a store asks for. */
export interface KeyExpectation {
  /** Null: the store has no key yet. */
  readonly keyId: string | null;
  readonly rotation: KeyRotation | null;
}

export const readKeyExpectation = async (db: Kysely<Database>): Promise<KeyExpectation> => ({
  keyId: await readSetting(db, 'master-key-id'),
  rotation: await readSetting(db, 'key-rotation'),
});
