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

/** What a rendition lies under. `beside`: what the same transaction does meanwhile, once the media is known to be visible. */
const sealedRendition = async (
  store: Store,
  trx: Trx,
  mediaId: string,
  kind: VaultKind,
  beside: () => Promise<void> = () => Promise.resolve(),
): Promise<Sealed & { readonly done: Promise<void> }> => {
  if (!(await mediaIsVisible(trx, mediaId))) throw fail('NOT_FOUND', 'no such media');
  if (await isClosed(trx, mediaId)) throw fail('LEGAL_BASIS_REQUIRED', 'this media is closed');
  // Asked for together: the database is at the next question while the answer to the last one is looked at.
  const asked = Promise.all([renditionName(trx, mediaId, kind), dataKeysToRead(trx, store.keys, [mediaId])]);
  const done = beside();
  // Whatever becomes of it is seen by whoever waits for it; where nothing is found, nobody does.
  done.catch(() => undefined);
  const [name, keys] = await asked;
  const key = keys.get(mediaId);
  if (name === null || key === undefined) throw fail('NOT_FOUND', 'this media has no picture to show');
  return { name, key: kindKey(key, kind), done };
};

/** JPEG of about 64 px of information, grey and blurred. Errors: NOT_FOUND, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, VAULT_CORRUPT. */
export const readVeiled = async (store: Store, ctx: Context, mediaId: string): Promise<Buffer> => {
  const { name, key } = await withContext(store.app, ctx, (trx) => sealedRendition(store, trx, mediaId, 'veiled'));
  return store.vault.readAll(name, key);
};

/**
 * JPEG of the clear rendition, handed out after the event is committed and the bytes are verified. The vault is read while the event
 * is written and committed: no transaction waits for it. So the event says that the picture was asked for and allowed; where it then
 * does not open, the failure is on record after it, under the same request.
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
  const event = { type: 'reveal', object: { kind: 'media', id: input.mediaId }, detail: { kind: 'clear' } } as const;
  const { reading } = await withContext(store.app, forPurpose, async (trx) => {
    const write = (): Promise<void> => audit(trx, forPurpose, event);
    const { done, key, name } = await sealedRendition(store, trx, input.mediaId, 'clear', write);
    const reading = store.vault.readAll(name, key);
    // It is waited for below, whatever becomes of the event.
    reading.catch(() => undefined);
    await done;
    return { reading };
  });
  return reading;
};
