// What the server keeps for receiving contents: threads that hash and seal, limits, and verifications that go on beside
// the requests. One a server.
import type { Store } from '../../../store/index.js';
import { HashPool } from '../ingest/hash-pool.js';
import type { IntakeDoor } from './intake-orders.js';
import { SendLimits } from './limits.js';
import type { Verification } from './verify-upload.js';

export interface Receiver {
  readonly store: Store;
  readonly intake: IntakeDoor;
  readonly limits: SendLimits;
  /** By id of the upload. */
  readonly verifications: Map<string, Verification>;
  /** Started when the first bytes come. */
  pool(): HashPool;
  close(): Promise<void>;
}

export const createReceiver = (store: Store, intake: IntakeDoor): Receiver => {
  let pool: HashPool | null = null;
  const { hashThreads, vaultFolder, uploads } = store.config;
  return {
    store,
    intake,
    limits: new SendLimits(uploads),
    verifications: new Map(),
    pool: () => (pool ??= new HashPool(hashThreads, { vaultFolder })),
    close: async () => {
      await pool?.stop();
      pool = null;
    },
  };
};
