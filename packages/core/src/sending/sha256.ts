// SHA-256 (FIPS 180-4) of bytes that come piece by piece: browsers digest only what lies in memory whole, and a file need not fit.

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Where the length of the message stands in the last block. */
const LENGTH_AT = BLOCK_BYTES - 8;
const TWO_32 = 0x1_0000_0000;

/** Section 4.2.2: the first 32 bits of the fractions of the cube roots of the first 64 primes. */
const K = Int32Array.of(
  ...[0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5],
  ...[0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174],
  ...[0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da],
  ...[0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967],
  ...[0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85],
  ...[0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070],
  ...[0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3],
  ...[0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2],
);

export class Sha256 {
  readonly #state = Int32Array.of(
    ...[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
  );
  readonly #schedule = new Int32Array(64);
  readonly #rest = new Uint8Array(BLOCK_BYTES);
  #restBytes = 0;
  #bytes = 0;

  update(piece: Uint8Array): this {
    this.#bytes += piece.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(piece.length, BLOCK_BYTES - this.#restBytes);
      this.#rest.set(piece.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < BLOCK_BYTES) return this;
      compress(this.#state, this.#schedule, this.#rest, 0);
      this.#restBytes = 0;
    }
    for (; at + BLOCK_BYTES <= piece.length; at += BLOCK_BYTES) compress(this.#state, this.#schedule, piece, at);
    this.#rest.set(piece.subarray(at));
    this.#restBytes = piece.length - at;
    return this;
  }

  /** Ends it: nothing may be added after. */
  digest(): Uint8Array<ArrayBuffer> {
    const rest = this.#rest;
    rest.fill(0, this.#restBytes);
    rest[this.#restBytes] = 0x80;
    if (this.#restBytes >= LENGTH_AT) {
      compress(this.#state, this.#schedule, rest, 0);
      rest.fill(0);
    }
    const length = new DataView(rest.buffer);
    const [high, low] = bitCount(this.#bytes);
    length.setUint32(LENGTH_AT, high);
    length.setUint32(LENGTH_AT + 4, low);
    compress(this.#state, this.#schedule, rest, 0);
    const digest = new Uint8Array(DIGEST_BYTES);
    const words = new DataView(digest.buffer);
    this.#state.forEach((word, place) => words.setInt32(4 * place, word));
    return digest;
  }
}

/** The bits of so many bytes, as two words of 32: exact as far as a file may reach. */
export const bitCount = (bytes: number): readonly [high: number, low: number] => [
  Math.floor(bytes / (TWO_32 / 8)),
  (bytes % (TWO_32 / 8)) * 8,
];

/** Section 6.2.2, over the block of `bytes` that begins at `at`. */
const compress = (state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void => {
  for (let i = 0, b = at; i < 16; i += 1, b += 4)
    w[i] = (bytes[b]! << 24) | (bytes[b + 1]! << 16) | (bytes[b + 2]! << 8) | bytes[b + 3]!;
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
};
