// The signed records of what was destroyed, as the agency reads them.
import type { DestructionRecord } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { signedDestruction } from '@redthread/core/audit';
import { endorsedKey, isSignedBy, readSigningKeys, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';

/** Oldest first. Errors: FORBIDDEN. */
export const listDestructions = (store: Store, ctx: Context): Promise<DestructionRecord[]> => {
  requireRight(ctx, 'read records of destruction');
  return withContext(store.app, ctx, async (trx) => {
    const rows = await trx
      .selectFrom('destructions')
      .select(['number', 'case_id', 'exhibit_id', 'at', 'record', 'digest', 'signature', 'public_key'])
      .orderBy('number')
      .execute();
    const keys = await readSigningKeys(trx);
    return rows.map(({ number, case_id, exhibit_id, at, record, digest, signature, public_key }) => ({
      number,
      caseId: case_id,
      exhibitId: exhibit_id,
      at: at.toISOString(),
      record,
      digest: digest.toString('hex'),
      signature: signature.toString('hex'),
      publicKey: public_key.toString('hex'),
      keys: keys.map(endorsedKey),
      isSigned:
        keys.some(({ publicKey }) => publicKey.equals(public_key)) &&
        isSignedBy(public_key, signedDestruction(record), signature),
    }));
  });
};
