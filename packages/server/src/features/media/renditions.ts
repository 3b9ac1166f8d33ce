// The renditions that a person may be sent: veiled for looking over, clear for looking at; of a film also its storyboard, in either form. Clear bytes leave only
// after the event that says who asked for them, and why, is committed.
import { Purpose } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import {
  auditWhere,
  dataKeysToRead,
  kindKey,
  withContext,
  type Store,
  type Trx,
  type VaultKind,
} from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { isClosed, mediaIsVisible, renditionMayOpen, renditionName } from './queries.js';

interface Sealed {
  readonly name: string;
  readonly key: Buffer;
}

/** One answer for media that nobody has, that are hidden, and that have no picture: which it is, is asked of the media itself. */
const refusal = async (trx: Trx, mediaId: string) =>
  (await mediaIsVisible(trx, mediaId)) && (await isClosed(trx, mediaId))
    ? fail('LEGAL_BASIS_REQUIRED', 'this media is closed')
    : fail('NOT_FOUND', 'no such media, or it has no picture to show');

/** Where a rendition lies, and under which key. Errors: NOT_FOUND; those of the keys. */
const sealedRendition = async (store: Store, trx: Trx, mediaId: string, kind: VaultKind): Promise<Sealed> => {
  const [name, keys] = await Promise.all([
    renditionName(trx, mediaId, kind),
    dataKeysToRead(trx, store.keys, [mediaId]),
  ]);
  const key = keys.get(mediaId);
  if (name === null || key === undefined) throw await refusal(trx, mediaId);
  return { name, key: kindKey(key, kind) };
};

/** JPEG of about 64 px of information, grey and blurred. Errors: NOT_FOUND, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, VAULT_CORRUPT. */
export const readVeiled = (store: Store, ctx: Context, mediaId: string): Promise<Buffer> =>
  readUnasked(store, ctx, mediaId, 'veiled');

/** The stills of a film on one sheet, each as a veiled rendition is. Errors: those of `readVeiled`. */
export const readVeiledStoryboard = (store: Store, ctx: Context, mediaId: string): Promise<Buffer> =>
  readUnasked(store, ctx, mediaId, 'veiled-storyboard');

const readUnasked = async (
  store: Store,
  ctx: Context,
  mediaId: string,
  kind: 'veiled' | 'veiled-storyboard',
): Promise<Buffer> => {
  const { key, name } = await withContext(store.app, ctx, async (trx) => {
    if (await isClosed(trx, mediaId)) throw await refusal(trx, mediaId);
    return sealedRendition(store, trx, mediaId, kind);
  });
  return store.vault.readAll(name, key);
};

interface RevealInput {
  readonly mediaId: string;
  readonly purpose?: string | undefined;
  /** Of a film, its stills on one sheet. */
  readonly of?: 'clear' | 'storyboard';
}

/**
 * JPEG of the clear rendition, handed out when its event is committed and its bytes are verified. The vault is read while the event
 * is committed: no transaction waits for it. So the event says that the picture was asked for and allowed; where it then does not
 * open, the failure is on record after it, under the same request.
 * Errors: FORBIDDEN, REQUEST_INVALID without a purpose, NOT_FOUND, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, VAULT_CORRUPT.
 */
export const revealMedia = async (
  store: Store,
  ctx: Context,
  { mediaId, purpose: given, of: kind = 'clear' }: RevealInput,
): Promise<Buffer> => {
  requireRight(ctx, 'reveal');
  const purpose = given ?? ctx.purpose;
  if (purpose === null || !Purpose.safeParse(purpose).success)
    throw fail('REQUEST_INVALID', 'say why you look: set the purpose of the session, or send one', {
      pointer: '/purpose',
    });
  const forPurpose: Context = { ...ctx, purpose };
  const event = { type: 'reveal', object: { kind: 'media', id: mediaId }, detail: { kind } } as const;
  const { reading } = await withContext(store.app, forPurpose, async (trx) => {
    if (!(await auditWhere(trx, forPurpose, event, renditionMayOpen(mediaId, kind)))) throw await refusal(trx, mediaId);
    const { key, name } = await sealedRendition(store, trx, mediaId, kind);
    const reading = store.vault.readAll(name, key);
    // It is waited for below, whatever becomes of the event.
    reading.catch(() => undefined);
    return { reading };
  });
  return reading;
};
