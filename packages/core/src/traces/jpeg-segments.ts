// The segments of a JPEG in their order (ITU-T T.81, annex B): what the program that wrote it left behind besides the picture.

export interface Segment {
  readonly marker: number;
  /** Place of what follows the length, and its end. */
  readonly from: number;
  readonly to: number;
}

export interface Segments {
  readonly segments: readonly Segment[];
  /** Bytes after the end of the picture; null where it does not end. */
  readonly trailingBytes: number | null;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SCAN = 0xda;
/** Files with more are damaged or made to keep a reader busy. */
const MOST_SEGMENTS = 4_096;

const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= SOI);

/** The first byte of the marker that ends entropy-coded data from `at` on; the length of the file where there is none. */
const endOfScan = (file: Uint8Array, at: number): number => {
  for (
    let place = file.indexOf(0xff, at);
    place >= 0 && place + 1 < file.length;
    place = file.indexOf(0xff, place + 1)
  ) {
    const next = file[place + 1] as number;
    // A stuffed zero, a restart marker and fill bytes belong to the data.
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return place;
  }
  return file.length;
};

/** Null where it does not begin as a JPEG. A file that is cut or damaged later has the segments before that. */
export const jpegSegments = (file: Uint8Array): Segments | null => {
  if (file[0] !== 0xff || file[1] !== SOI) return null;
  const segments: Segment[] = [];
  for (let at = 2; at + 1 < file.length && segments.length < MOST_SEGMENTS;) {
    if (file[at] !== 0xff) break;
    const marker = file[at + 1] as number;
    if (marker === EOI) return { segments, trailingBytes: file.length - at - 2 };
    if (marker === 0xff || standsAlone(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (at + 4 > file.length) break;
    const to = at + 2 + (((file[at + 2] as number) << 8) | (file[at + 3] as number));
    if (to < at + 4 || to > file.length) break;
    segments.push({ marker, from: at + 4, to });
    at = marker === SCAN ? endOfScan(file, to) : to;
  }
  return { segments, trailingBytes: null };
};
