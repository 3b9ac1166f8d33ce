// How large the clear rendition becomes: inside 1024 px, at the size that JPEG's own scaled decoding makes cheapest.

/** Longest side of a clear rendition, pixels. */
export const CLEAR_MAX_PX = 1024;

/** A smaller clear rendition is accepted down to here when it saves decoding. */
export const CLEAR_MIN_PX = 768;

// A JPEG decodes at 1/s (s = 2, 4, 8) for much less than in full. sharp uses 1/s only where the final reduction is at least
// s + 1, which leaves it a true resampling to do; so the size that the fastest 1/s allows is floor(side / (s + 1)).
const JPEG_SCALES = [8, 4, 2] as const;

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Size of the clear rendition of a picture of this (stored or upright) size. */
export const clearSize = ({ widthPx, heightPx }: Size, isJpeg: boolean): Size => {
  const longPx = Math.max(widthPx, heightPx);
  let targetPx = Math.min(longPx, CLEAR_MAX_PX);
  if (isJpeg && longPx > CLEAR_MAX_PX) {
    const scale = JPEG_SCALES.find((s) => Math.floor(longPx / (s + 1)) >= CLEAR_MIN_PX);
    if (scale !== undefined) targetPx = Math.min(targetPx, Math.floor(longPx / (scale + 1)));
  }
  const side = (px: number): number => Math.max(1, Math.floor((px * targetPx) / longPx));
  return { widthPx: side(widthPx), heightPx: side(heightPx) };
};

/** True where sharp decodes a JPEG at 1/2 or less to make it this small. */
export const isShrunkOnLoad = (size: Size, target: Size): boolean =>
  Math.min(size.widthPx / target.widthPx, size.heightPx / target.heightPx) >= 2;
