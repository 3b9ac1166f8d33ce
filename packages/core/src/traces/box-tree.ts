// The boxes of an MP4, MOV, HEIC or AVIF file in their order (ISO/IEC 14496-12, 4.2): which program wrote it shows in which boxes it wrote and how it
// ordered them. Only heads of boxes are read; what lies in them is passed over.

export interface BoxTree {
  /** Major brand of `ftyp`, its version aside; null where there is none (old QuickTime). */
  readonly brand: string | null;
  readonly compatible: readonly string[];
  /** Paths in the order of the file, a run of equal ones once: `moov/trak/mdia`. */
  readonly layout: readonly string[];
  /** What no writer should have written: `past-end`, `too-small`, `too-deep`, `too-many`. */
  readonly oddities: readonly BoxOddity[];
}

export const BOX_ODDITIES = ['past-end', 'too-small', 'too-deep', 'too-many'] as const;
export type BoxOddity = (typeof BOX_ODDITIES)[number];

/** Boxes that hold boxes and nothing before them. `meta` has four bytes of its own first, except in QuickTime. */
const HOLDERS = new Set(
  'moov trak mdia minf stbl edts dinf udta mvex moof traf mfra iprp ipco meta tref gmhd ilst'.split(' '),
);
/** Files with more are damaged or made to keep a reader busy. */
export const MOST_BOXES = 4_096;
export const MOST_BOX_PATHS = 512;
const MOST_BRANDS = 32;
const DEEPEST = 10;

const codeAt = (file: Uint8Array, at: number): string =>
  String.fromCharCode(...file.subarray(at, at + 4)).replaceAll(/[^\x20-\x7e\xa9]/g, '?');

const word = (file: Uint8Array, at: number): number =>
  (((file[at] ?? 0) << 24) | ((file[at + 1] ?? 0) << 16) | ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0)) >>> 0;

/** Whole box and head; a size of 0 reaches to the end of what holds it, 1 is followed by 64 bits. */
const sizeAt = (file: Uint8Array, at: number, end: number): { readonly size: number; readonly head: number } => {
  const size = word(file, at);
  if (size === 0) return { size: end - at, head: 8 };
  if (size !== 1) return { size, head: 8 };
  // Exact up to 2^53; what is larger lies past the end of every file.
  return { size: word(file, at + 8) * 2 ** 32 + word(file, at + 12), head: 16 };
};

const STARTS = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'styp']);

/** Null where it does not begin as such a file. What is cut or damaged later has the boxes before that. */
export const boxTree = (file: Uint8Array): BoxTree | null => {
  if (file.length < 8 || !STARTS.has(codeAt(file, 4))) return null;
  const layout: string[] = [];
  const oddities = new Set<BoxOddity>();
  const compatible: string[] = [];
  let brand: string | null = null;
  let seen = 0;

  const walk = (from: number, end: number, above: string, depth: number): void => {
    for (let at = from; at + 8 <= end;) {
      if (++seen > MOST_BOXES || layout.length >= MOST_BOX_PATHS) return void oddities.add('too-many');
      const { size, head } = sizeAt(file, at, end);
      if (size < head) return void oddities.add('too-small');
      const type = codeAt(file, at + 4);
      const path = `${above}${type}`;
      if (layout.at(-1) !== path) layout.push(path);
      const to = Math.min(at + size, end);
      if (at + size > end) oddities.add('past-end');
      if (type === 'ftyp' && depth === 0 && brand === null && to - at >= head + 8) {
        brand = codeAt(file, at + head);
        for (let b = at + head + 8; b + 4 <= to && compatible.length < MOST_BRANDS; b += 4)
          compatible.push(codeAt(file, b));
      }
      if (HOLDERS.has(type)) {
        if (depth === DEEPEST) oddities.add('too-deep');
        else walk(at + head + ownBytes(file, type, at + head), to, `${path}/`, depth + 1);
      }
      at += size;
    }
  };
  walk(0, file.length, '', 0);
  return { brand, compatible, layout, oddities: [...oddities].toSorted() };
};

/** QuickTime's `meta` begins with the box `hdlr` at once, that of ISO after version and flags. */
const ownBytes = (file: Uint8Array, type: string, inside: number): number =>
  type === 'meta' && codeAt(file, inside + 4) !== 'hdlr' ? 4 : 0;

/** Equal for files of one writer with one setting, whatever they show and however long they are. */
export const boxClass = ({ brand, compatible, layout }: BoxTree): string =>
  JSON.stringify([brand, compatible, layout.filter((path) => path !== 'free' && path !== 'skip')]);
