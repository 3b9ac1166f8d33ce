// A texture: square RGB picture with its mip levels, side a power of two, repeating.

/** Bytes are display values; linear light is (value / 255) squared, close to sRGB and cheap to undo. */
export interface Texture {
  /** Side of level 0, a power of two. */
  readonly size: number;
  /** RGB, level i has side size >> i. */
  readonly levels: readonly Uint8Array[];
  /** Mean in linear light, for light that bounces. */
  readonly mean: readonly [number, number, number];
}

const halve = (source: Uint8Array, size: number): Uint8Array => {
  const half = size >> 1;
  const out = new Uint8Array(half * half * 3);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const from = (y * 2 * size + x * 2) * 3;
      const to = (y * half + x) * 3;
      for (let c = 0; c < 3; c++) {
        const sum =
          (source[from + c] as number) +
          (source[from + 3 + c] as number) +
          (source[from + size * 3 + c] as number) +
          (source[from + size * 3 + 3 + c] as number);
        out[to + c] = (sum + 2) >> 2;
      }
    }
  }
  return out;
};

/** Wraps size x size RGB bytes and computes the smaller levels. */
export const createTexture = (size: number, pixels: Uint8Array): Texture => {
  const levels = [pixels];
  let current = pixels;
  for (let side = size; side > 1; side >>= 1) {
    current = halve(current, side);
    levels.push(current);
  }
  const mean = Array.from(current, (value) => (value / 255) ** 2) as [number, number, number];
  return { size, levels, mean };
};

/** Computes a texture texel by texel; `shade` writes r, g, b (0..255) for u, v in 0..1. */
export const paintTexture = (size: number, shade: (u: number, v: number, out: Float32Array) => void): Texture => {
  const pixels = new Uint8Array(size * size * 3);
  const colour = new Float32Array(3);
  let at = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      shade((x + 0.5) / size, (y + 0.5) / size, colour);
      for (let c = 0; c < 3; c++) {
        const value = colour[c] as number;
        pixels[at++] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }
  return createTexture(size, pixels);
};

/** Multiplies each texel by 1 + amount * pattern(x, y), pattern in about -1..1: weave, grain, dirt. */
export const modulate = (
  size: number,
  pixels: Uint8Array,
  amount: number,
  pattern: (x: number, y: number) => number,
): Uint8Array => {
  let at = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const gain = 1 + amount * pattern(x, y);
      for (let c = 0; c < 3; c++, at++) {
        const value = (pixels[at] as number) * gain;
        pixels[at] = value > 255 ? 255 : value;
      }
    }
  }
  return pixels;
};

/** The same texture lying on its side: grain that ran along u runs along v. */
export const turnTexture = ({ size, levels }: Texture): Texture => {
  const source = levels[0] ?? new Uint8Array(size * size * 3);
  const turned = new Uint8Array(source.length);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const from = (y * size + x) * 3;
      turned.set(source.subarray(from, from + 3), (x * size + y) * 3);
    }
  return createTexture(size, turned);
};
