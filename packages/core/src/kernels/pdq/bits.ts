// From coefficients to the 256 bits of a hash, and its hexadecimal form.
import { fail } from '../../errors/index.js';

/** Bytes of one PDQ hash. */
export const HASH_BYTES = 32;

/**
 * Sets a bit for each coefficient above the (lower) median: 128 of them where no two are equal. Coefficient 0 is the lowest bit of
 * the last byte, so that the bytes read as the reference's hexadecimal form.
 */
export const thresholdBits = (
  coefficients: Float32Array,
  scratch: Float32Array,
  hash: Uint8Array,
  offset: number,
): void => {
  scratch.set(coefficients);
  scratch.sort();
  const median = scratch[scratch.length / 2 - 1]!;
  for (let i = 0; i < coefficients.length; i++) {
    if (coefficients[i]! > median) hash[offset + HASH_BYTES - 1 - (i >> 3)]! |= 1 << (i & 7);
  }
};

/** 64 lower-case hexadecimal digits of the hash that starts at `offset`. */
export const hashToHex = (hash: Uint8Array, offset = 0): string => {
  let hex = '';
  for (let i = 0; i < HASH_BYTES; i++) hex += hash[offset + i]!.toString(16).padStart(2, '0');
  return hex;
};

/** Reads 64 hexadecimal digits. Throws HASH_INVALID. */
export const hashFromHex = (hex: string): Uint8Array => {
  if (!/^[0-9a-fA-F]{64}$/.test(hex)) {
    throw fail('HASH_INVALID', `${JSON.stringify(hex.slice(0, 80))} is not 64 hexadecimal digits`);
  }
  return Uint8Array.from({ length: HASH_BYTES }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
};
