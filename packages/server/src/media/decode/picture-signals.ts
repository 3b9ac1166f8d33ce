// The signals that need nothing but the luma of one picture: computed in the child, from the one decode.
import { GRID_CELLS, HASH_BYTES, lumaGrid, ORIENTATION_COUNT, pdqFromLuma } from '@redthread/core/kernels';

/** PDQ in eight orientations, one after another in the order of `ORIENTATIONS`, 32 bytes each. */
export interface PdqSignal {
  readonly hashes: Buffer;
  /** 0..100; below 50 the picture is featureless and never matches near. */
  readonly quality: number;
}

export interface PictureSignals {
  readonly pdq: PdqSignal;
  /** Mean luma of 64 x 64 cells, a byte each, row-major, aspect ignored. */
  readonly lumaGrid: Buffer;
}

const PDQ_BYTES = ORIENTATION_COUNT * HASH_BYTES;

/** How the signals travel: PDQ, then the grid; the quality stands in the header of the frame. */
export const SIGNAL_BYTES = PDQ_BYTES + GRID_CELLS;

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Computes every signal of a picture. `luma` is 0..255, row-major, upright. */
export const pictureSignals = (luma: Float32Array, widthPx: number, heightPx: number): PictureSignals => {
  const { hashes, quality } = pdqFromLuma(luma, widthPx, heightPx);
  return { pdq: { hashes: asBuffer(hashes), quality }, lumaGrid: asBuffer(lumaGrid(luma, widthPx, heightPx)) };
};

/** The signals from the `SIGNAL_BYTES` that the child sent. */
export const receivedSignals = (bytes: Buffer, quality: number): PictureSignals => ({
  pdq: { hashes: bytes.subarray(0, PDQ_BYTES), quality },
  lumaGrid: bytes.subarray(PDQ_BYTES),
});
