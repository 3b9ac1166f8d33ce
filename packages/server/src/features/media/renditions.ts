// The two renditions that a person may be sent: veiled for looking over, clear for looking at. Clear bytes leave only
// after the event that says who asked for them, and why, is committed.
import { Purpose } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import {
  audit,
  dataKeysToRead,
  kindKey,
  withContext,
  type Store,
  type Trx,
  type VaultKind,
} from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { isClosed, mediaIsVisible, renditionName } from './queries.js';

interface Sealed {
  readonly name: string;
  readonly key: Buffer;
}

const sealedRendition = async (store: Store, trx: Trx, mediaId: string, kind: VaultKind): Promise<Sealed> => {
  if (!(await mediaIsVisible(trx, mediaId))) throw fail('NOT_FOUND', 'no such media');
  if (await isClosed(trx, mediaId)) throw fail('LEGAL_BASIS_REQUIRED', 'this media is closed');
  const name = await renditionName(trx, mediaId, kind);
  if (name === null) throw fail('NOT_FOUND', 'this media has no picture to show');
  const key = (await dataKeysToRead(trx, store.keys, [mediaId])).get(mediaId);
  if (key === undefined) throw fail('NOT_FOUND', 'this media has no picture to show');
  return { name, key: kindKey(key, kind) };
};

/** JPEG of about 64 px of information, grey and blurred. Errors: NOT_FOUND, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, VAULT_CORRUPT. */
export const readVeiled = async (store: Store, ctx: Context, mediaId: string): Promise<Buffer> => {
  const { name, key } = await withContext(store.app, ctx, (trx) => sealedRendition(store, trx, mediaId, 'veiled'));
  return store.vault.readAll(name, key);
};

/**
 * JPEG of the clear rendition. The bytes are opened and verified first, so that the record never says that something was
 * seen which could not be; they are handed out after the event is committed.
 * Errors: FORBIDDEN, REQUEST_INVALID without a purpose, NOT_FOUND, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, VAULT_CORRUPT.
 */
export const revealMedia = async (
  store: Store,
  ctx: Context,
  input: { readonly mediaId: string; readonly purpose?: string | undefined },
): Promise<Buffer> => {
  requireRight(ctx, 'reveal');
  const purpose = input.purpose ?? ctx.purpose;
  if (purpose === null || !Purpose.safeParse(purpose).success)
    throw fail('REQUEST_INVALID', 'say why you look: set the purpose of the session, or send one', {
      pointer: '/purpose',
    });
  const forPurpose: Context = { ...ctx, purpose };
  const { name, key } = await withContext(store.app, ctx, (trx) => sealedRendition(store, trx, input.mediaId, 'clear'));
  const bytes = await store.vault.readAll(name, key);
  await withContext(store.app, forPurpose, (trx) =>
    audit(trx, forPurpose, {
      type: 'reveal',
      object: { kind: 'media', id: input.mediaId },
      detail: { kind: 'clear' },
    }),
  );
  return bytes;
};
