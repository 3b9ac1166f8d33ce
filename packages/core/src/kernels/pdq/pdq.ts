// PDQ, the perceptual hash of pictures published by Facebook ("The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
// algorithm", 2019), from its description: luma, tent filter to 64 x 64, DCT, one bit a frequency. docs/methods/pdq.md.
import { fail } from '../../errors/index.js';
import { ORIENTATION_COUNT } from '../orientation.js';
import { HASH_BYTES, thresholdBits } from './bits.js';
import { lowFrequencies } from './dct.js';
import { downsampleTent, MAX_SIDE, nearestSquare } from './downsample.js';
import { turnCoefficients } from './orientations.js';
import { pdqQuality } from './quality.js';

/** Pictures with a shorter side have no hash: all bits 0, quality 0. */
const MIN_SIDE = 5;

export interface PdqHashes {
  /** Eight hashes of 32 bytes in the order of `ORIENTATIONS`: entry k is the hash of the picture turned that way. */
  readonly hashes: Uint8Array;
  /** 0..100. Below 50 the picture is too flat for its hash to mean anything. */
  readonly quality: number;
}

/**
 * Hashes a luma picture of `width` x `height` values of 0..255, row-major, EXIF orientation applied. Give pixels as decoded, or, where
 * a side is over 512, an area-averaged 512 x 512 with the aspect ignored: both stay within the reference's own tolerance
 * (docs/methods/pdq.md has the figures). Throws HASH_INVALID where the sizes disagree.
 */
export const pdqFromLuma = (luma: Float32Array | Uint8Array, width: number, height: number): PdqHashes => {
  if (!Number.isInteger(width) || !Number.isInteger(height) || luma.length !== width * height) {
    throw fail('HASH_INVALID', `${luma.length} luma values do not make ${width} x ${height}`);
  }
  const hashes = new Uint8Array(ORIENTATION_COUNT * HASH_BYTES);
  if (width < MIN_SIDE || height < MIN_SIDE) return { hashes, quality: 0 };

  const cells =
    width > MAX_SIDE || height > MAX_SIDE
      ? downsampleTent(nearestSquare(luma, width, height, MAX_SIDE), MAX_SIDE, MAX_SIDE)
      : downsampleTent(luma, width, height);
  const upright = lowFrequencies(cells);
  const turned = new Float32Array(upright.length);
  const scratch = new Float32Array(upright.length);
  for (let k = 0; k < ORIENTATION_COUNT; k++) {
    turnCoefficients(upright, k, turned);
    thresholdBits(turned, scratch, hashes, k * HASH_BYTES);
  }
  return { hashes, quality: pdqQuality(cells) };
};
