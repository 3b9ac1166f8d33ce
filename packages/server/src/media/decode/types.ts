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
  readonly name: 'sharp' | 'heic-decode';
  readonly version: string;
  readonly libvipsVersion: string;
  /** What influences the pixels, as `key=value` separated by blanks. */
  readonly options: string;
}

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'heic';

export interface DecodedImage {
  readonly format: PictureFormat;
  /** Upright (after EXIF orientation), in full resolution. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** EXIF orientation 1..8 that was applied; 1 where the file states none. */
  readonly orientation: number;
  /** Pages of a TIFF, frames of an animation; the first is decoded. */
  readonly pageCount: number;
  /** Alpha is flattened on neutral grey (128, 128, 128) before anything else. */
  readonly hasAlpha: boolean;
  /** Fits inside 1024 px, never enlarged. */
  readonly clear: Rendition;
  /** Grey, blurred in its pixels, at most 64 px: what may be sent unasked. */
  readonly veiled: Rendition;
  /** Every signal of the pixels: `pictureSignals` of core, computed in the child from the one decode. */
  readonly signals: readonly Signal[];
  readonly decoder: DecoderIdentity;
  /** `IMAGE_TRUNCATED` when only a part could be decoded. */
  readonly notes: readonly Extract<ItemErrorCode, 'IMAGE_TRUNCATED'>[];
  /** Time in the child, without transfer. */
  readonly durationMs: number;
}
