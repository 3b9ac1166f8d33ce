// A hash of 256 bits and its hexadecimal form.
import { fail } from '../../errors/index.js';

/** Bytes of one PDQ hash. */
export const HASH_BYTES = 32;

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
