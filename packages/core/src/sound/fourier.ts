// Power spectrum of a real frame: a radix-2 transform (Cooley and Tukey, 1965) of half the length, its two halves taken apart.

export interface Spectrum {
  /** `size` values in, `size / 2` powers out, in the same array at every call. */
  powersOf(frame: Float64Array): Float64Array;
}

/** `size` is a power of two. */
export const createSpectrum = (size: number): Spectrum => {
  const half = size / 2;
  const [real, imaginary, powers] = [new Float64Array(half), new Float64Array(half), new Float64Array(half)];
  const cosines = Float64Array.from({ length: half }, (_, i) => Math.cos((Math.PI * i) / half));
  const sines = Float64Array.from({ length: half }, (_, i) => Math.sin((Math.PI * i) / half));
  const reversed = reversedBits(half);

  const transform = (): void => {
    for (let length = 2; length <= half; length *= 2) {
      const step = size / length;
      const middle = length / 2;
      for (let from = 0; from < half; from += length) {
        for (let i = 0, k = 0; i < middle; i++, k += step) {
          const [a, b] = [from + i, from + i + middle];
          const re = real[b]! * cosines[k]! + imaginary[b]! * sines[k]!;
          const im = imaginary[b]! * cosines[k]! - real[b]! * sines[k]!;
          real[b] = real[a]! - re;
          imaginary[b] = imaginary[a]! - im;
          real[a] = real[a]! + re;
          imaginary[a] = imaginary[a]! + im;
        }
      }
    }
  };

  return {
    powersOf: (frame) => {
      // Even samples as real parts, odd ones as imaginary parts: one transform of half the length.
      for (let i = 0; i < half; i++) {
        real[reversed[i]!] = frame[2 * i]!;
        imaginary[reversed[i]!] = frame[2 * i + 1]!;
      }
      transform();
      powers[0] = (real[0]! + imaginary[0]!) ** 2;
      for (let k = 1; k < half; k++) {
        const m = half - k;
        const evenRe = (real[k]! + real[m]!) / 2;
        const evenIm = (imaginary[k]! - imaginary[m]!) / 2;
        const oddRe = (imaginary[k]! + imaginary[m]!) / 2;
        const oddIm = (real[m]! - real[k]!) / 2;
        const re = evenRe + cosines[k]! * oddRe + sines[k]! * oddIm;
        const im = evenIm + cosines[k]! * oddIm - sines[k]! * oddRe;
        powers[k] = re * re + im * im;
      }
      return powers;
    },
  };
};

const reversedBits = (count: number): Uint32Array => {
  const reversed = new Uint32Array(count);
  for (let i = 1; i < count; i++) reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? count >> 1 : 0);
  return reversed;
};
