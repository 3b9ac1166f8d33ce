// What the header of a baseline JPEG says, as far as its luma depends on it (ITU-T T.81, annex B).

export interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantisation: number;
}

/** Codes of one Huffman table: how many there are of each length 1..16, and what they stand for, in order. */
export interface CodeTable {
  readonly counts: Uint8Array;
  readonly symbols: Uint8Array;
}

export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Luma first. */
  readonly components: readonly Component[];
  /** Quantisation of each component, in the order of the file. */
  readonly steps: readonly Uint16Array[];
  /** DC and AC table of each component. */
  readonly tables: readonly { readonly dc: CodeTable; readonly ac: CodeTable }[];
  /** Units between restart markers; 0 for none. */
  readonly restart: number;
  /** Where the entropy-coded data begin. */
  readonly dataAt: number;
}

const SOI = 0xd8;
const BASELINE = 0xc0;
const EXTENDED = 0xc1;
const TABLES = 0xc4;
const QUANTISATION = 0xdb;
const RESTART = 0xdd;
const SCAN = 0xda;
const ADOBE = 0xee;
const APP0 = 0xe0;
const APP15 = 0xef;
const COMMENT = 0xfe;

/** Tables of a kind have the numbers below this. */
const TABLE_LIMIT = 4;
/** Blocks of a unit at most (T.81, B.2.3). */
const UNIT_BLOCKS = 10;
/** A DC symbol is a number of bits, 0..15. */
const DC_SYMBOLS = 16;

/**
 * Null where the file is anything but one 8-bit Huffman-coded scan of grey or of luma and two colour differences, or is damaged. What libjpeg
 * refuses is refused here: a file must not show one picture to a viewer and another to the hashes.
 */
export const readJpegHeader = (file: Uint8Array): JpegHeader | null => {
  const steps = new Map<number, Uint16Array>();
  const codes = new Map<number, CodeTable>();
  let frame: { width: number; height: number; components: readonly Component[] } | null = null;
  let restart = 0;
  if (file[0] !== 0xff || file[1] !== SOI) return null;
  for (let at = 2; at + 4 <= file.length;) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1]!;
    if (marker === 0xff) {
      at += 1; // fill bytes may stand before a marker
      continue;
    }
    const end = at + 2 + word(file, at + 2);
    const segment = file.subarray(at + 4, end);
    if (end > file.length || end < at + 4) return null;
    if (marker === SCAN) {
      if (frame === null) return null;
      return scanHeader(segment, { ...frame, restart, dataAt: end }, steps, codes);
    }
    if (marker === BASELINE || marker === EXTENDED) {
      if (frame !== null) return null;
      frame = frameHeader(segment);
      if (frame === null) return null;
    } else if (marker === QUANTISATION) {
      if (!readSteps(segment, steps)) return null;
    } else if (marker === TABLES) {
      if (!readCodes(segment, codes)) return null;
    } else if (marker === RESTART) {
      if (segment.length !== 2) return null;
      restart = word(segment, 0);
    }
    // Adobe's own segment: transform 1 is luma and colour differences; anything else is not.
    else if (marker === ADOBE && String.fromCharCode(...segment.subarray(0, 5)) === 'Adobe') {
      if (segment[11] !== 1) return null;
    } else if (!((marker >= APP0 && marker <= APP15) || marker === COMMENT)) return null;
    at = end;
  }
  return null;
};

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

const frameHeader = (segment: Uint8Array): Pick<JpegHeader, 'width' | 'height' | 'components'> | null => {
  const count = segment[5] ?? 0;
  if (segment[0] !== 8 || (count !== 1 && count !== 3) || segment.length !== 6 + 3 * count) return null;
  const components = Array.from({ length: count }, (_, i) => {
    const [id, sampling, quantisation] = [segment[6 + 3 * i]!, segment[7 + 3 * i]!, segment[8 + 3 * i]!];
    return { id, across: sampling >> 4, down: sampling & 15, quantisation };
  });
  const [luma] = components;
  const isSampledWell = components.every(
    ({ across, down }, i) => across > 0 && down > 0 && (i === 0 || (across === 1 && down === 1)),
  );
  // Components called R, G and B are what they say.
  const isRgb = components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB';
  const blocks = components.reduce((sum, { across, down }) => sum + across * down, 0);
  const [height, width] = [word(segment, 1), word(segment, 3)];
  if (
    !isSampledWell ||
    isRgb ||
    blocks > UNIT_BLOCKS ||
    luma!.across > 2 ||
    luma!.down > 2 ||
    width === 0 ||
    height === 0
  )
    return null;
  // A scan of one component has no units of several blocks, whatever its sampling says.
  return { width, height, components: count === 1 ? [{ ...luma!, across: 1, down: 1 }] : components };
};

const scanHeader = (
  segment: Uint8Array,
  known: Omit<JpegHeader, 'steps' | 'tables'>,
  steps: ReadonlyMap<number, Uint16Array>,
  codes: ReadonlyMap<number, CodeTable>,
): JpegHeader | null => {
  const { components } = known;
  if (segment[0] !== components.length || segment.length !== 4 + 2 * components.length) return null;
  const quantised = components.flatMap(({ quantisation }) => steps.get(quantisation) ?? []);
  const tables = components.flatMap(({ id }, i) => {
    const [component, which] = [segment[1 + 2 * i], segment[2 + 2 * i] ?? 0];
    const dc = codes.get(which >> 4);
    const ac = codes.get(AC | (which & 15));
    return component !== id || dc === undefined || ac === undefined ? [] : [{ dc, ac }];
  });
  const isWhole = tables.length === components.length && quantised.length === components.length;
  return isWhole ? { ...known, steps: quantised, tables } : null;
};

/** False where the segment is not what it should be. */
const readSteps = (segment: Uint8Array, steps: Map<number, Uint16Array>): boolean => {
  for (let at = 0; at < segment.length;) {
    const [precision, which] = [segment[at]! >> 4, segment[at]! & 15];
    const isWide = precision === 1;
    const start = at + 1;
    at = start + (isWide ? 128 : 64);
    if (precision > 1 || which >= TABLE_LIMIT || at > segment.length) return false;
    steps.set(
      which,
      Uint16Array.from({ length: 64 }, (_, i) => (isWide ? word(segment, start + 2 * i) : segment[start + i]!)),
    );
  }
  return true;
};

/** AC tables are kept under their number and this. */
const AC = 16;

/** False where the segment is not what it should be. */
const readCodes = (segment: Uint8Array, codes: Map<number, CodeTable>): boolean => {
  for (let at = 0; at < segment.length;) {
    const which = segment[at]!;
    const counts = segment.subarray(at + 1, at + 17);
    const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
    const symbols = segment.subarray(at + 17, end);
    if ((which & ~AC) >= TABLE_LIMIT || end > segment.length || !isPrefixCode(counts)) return false;
    if ((which & AC) === 0 && symbols.some((symbol) => symbol >= DC_SYMBOLS)) return false;
    codes.set(which, { counts, symbols });
    at = end;
  }
  return true;
};

/** True where there are codes for all, and the one of ones alone is left free (T.81, C.2). */
const isPrefixCode = (counts: Uint8Array): boolean => {
  let code = 0;
  return counts.every((count, i) => {
    code = 2 * code + count;
    return code < 2 << i;
  });
};
