// The keys that sign the record: shown to whoever verifies, exchanged by an operator of the instance. Each exchange is on record in the log of
// the agency that made it and in that of the instance.
import type { Context } from '@redthread/core/domain';
import { audit, publicKeyObject, readSigningKeys, rotateSigner, withContext, type Store } from '../../store/index.js';
import { requireOperator } from '../accounts/index.js';

export interface ListedKey {
  readonly key: string;
  readonly publicKey: string;
  readonly pem: string;
  readonly previous: string | null;
  readonly at: string;
}

/** For everybody of the instance: a key that is public. */
export const listSigningKeys = async (store: Store, ctx: Context): Promise<ListedKey[]> => {
  const keys = await withContext(store.app, ctx, readSigningKeys, { access: 'read only' });
  return keys.map(({ at, key, previous, publicKey }) => ({
    key,
    publicKey: publicKey.toString('hex'),
    pem: publicKeyObject(publicKey).export({ format: 'pem', type: 'spki' }).toString(),
    previous,
    at,
  }));
};

/** Errors: FORBIDDEN, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, ALREADY_EXISTS when somebody else exchanges it at the same time. */
export const rotateSigningKey = async (
  store: Store<'app' | 'owner'>,
  ctx: Context,
): Promise<{ readonly key: string; readonly previous: string }> => {
  requireOperator(ctx, 'change the signing key of the record');
  store.keys.requireReady();
  return store.owner.transaction().execute(async (trx) => {
    const { previous, signer } = await rotateSigner(trx, store.keys);
    const detail = { key: signer.key, publicKey: signer.publicKey.toString('hex'), previous: previous.key };
    const { login } = ctx.actor;
    const instance = { actor: null, login, purpose: null, requestId: ctx.requestId } as const;
    for (const who of [ctx, instance]) await audit(trx, who, { type: 'signing-key', object: null, detail });
    return { key: signer.key, previous: previous.key };
  });
};
