// HEIC (HEVC) through libheif in WebAssembly: sharp's libvips carries no HEVC decoder. Slow, so only where sharp cannot.
import { createRequire } from 'node:module';
import decodeHeic from 'heic-decode';
import { clampedRegion, type PixelRectangle } from '@redthread/core/domain';
import { DecodeFailure } from './failures.js';
import { BACKGROUND, decoderOf, decoderOptions, type OpenedPicture, type OpenRequest, type Pixels } from './pixels.js';
import { clearSize, type Size } from './rendition-size.js';
import { sharp } from './open-sharp.js';

const VERSION = (createRequire(import.meta.url)('heic-decode/package.json') as { version: string }).version;

// heic-decode knows these major brands only; the others (heim, heis, ...) hold the same kind of picture.
const KNOWN_BRANDS = new Set(['mif1', 'msf1', 'heic', 'heix', 'hevc', 'hevx']);
const BRAND_AT = 8;

/** Decodes the primary picture. libheif applies rotation and mirroring itself. Throws DecodeFailure. */
export const openHeic = async (bytes: Buffer, { maxPixels, mode, region }: OpenRequest): Promise<OpenedPicture> => {
  if (!KNOWN_BRANDS.has(bytes.toString('latin1', BRAND_AT, BRAND_AT + 4))) bytes.write('mif1', BRAND_AT, 'latin1');
  const pictures = await decodeHeic.all({ buffer: bytes }).catch(() => {
    throw new DecodeFailure('IMAGE_CORRUPT');
  });
  try {
    const primary = pictures[0];
    if (primary === undefined) throw new DecodeFailure('IMAGE_CORRUPT');
    const { width: widthPx, height: heightPx } = primary;
    if (widthPx * heightPx > maxPixels) throw new DecodeFailure('IMAGE_TOO_LARGE');
    const { data } = await primary.decode().catch(() => {
      throw new DecodeFailure('IMAGE_CORRUPT');
    });

    return {
      format: 'heic',
      widthPx,
      heightPx,
      orientation: 1,
      pageCount: pictures.length,
      hasAlpha: hasTransparency(data),
      isPartial: false,
      pixels:
        mode === 'exact'
          ? { data: Buffer.from(data.buffer, data.byteOffset, data.length), channels: 4, widthPx, heightPx }
          : await shrink(
              data,
              { widthPx, heightPx },
              region === undefined
                ? { left: 0, top: 0, width: widthPx, height: heightPx }
                : clampedRegion(region, { widthPx, heightPx }),
            ),
      decoder: decoderOf('heic-decode', VERSION, decoderOptions(mode)),
    };
  } finally {
    pictures.dispose();
  }
};

/** What is seen of it, to the size of the clear rendition. */
const shrink = async (rgba: Uint8ClampedArray, { heightPx, widthPx }: Size, seen: PixelRectangle): Promise<Pixels> => {
  const target = clearSize({ widthPx: seen.width, heightPx: seen.height }, false);
  const { data, info } = await sharp(rgba, {
    raw: { width: widthPx, height: heightPx, channels: 4 },
    limitInputPixels: false,
  })
    .extract(seen)
    .resize(target.widthPx, target.heightPx, { fit: 'fill', kernel: 'cubic' })
    .flatten({ background: BACKGROUND })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, channels: 3, widthPx: info.width, heightPx: info.height };
};

const hasTransparency = (rgba: Uint8ClampedArray): boolean => {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return true;
  return false;
};
