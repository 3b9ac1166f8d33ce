// Notes in the ledger that a package came in, as its receiver has signed.
import type { Acknowledgement, Contribution } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { isAcknowledgedBy } from '../../formats/package/manifest.js';
import { withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { acknowledgeContribution } from '../exchange/index.js';
import { trustedPeer } from './keys.js';

/** Errors: FORBIDDEN, READ_ONLY, PACKAGE_PEER_UNKNOWN, PACKAGE_ACKNOWLEDGEMENT_INVALID, NOT_FOUND. */
export const acknowledgePackage = (store: Store, ctx: Context, said: Acknowledgement): Promise<Contribution> => {
  requireRight(ctx, 'export cases');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const receiver = await trustedPeer(trx, said.by);
    if (!isAcknowledgedBy(receiver.signing, said))
      throw fail('PACKAGE_ACKNOWLEDGEMENT_INVALID', saying`it was not signed by ${receiver.name}`);
    return acknowledgeContribution(trx, ctx, said, receiver.name);
  });
};
