// One decode of one picture to upright pixels, of rendition size or in full: all that follows is computed from these.
import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { clampedRegion, type WrittenRegion } from '@redthread/core/domain';
import { rgbFromCmyk } from './cmyk.js';
import { DecodeFailure } from './failures.js';
import { keepsLuma } from './icc-profile.js';
import { clearSize, isShrunkOnLoad } from './rendition-size.js';
import { JPEG_LUMA_OPTIONS, JPEG_LUMA_VERSION, lookAtJpeg, pixelsOfLuma } from './jpeg-luma.js';
import { sharp } from './open-sharp.js';
import type { DecodeMode, DecoderIdentity, PictureFormat } from './types.js';

/** Interleaved 8-bit grey, RGB, or RGBA whose alpha is to be ignored; upright. */
export interface Pixels {
  readonly data: Buffer;
  readonly channels: 1 | 3 | 4;
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

/** What influences the pixels: `decoder.options`. `jpegScale`: none where a JPEG was decoded in full before it was made smaller. */
export const decoderOptions = (mode: DecodeMode, jpegScale: 'fast' | 'none' = 'fast'): string =>
  mode === 'exact'
    ? 'exact=full-resolution alpha=dropped icc=ignored cmyk=plain'
    : `fit=1024 kernel=${KERNEL} jpeg-scale=${jpegScale} alpha=grey128 icc=srgb cmyk=plain`;

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

/** What a caller of a decoder asks for. */
export interface OpenRequest {
  readonly maxPixels: number;
  readonly mode: DecodeMode;
  readonly region?: WrittenRegion;
}

/** Decodes with sharp. Throws DecodeFailure. */
export const openWithSharp = async (
  bytes: Buffer,
  { maxPixels, mode, region }: OpenRequest,
): Promise<OpenedPicture> => {
  const metadata = await readHeader(bytes, maxPixels);
  const format = FORMATS[metadata.format];
  if (format === undefined) throw new DecodeFailure('IMAGE_UNSUPPORTED');
  const widthPx = metadata.autoOrient.width;
  const heightPx = metadata.autoOrient.height;
  if (widthPx * heightPx > maxPixels) throw new DecodeFailure('IMAGE_TOO_LARGE');

  const facts = {
    format,
    widthPx,
    heightPx,
    orientation: metadata.orientation ?? 1,
    pageCount: metadata.pages ?? 1,
    hasAlpha: metadata.hasAlpha,
  };
  const isPart = region !== undefined;
  const seen = isPart ? clampedRegion(region, facts) : { left: 0, top: 0, width: widthPx, height: heightPx };
  const target = clearSize({ widthPx: seen.width, heightPx: seen.height }, format === 'jpeg' && !isPart);
  const isShrinkable =
    mode !== 'exact' && !isPart && format === 'jpeg' && isShrunkOnLoad({ widthPx, heightPx }, target);
  const luma = isShrinkable ? lookAtJpeg(bytes) : null;
  // Coefficients know no profile: one that changes luma is left to a decoder that applies it, as viewers do.
  const isPlain = metadata.icc === undefined || keepsLuma(metadata.icc);
  const measured =
    (mode === 'measure' || mode === 'features') && luma !== null && isPlain ? pixelsOfLuma(luma, facts) : null;
  if (measured !== null)
    return {
      ...facts,
      isPartial: false,
      pixels: measured,
      decoder: decoderOf('redthread-jpeg', JPEG_LUMA_VERSION, JPEG_LUMA_OPTIONS),
    };

  const isCmyk = metadata.space === 'cmyk';
  const jpegScale = isPart || (isShrinkable && luma === null) ? 'none' : 'fast';
  const shrunk = (picture: Sharp): Sharp =>
    picture.resize(target.widthPx, target.heightPx, { fit: 'fill', kernel: KERNEL });
  const decode = async (failOn: 'truncated' | 'none'): Promise<Pixels> => {
    const given = { ...options(maxPixels, failOn), ignoreIcc: mode === 'exact' };
    const opened = sharp(bytes, given).autoOrient();
    // sharp shrinks no picture on load that is cut out of another first.
    const sized = mode === 'exact' ? opened : shrunk(jpegScale === 'none' ? opened.extract(seen) : opened);
    if (isCmyk) return cmykPixels(sized);
    const opaque = mode === 'exact' ? sized.removeAlpha() : sized.flatten({ background: BACKGROUND });
    return rawPixels(opaque.toColourspace('srgb'));
  };

  let isPartial = false;
  const pixels = await decode('truncated').catch(async (error: unknown) => {
    refuseUnlessDamaged(error);
    isPartial = true;
    const rest = await decode('none').catch(() => null);
    // A decoder that found nothing still hands out a canvas of one colour.
    if (rest === null || isFlat(rest)) throw new DecodeFailure('IMAGE_CORRUPT');
    return rest;
  });
  return {
    ...facts,
    isPartial,
    pixels,
    decoder: decoderOf('sharp', sharp.versions.sharp, decoderOptions(mode, jpegScale)),
  };
};

/** Who saw the pixels; libvips reads the header whoever decodes. */
export const decoderOf = (name: DecoderIdentity['name'], version: string, options: string): DecoderIdentity => ({
  name,
  version,
  libvipsVersion: sharp.versions.vips,
  options,
});

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

const rawPixels = async (picture: Sharp): Promise<Pixels> => {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, channels: info.channels === 1 ? 1 : 3, widthPx: info.width, heightPx: info.height };
};

const cmykPixels = async (picture: Sharp): Promise<Pixels> => {
  const inks = picture.removeAlpha().pipelineColourspace('cmyk').toColourspace('cmyk').raw();
  const { data, info } = await inks.toBuffer({ resolveWithObject: true });
  return { data: rgbFromCmyk(data), channels: 3, widthPx: info.width, heightPx: info.height };
};

const isFlat = ({ data, channels }: Pixels): boolean => {
  for (let i = channels; i < data.length; i++) if (data[i] !== data[i - channels]) return false;
  return true;
};
