// Which quality of the Independent JPEG Group's library a table of quantisation was made with, if by that library (jcparam.c of libjpeg:
// tables of T.81, annex K, scaled).

/** Annex K.1, in the order of rows. */
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];

/** Place in rows of each place in zigzag order (T.81, figure A.6). */
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];

const scaled = (base: number, quality: number): number => {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return Math.max(1, Math.min(255, Math.floor((base * percent + 50) / 100)));
};

/** 1..100 where the luma table (64 steps in zigzag order) is exactly that of the library; null where another program made it. */
export const libraryQuality = (steps: readonly number[]): number | null => {
  for (let quality = 100; quality >= 1; quality--) {
    if (ZIGZAG.every((place, i) => steps[i] === scaled(LUMA[place] as number, quality))) return quality;
  }
  return null;
};
