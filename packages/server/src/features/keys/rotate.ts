// Changes the master key while the store works: running processes are given the new key, then the wrapped keys go over to it
// in batches; no content is touched. It may be killed at any point: the same command goes on, and until it is done the
// store asks for both keys.
import { sql, type Kysely } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import {
  audit,
  installNextKey,
  KEY_IN_FORCE_LOCK,
  layDownNextKey,
  readKeyExpectation,
  removeSetting,
  writeSetting,
  type Database,
  type KeyRotation,
  type MasterKey,
  type Store,
} from '../../store/index.js';
import { requireOperator } from '../accounts/index.js';
import { withKeyLock } from './key-lock.js';
import { answerRequests, handOver } from './processes.js';
import { countKeys, keysIn, rewrapBatch, WRAPPED_TABLES } from './wrapped-rows.js';

export interface RotateOptions {
  /** How long running processes may take to ask for the new key. */
  readonly patienceMs?: number;
  readonly onProgress?: (progress: {
    readonly phase: KeyRotation['phase'];
    readonly done: number;
    readonly total: number;
  }) => void;
}

export interface Rotated {
  readonly from: string;
  readonly to: string;
  /** Keys that went over in this run. */
  readonly keys: number;
  /** Processes that were given the new key. */
  readonly processes: number;
  /** Where the old key lies now, when it was in the default place; null: it lies where the operator put it. */
  readonly retired: string | null;
}

const PATIENCE_MS = 60_000;

/**
 * Errors: FORBIDDEN, ARGUMENT_INVALID for a key that is in force, or another one than a change that was begun is going to,
 * KEY_MISSING, KEY_WRONG, KEY_HALF_ROTATED, KEY_NOT_TAKEN, KEY_BUSY.
 */
export const rotateMasterKey = async (
  store: Store<'app' | 'owner'>,
  ctx: Context,
  next: MasterKey,
  { patienceMs = PATIENCE_MS, onProgress }: RotateOptions = {},
): Promise<Rotated> => {
  requireOperator(ctx, 'change the master key');
  const { owner, keys } = store;
  return withKeyLock(owner, 'master', async () => {
    const rotation = await beginOrGoOn(store, ctx, next);
    keys.add(next);
    keys.expect({ keyId: rotation.from, rotation });
    keys.requireReady();
    const both = { old: keys.byId(rotation.from), next };
    let processes = 0;
    if (rotation.phase === 'handing-over') {
      onProgress?.({ phase: rotation.phase, done: 0, total: 0 });
      processes = await handOver(owner, both, patienceMs);
      await putInForce(owner, { ...rotation, phase: 'rewrapping' });
    }
    const counts = await countKeys(owner);
    const total = counts.reduce((sum, count) => sum + keysIn(count), 0);
    const left = counts.find(({ masterKeyId }) => masterKeyId === rotation.from);
    const before = total - (left === undefined ? 0 : keysIn(left));
    let done = 0;
    for (const table of WRAPPED_TABLES)
      for (let went = -1; went !== 0; done += went) {
        went = await rewrapBatch(owner, keys, rotation, table);
        await answerRequests(owner, both);
        onProgress?.({ phase: 'rewrapping', done: before + done + went, total });
      }
    await finish(owner, ctx, rotation, done);
    keys.expect({ keyId: next.id, rotation: null });
    return { from: rotation.from, to: next.id, keys: done, processes, retired: await installAtDefault(store) };
  });
};

const beginOrGoOn = async (store: Store<'owner'>, ctx: Context, next: MasterKey): Promise<KeyRotation> => {
  const { owner, keys, config } = store;
  const { keyId, rotation } = await readKeyExpectation(owner);
  keys.expect({ keyId, rotation });
  if (rotation?.phase === 'rewrapping') {
    if (rotation.to === next.id) return rotation;
    throw fail(
      'ARGUMENT_INVALID',
      saying`a change from key ${rotation.from} to key ${rotation.to} is under way: finish it with that key first; ${next.id} was given`,
      { pointer: 'new-key-file' },
    );
  }
  if (keyId === next.id) {
    // What was cut off before the new key took its place is made up for.
    await installAtDefault(store);
    throw fail('ARGUMENT_INVALID', saying`key ${next.id} is in force already`, { pointer: 'new-key-file' });
  }
  keys.requireReady();
  if (config.masterKey.kind === 'default' && config.otherMasterKey?.kind === 'default')
    await layDownNextKey(config.otherMasterKey.path, next);
  const begun: KeyRotation = {
    from: keyId ?? '',
    to: next.id,
    phase: 'handing-over',
    startedAt: new Date().toISOString(),
  };
  await owner.transaction().execute(async (trx) => {
    await trx.deleteFrom('key_handovers').execute();
    await writeSetting(trx, 'key-rotation', begun);
    await audit(trx, ctx, {
      type: 'key-rotate',
      object: { kind: 'store', id: 'keys' },
      detail: { from: begun.from, to: begun.to, step: 'begun', keys: 0 },
    });
  });
  return begun;
};

/** From here on nothing new lies under the old key: whoever wraps waits for this lock, or is waited for. */
const putInForce = (owner: Kysely<Database>, rotation: KeyRotation): Promise<void> =>
  owner.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${KEY_IN_FORCE_LOCK}::bigint)`.execute(trx);
    await writeSetting(trx, 'key-rotation', rotation);
  });

const finish = (owner: Kysely<Database>, ctx: Context, { from, to }: KeyRotation, done: number): Promise<void> =>
  owner.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${KEY_IN_FORCE_LOCK}::bigint)`.execute(trx);
    const left = (await countKeys(trx)).find(({ masterKeyId }) => masterKeyId !== to);
    if (left !== undefined)
      throw fail('KEY_WRONG', saying`${keysIn(left)} keys lie under key ${left.masterKeyId} still`);
    await writeSetting(trx, 'master-key-id', to);
    await removeSetting(trx, 'key-rotation');
    await trx.deleteFrom('key_handovers').execute();
    await audit(trx, ctx, {
      type: 'key-rotate',
      object: { kind: 'store', id: 'keys' },
      detail: { from, to, step: 'done', keys: done },
    });
  });

const installAtDefault = async ({ config, keys }: Store<'owner'>): Promise<string | null> =>
  config.masterKey.kind === 'default' && config.otherMasterKey?.kind === 'default' && keys.rotation === null
    ? installNextKey(config.masterKey.path, config.otherMasterKey.path)
    : null;
