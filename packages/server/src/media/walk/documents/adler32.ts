// The checksum of a zlib stream (RFC 1950).
const MODULUS = 65_521;
/** So many bytes are summed before a sum could pass what is exact. */
const STRIDE = 5552;

export const adler32 = (bytes: Uint8Array): number => {
  let [a, b] = [1, 0];
  for (let at = 0; at < bytes.length; at += STRIDE) {
    const end = Math.min(at + STRIDE, bytes.length);
    for (let i = at; i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  return ((b << 16) | a) >>> 0;
};
