// The typefaces of a report: IBM Plex (OFL-1.1), whose figures are as wide as each other, in the files of its parts.
import { createRequire } from 'node:module';

const find = createRequire(import.meta.url).resolve;

export type Face = 'sans' | 'bold' | 'mono';
const NAMED: Readonly<Record<Face, readonly [family: string, weight: number]>> = {
  sans: ['ibm-plex-sans', 400],
  bold: ['ibm-plex-sans', 600],
  mono: ['ibm-plex-mono', 400],
};

/** Writing systems, each a file; the mono has no Greek. In the order in which a sign is looked for. */
export const FACE_PARTS: Readonly<Record<Face, readonly string[]>> = {
  sans: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'],
  bold: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'],
  mono: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'],
};

export const faceFile = (face: Face, part: string): string => {
  const [family, weight] = NAMED[face];
  return find(`@fontsource/${family}/files/${family}-${part}-${weight}-normal.woff`);
};
