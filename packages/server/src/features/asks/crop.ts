// The part of a picture that a question is about: cut out of the clear rendition in a decoder child, encoded again from its pixels, and sealed.
import { createHash } from 'node:crypto';
import { parseRegion, regionWithin } from '@redthread/core/domain';
import type { Context } from '@redthread/core/domain';
import { createDecoder, decoderOptionsOf, type Rendition } from '../../media/index.js';
import { newKey, openSmall, sealSmall, type Store, type Trx } from '../../store/index.js';
import { revealMedia } from '../media/index.js';

const CLEAR_TYPE = 'image/jpeg';

/** The picture is revealed to whoever cuts it: that event comes first. Errors: those of a reveal; REGION_INVALID, REGION_OUTSIDE, REGION_TOO_SMALL, and of decoding. */
export const cutOut = async (
  store: Store,
  ctx: Context,
  { media, region: written }: { readonly media: string; readonly region: string },
): Promise<Rendition> => {
  const region = parseRegion(written);
  const purpose = ctx.purpose ?? 'a question to other countries';
  const bytes = await revealMedia(store, ctx, { mediaId: media, purpose });
  const decoder = createDecoder(decoderOptionsOf(store.config));
  try {
    const { crop, whole } = await decoder.crop(bytes, { mime: CLEAR_TYPE, region });
    regionWithin(region, whole);
    return crop;
  } finally {
    await decoder.close();
  }
};

const purposeOf = (id: string) => ({ purpose: 'crop', key: id }) as const;

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export const keepCrop = async (store: Store, trx: Trx, ctx: Context, id: string, crop: Rendition): Promise<void> => {
  const key = newKey();
  await trx
    .insertInto('ask_crops')
    .values({
      agency_id: ctx.actor.agencyId,
      ask_id: id,
      width_px: crop.widthPx,
      height_px: crop.heightPx,
      ...store.keys.wrap(key, purposeOf(id)),
      sealed: sealSmall(key, crop.bytes),
    })
    .execute();
};

/** Errors: VAULT_CORRUPT, and of the keys. */
export const readCrop = async (store: Store, trx: Trx, id: string): Promise<Buffer> => {
  const row = await trx
    .selectFrom('ask_crops')
    .select(['master_key_id', 'wrapped', 'sealed'])
    .where('ask_id', '=', id)
    .executeTakeFirstOrThrow();
  return openSmall(store.keys.unwrap(row, purposeOf(id)), row.sealed);
};
