// The two renditions, from pixels that are already decoded.
import { lumaFromRgb } from '@redthread/core/kernels';
import type { Pixels } from './pixels.js';
import { sharp } from './open-sharp.js';
import type { Rendition } from './types.js';

/** Longest side of a veiled rendition: its information, whatever the size that it is shown at. */
export const VEILED_MAX_PX = 64;

// Fixed Huffman tables: 60 % of the encoding time of optimised ones for 3 % more bytes.
const CLEAR_JPEG = { quality: 80, optimizeCoding: false, chromaSubsampling: '4:2:0' } as const;
const VEILED_JPEG = { quality: 70, optimizeCoding: false } as const;

/** Values of 0..255, row-major. */
type Luma = Float32Array | Uint8Array;

/** The clear rendition: the pixels as they are, JPEG quality 80, without metadata. */
export const encodeClear = async ({ data, channels, widthPx, heightPx }: Pixels): Promise<Rendition> => {
  const raw = { width: widthPx, height: heightPx, channels } as const;
  const bytes = await sharp(data, { raw }).jpeg(CLEAR_JPEG).toBuffer();
  return { mime: 'image/jpeg', bytes, widthPx, heightPx };
};

/** The veiled rendition: cell means over the luma, then a 3 x 3 binomial blur, so that no edge of the original is left. */
export const encodeVeiled = (luma: Luma, fromWidth: number, fromHeight: number): Promise<Rendition> =>
  encodeGrey(veiledCells(luma, fromWidth, fromHeight));

/** The pixels of a veiled rendition. */
export const veiledCells = (luma: Luma, fromWidth: number, fromHeight: number): Pixels => {
  const scale = Math.min(1, VEILED_MAX_PX / Math.max(fromWidth, fromHeight));
  const widthPx = Math.max(1, Math.round(fromWidth * scale));
  const heightPx = Math.max(1, Math.round(fromHeight * scale));
  const cells = blur(cellMeans(luma, fromWidth, fromHeight, widthPx, heightPx), widthPx, heightPx);
  return { data: Buffer.from(Uint8Array.from(cells, Math.round).buffer), channels: 1, widthPx, heightPx };
};

/** Veiled pixels, of one picture or of many beside each other. */
export const encodeGrey = async ({ data, heightPx, widthPx }: Pixels): Promise<Rendition> => {
  const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
  const bytes = await sharp(data, { raw }).toColourspace('b-w').jpeg(VEILED_JPEG).toBuffer();
  return { mime: 'image/jpeg', bytes, widthPx, heightPx };
};

const cellMeans = (luma: Luma, fromWidth: number, fromHeight: number, width: number, height: number): Float32Array => {
  const means = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const top = Math.floor((row * fromHeight) / height);
    const bottom = Math.floor(((row + 1) * fromHeight) / height);
    for (let column = 0; column < width; column++) {
      const left = Math.floor((column * fromWidth) / width);
      const right = Math.floor(((column + 1) * fromWidth) / width);
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let at = y * fromWidth + left, end = y * fromWidth + right; at < end; at++) sum += luma[at]!;
      means[row * width + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return means;
};

/** 1-2-1 in both directions; the border repeats its edge. */
const blur = (cells: Float32Array, width: number, height: number): Float32Array => {
  const across = new Float32Array(cells.length);
  const both = new Float32Array(cells.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      across[at] = (cells[at - (column > 0 ? 1 : 0)]! + 2 * cells[at]! + cells[at + (column < width - 1 ? 1 : 0)]!) / 4;
    }
  }
  for (let row = 0; row < height; row++) {
    const above = row > 0 ? width : 0;
    const below = row < height - 1 ? width : 0;
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      both[at] = (across[at - above]! + 2 * across[at]! + across[at + below]!) / 4;
    }
  }
  return both;
};

/** Luma of the pixels, computed once for the veiled rendition and for every signal. */
export const lumaOf = ({ data, channels }: Pixels): Luma => (channels === 1 ? data : lumaFromRgb(data, channels));
