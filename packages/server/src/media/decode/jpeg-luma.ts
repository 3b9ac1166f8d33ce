// The cheap way to the luma of a large JPEG: a quarter of its size straight from its coefficients, where nobody asks for a rendition. The same look
// tells whether a JPEG may be shrunk while it is loaded: a decoder that does so clips means, where a viewer clips pixels, which can be two pictures.
import { JPEG_LUMA_SHRINK, jpegLuma, type JpegLuma } from '@redthread/core/kernels';
import type { Pixels } from './pixels.js';
import { CLEAR_MIN_PX } from './rendition-size.js';

/** Rises when the same file would give other values. */
export const JPEG_LUMA_VERSION = '1';
/** `decoder.options` of what went this way. */
export const JPEG_LUMA_OPTIONS = `luma=coefficients shrink=${JPEG_LUMA_SHRINK} icc=ignored`;

interface Facts {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: number;
}

/** Null where nothing is known: not one whole baseline scan, or colours and contrast that decoders show each in their own way. */
export const lookAtJpeg = (bytes: Buffer): JpegLuma | null => jpegLuma(bytes);

/** Null where a quarter is too small for the signals: sharp decodes it. */
export const pixelsOfLuma = (luma: JpegLuma, { widthPx, heightPx, orientation }: Facts): Pixels | null => {
  if (Math.max(widthPx, heightPx) < JPEG_LUMA_SHRINK * CLEAR_MIN_PX) return null;
  const swapsSides = orientation >= 5;
  return {
    data: upright(Buffer.from(luma.data.buffer), luma.width, luma.height, orientation),
    channels: 1,
    widthPx: swapsSides ? luma.height : luma.width,
    heightPx: swapsSides ? luma.width : luma.height,
  };
};

/** Undoes an EXIF orientation 1..8 of `width` x `height` stored bytes. */
const upright = (stored: Buffer, width: number, height: number, orientation: number): Buffer => {
  if (orientation === 1) return stored;
  const right = width - 1;
  const last = (height - 1) * width;
  // Where the first pixel of the upright picture lies, and the way from one to the next on its right and below it.
  const turns: Readonly<Record<number, readonly [start: number, across: number, down: number]>> = {
    2: [right, -1, width],
    3: [last + right, -1, -width],
    4: [last, 1, -width],
    5: [0, width, 1],
    6: [last, -width, 1],
    7: [last + right, -width, -1],
    8: [right, width, -1],
  };
  const [start, across, down] = turns[orientation] ?? [0, 1, width];
  const [columns, rows] = orientation >= 5 ? [height, width] : [width, height];
  const turned = Buffer.allocUnsafe(stored.length);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let column = 0, from = start + row * down; column < columns; column++, from += across) {
      turned[to++] = stored[from]!;
    }
  }
  return turned;
};
