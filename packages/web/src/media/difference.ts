// The difference of two revealed pictures: absolute, per channel, amplified; pure over pixels.

export const AMPLIFY = 4;

/** RGBA in, RGBA out, of the same length; alpha is opaque. */
export const differencePixels = (a: Uint8ClampedArray, b: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> => {
  const out = new Uint8ClampedArray(a.length);
  for (let i = 0; i < a.length; i += 4) {
    for (let channel = 0; channel < 3; channel += 1)
      out[i + channel] = Math.abs((a[i + channel] ?? 0) - (b[i + channel] ?? 0)) * AMPLIFY;
    out[i + 3] = 255;
  }
  return out;
};
