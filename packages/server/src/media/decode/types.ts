// What a decode yields: one decode, two renditions, the signals of the pixels, and the facts of the file.
import type { ItemErrorCode } from '@redthread/core/errors';
import type { Signal } from '@redthread/core/signals';

/** A picture encoded again from pixels: JPEG, upright, sRGB, no metadata. */
export interface Rendition {
  readonly mime: 'image/jpeg';
  readonly bytes: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Which program decoded, and how: a signal keeps this for ever. */
export interface DecoderIdentity {
  readonly name: 'sharp' | 'heic-decode' | 'redthread-jpeg';
  readonly version: string;
  readonly libvipsVersion: string;
  /** What influences the pixels, as `key=value` separated by blanks. */
  readonly options: string;
}

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'heic';

/**
 * What a decode is for. `view`: renditions and hashes from pixels inside 1024 px. `measure`: hashes and local features, from the same pixels or
 * cheaper ones; `features`: of these the local features alone. `exact`: hashes alone, from full resolution as the reference program of PDQ reads
 * it: no ICC profile, no alpha.
 */
export type DecodeMode = 'view' | 'measure' | 'features' | 'exact';

/** The signals of a picture and the facts of its file. */
export interface MeasuredImage {
  readonly format: PictureFormat;
  /** Upright (after EXIF orientation), in full resolution. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** EXIF orientation 1..8 that was applied; 1 where the file states none. */
  readonly orientation: number;
  /** Pages of a TIFF, frames of an animation; the first is decoded. */
  readonly pageCount: number;
  /** Alpha is flattened on neutral grey (128, 128, 128) before anything else; `exact` drops it. */
  readonly hasAlpha: boolean;
  /** The signals of the pixels that the mode asks for, computed in the child from the one decode. */
  readonly signals: readonly Signal[];
  readonly decoder: DecoderIdentity;
  /** `IMAGE_TRUNCATED` when only a part could be decoded. */
  readonly notes: readonly Extract<ItemErrorCode, 'IMAGE_TRUNCATED'>[];
  /** Time in the child, without transfer. */
  readonly durationMs: number;
}

export interface DecodedImage extends MeasuredImage {
  /** Fits inside 1024 px, never enlarged. */
  readonly clear: Rendition;
  /** Grey, blurred in its pixels, at most 64 px: what may be sent unasked. */
  readonly veiled: Rendition;
}

/** Which program saw the pixels, and how, in one line. */
export const decoderName = ({ name, version, libvipsVersion, options }: DecoderIdentity): string =>
  `${name} ${version} libvips ${libvipsVersion}${options === '' ? '' : ` ${options}`}`;
