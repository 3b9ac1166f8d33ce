// One decode of one picture to upright sRGB pixels of rendition size: all that follows is computed from these.
import type { Metadata, SharpOptions } from 'sharp';
import { DecodeFailure } from './failures.js';
import { clearSize } from './rendition-size.js';
import { sharp } from './open-sharp.js';
import type { DecoderIdentity, PictureFormat } from './types.js';

/** Interleaved 8-bit RGB, upright, alpha flattened. */
export interface Pixels {
  readonly data: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface OpenedPicture {
  readonly format: PictureFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: number;
  readonly pageCount: number;
  readonly hasAlpha: boolean;
  readonly isPartial: boolean;
  readonly pixels: Pixels;
  readonly decoder: DecoderIdentity;
}

/** Shown through transparent parts: neither black nor white, so that neither dark nor light drawings vanish. */
export const BACKGROUND = { r: 128, g: 128, b: 128 } as const;

const KERNEL = 'cubic';

/** `decoder.options` of what sharp decoded. */
export const DECODER_OPTIONS = `fit=1024 kernel=${KERNEL} jpeg-scale=fast alpha=grey128 icc=srgb`;

const FORMATS: Readonly<Record<string, PictureFormat>> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  tiff: 'tiff',
  heif: 'avif',
};

const options = (maxPixels: number, failOn: 'truncated' | 'none'): SharpOptions => ({
  limitInputPixels: maxPixels,
  unlimited: false,
  sequentialRead: true,
  failOn,
});

/** Decodes with sharp. Throws DecodeFailure. */
export const openWithSharp = async (bytes: Buffer, maxPixels: number): Promise<OpenedPicture> => {
  const metadata = await readHeader(bytes, maxPixels);
  const format = FORMATS[metadata.format];
  if (format === undefined) throw new DecodeFailure('IMAGE_UNSUPPORTED');
  const widthPx = metadata.autoOrient.width;
  const heightPx = metadata.autoOrient.height;
  if (widthPx * heightPx > maxPixels) throw new DecodeFailure('IMAGE_TOO_LARGE');

  const target = clearSize({ widthPx, heightPx }, format === 'jpeg');
  const decode = async (failOn: 'truncated' | 'none'): Promise<Pixels> => {
    const { data, info } = await sharp(bytes, options(maxPixels, failOn))
      .autoOrient()
      .resize(target.widthPx, target.heightPx, { fit: 'fill', kernel: KERNEL })
      .flatten({ background: BACKGROUND })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data: info.channels === 1 ? spreadGrey(data) : data, widthPx: info.width, heightPx: info.height };
  };

  let isPartial = false;
  const pixels = await decode('truncated').catch(async (error: unknown) => {
    refuseUnlessDamaged(error);
    isPartial = true;
    const rest = await decode('none').catch(() => null);
    // A decoder that found nothing still hands out a canvas of one colour.
    if (rest === null || isFlat(rest.data)) throw new DecodeFailure('IMAGE_CORRUPT');
    return rest;
  });
  return {
    format,
    widthPx,
    heightPx,
    orientation: metadata.orientation ?? 1,
    pageCount: metadata.pages ?? 1,
    hasAlpha: metadata.hasAlpha,
    isPartial,
    pixels,
    decoder: {
      name: 'sharp',
      version: sharp.versions.sharp,
      libvipsVersion: sharp.versions.vips,
      options: DECODER_OPTIONS,
    },
  };
};

const readHeader = async (bytes: Buffer, maxPixels: number): Promise<Metadata> => {
  try {
    return await sharp(bytes, options(maxPixels, 'none')).metadata();
  } catch (error) {
    refuseUnlessDamaged(error);
    throw new DecodeFailure('IMAGE_CORRUPT');
  }
};

/** Sorts what sharp says into our codes; its text may quote the file and goes no further. */
const refuseUnlessDamaged = (error: unknown): void => {
  const text = error instanceof Error ? error.message : '';
  if (/pixel limit|exceeds|too large|dimensions/i.test(text)) throw new DecodeFailure('IMAGE_TOO_LARGE');
  if (/memory|alloc/i.test(text)) throw new DecodeFailure('DECODER_MEMORY');
  if (/unsupported image format|operation is blocked|no codec|compression.*not supported/i.test(text))
    throw new DecodeFailure('IMAGE_UNSUPPORTED');
};

/** RGB from grey. */
const spreadGrey = (grey: Buffer): Buffer => {
  const rgb = Buffer.allocUnsafe(grey.length * 3);
  for (let i = 0, at = 0; i < grey.length; i++) {
    const value = grey[i]!;
    rgb[at++] = value;
    rgb[at++] = value;
    rgb[at++] = value;
  }
  return rgb;
};

const isFlat = (rgb: Buffer): boolean => {
  for (let i = 3; i < rgb.length; i++) if (rgb[i] !== rgb[i - 3]) return false;
  return true;
};
