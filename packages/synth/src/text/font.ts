// A stroke font of our own: text in pictures must look the same on a machine that has no fonts.

/** Strokes of each glyph: points of two digits (x 0..6, y 0..9, base line 7), lines parted by "|". */
const STROKES: Readonly<Record<string, string>> = {
  A: '07 20 47|14 34',
  B: '00 07 37 46 45 34 03|34 43 41 30 00',
  C: '41 30 10 01 06 17 37 46',
  D: '00 07 27 45 42 20 00',
  E: '40 00 07 47|03 33',
  F: '40 00 07|03 33',
  G: '41 30 10 01 06 17 37 46 44 24',
  H: '00 07|40 47|03 43',
  I: '20 27|10 30|17 37',
  J: '40 46 37 17 06',
  K: '00 07|40 03 47',
  L: '00 07 47',
  M: '07 00 33 60 67',
  N: '07 00 47 40',
  O: '10 30 41 46 37 17 06 01 10',
  P: '07 00 30 41 43 34 04',
  Q: '10 30 41 46 37 17 06 01 10|35 58',
  R: '07 00 30 41 42 33 03|23 47',
  S: '41 30 10 01 02 13 33 44 46 37 17 06',
  T: '00 40|20 27',
  U: '00 06 17 37 46 40',
  V: '00 27 40',
  W: '00 17 32 57 60',
  X: '00 47|40 07',
  Y: '00 23 40|23 27',
  Z: '00 40 07 47',
  a: '03 12 32 43 47|44 14 05 06 17 37 45',
  b: '00 07|03 12 32 43 46 37 17 06',
  c: '43 32 12 03 06 17 37 46',
  d: '40 47|43 32 12 03 06 17 37 46',
  e: '05 45 43 32 12 03 06 17 37 46',
  f: '40 30 21 27|03 43',
  g: '43 32 12 03 06 17 37 46|42 48 39 19 08',
  h: '00 07|04 12 32 43 47',
  i: '12 17|10 10',
  j: '22 28 19 09|20 20',
  k: '00 07|32 05|14 37',
  l: '10 16 27',
  m: '07 02|03 12 22 33 37|33 42 52 63 67',
  n: '02 07|04 12 32 43 47',
  o: '12 32 43 46 37 17 06 03 12',
  p: '02 09|03 12 32 43 46 37 17 06',
  q: '42 49|43 32 12 03 06 17 37 46',
  r: '02 07|04 12 32',
  s: '43 32 12 03 14 34 45 46 37 17 06',
  t: '10 16 27 37|02 32',
  u: '02 06 17 37 45|42 47',
  v: '02 27 42',
  w: '02 17 34 57 62',
  x: '02 47|42 07',
  y: '02 27|42 27 19 09',
  z: '02 42 07 47',
  0: '10 30 41 46 37 17 06 01 10|05 42',
  1: '01 20 27|07 47',
  2: '01 10 30 41 42 07 47',
  3: '00 40 23 33 44 46 37 17 06',
  4: '37 30 05 45',
  5: '40 00 03 33 44 46 37 17 06',
  6: '40 10 02 06 17 37 46 44 33 13 04',
  7: '00 40 17',
  8: '13 02 01 10 30 41 42 33 13 04 06 17 37 46 44 33',
  9: '43 34 14 03 01 10 30 41 46 37 07',
  '.': '17 17',
  ',': '17 08',
  ':': '13 13|17 17',
  ';': '13 13|17 08',
  '-': '14 34',
  _: '07 47',
  '+': '22 26|04 44',
  '/': '07 40',
  '!': '20 25|27 27',
  '?': '01 10 30 41 42 24 25|27 27',
  '(': '30 11 16 37',
  ')': '10 31 36 17',
  '#': '11 17|31 37|03 43|05 45',
  '&': '47 02 01 10 20 31 04 06 17 27 44',
  "'": '20 22',
  '"': '10 12|30 32',
  '*': '12 36|32 16|04 44',
  '=': '03 43|05 45',
  '€': '41 30 20 11 16 27 37 46|03 33|05 35',
  '@': '45 35 34 23 14 15 26 35|45 43 31 11 03 06 17 37',
};

const narrow = (glyph: string): boolean => "il.,:;!'jI1()".includes(glyph);
const wide = (glyph: string): boolean => 'MWmw@'.includes(glyph);
const advance = (glyph: string): number => (glyph === ' ' ? 3.2 : wide(glyph) ? 7.6 : narrow(glyph) ? 4.2 : 5.6);

export interface TextStyle {
  readonly colour: string;
  /** Height of a capital letter, in units of the drawing. */
  readonly size: number;
  /** Thickness of strokes relative to the size; 0.1 is light, 0.2 bold. */
  readonly weight?: number;
  readonly slant?: number;
  /** Colour of a rim round the letters. */
  readonly rim?: string;
}

/** Width of one line, in units of the drawing. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, glyph) => sum + advance(glyph), 0) * (size / 7);

/** SVG of one line; x is its left end, y its base line. Letters that the font lacks show as a box. */
export const drawText = (text: string, x: number, y: number, style: TextStyle): string => {
  const paths: string[] = [];
  let at = 0;
  for (const glyph of text) {
    if (glyph !== ' ') {
      const strokes = STROKES[glyph] ?? '00 40 47 07 00';
      for (const line of strokes.split('|')) {
        const points = line.split(' ').map((p) => `${Number(p[0]) + at} ${Number(p[1]) - 7}`);
        paths.push(`M${points.join('L')}`);
      }
    }
    at += advance(glyph);
  }
  const k = style.size / 7;
  const width = (style.weight ?? 0.13) * 7;
  const d = paths.join('');
  const common = 'fill="none" stroke-linecap="round" stroke-linejoin="round"';
  const rim = style.rim
    ? `<path d="${d}" ${common} stroke="${style.rim}" stroke-width="${(width * 2.1).toFixed(2)}"/>`
    : '';
  return `<g transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) skewX(${style.slant ?? 0}) scale(${k.toFixed(4)})">${rim}<path d="${d}" ${common} stroke="${style.colour}" stroke-width="${width.toFixed(2)}"/></g>`;
};
