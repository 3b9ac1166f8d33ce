// A media as the command line names it.
import { Id, Sha256 } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { withContext } from '../../store/index.js';
import type { LocalSession } from '../accounts/index.js';
import { ownMediaOf } from './queries.js';

/** By its id, or one of the own agency by its SHA-256. Errors: ARGUMENT_INVALID, NOT_FOUND. */
export const mediaNamed = async (
  { store, ctx }: Pick<LocalSession<'app'>, 'store' | 'ctx'>,
  name: string,
): Promise<string> => {
  if (Id.safeParse(name).success) return name;
  const sha256 = name.toLowerCase();
  if (!Sha256.safeParse(sha256).success)
    throw fail('ARGUMENT_INVALID', saying`${name}: the id or the SHA-256 of a media`, { pointer: 'media' });
  const id = await withContext(store.app, ctx, (trx) => ownMediaOf(trx, sha256));
  if (id === null) throw fail('NOT_FOUND', 'no such media');
  return id;
};
