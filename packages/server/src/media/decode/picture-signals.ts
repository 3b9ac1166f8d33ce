// The signals that need nothing but the luma of one picture: computed in the child, from the one decode.
import { HASH_BYTES, ORIENTATION_COUNT, pdqFromLuma } from '@redthread/core/kernels';

/** PDQ in eight orientations, one after another in the order of `ORIENTATIONS`, 32 bytes each. */
export interface PdqSignal {
  readonly hashes: Buffer;
  /** 0..100; below 50 the picture is featureless and never matches near. */
  readonly quality: number;
}

export interface PictureSignals {
  readonly pdq: PdqSignal;
}

/** How the signals travel: the numbers in the header of the frame, the bytes in its payload. */
export interface SignalHeader {
  readonly pdqQuality: number;
}

export const PDQ_BYTES = ORIENTATION_COUNT * HASH_BYTES;

/** Computes every signal of a picture. `luma` is 0..255, row-major, upright. */
export const pictureSignals = (luma: Float32Array, widthPx: number, heightPx: number): PictureSignals => {
  const { hashes, quality } = pdqFromLuma(luma, widthPx, heightPx);
  return { pdq: { hashes: Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength), quality } };
};
