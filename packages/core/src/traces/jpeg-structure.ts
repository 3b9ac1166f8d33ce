// The structure of a JPEG: what its writer chose and left, apart from the picture. Equal structure means the same program or device model with
// the same settings; how much that says depends on how many others write alike.
import { libraryQuality } from './jpeg-quality.js';
import { jpegSegments, type Segment } from './jpeg-segments.js';

export interface JpegComponent {
  readonly across: number;
  readonly down: number;
  readonly table: number;
}

export interface JpegStructure {
  readonly width: number;
  readonly height: number;
  readonly process: 'baseline' | 'extended' | 'progressive' | 'other';
  readonly bits: number;
  readonly components: readonly JpegComponent[];
  /** 4:4:4, 4:2:2, 4:2:0, 4:4:0, 4:1:1, grey, or what it is instead. */
  readonly subsampling: string;
  /** Steps of each table in zigzag order, by its number. */
  readonly quantisation: readonly { readonly table: number; readonly steps: readonly number[] }[];
  /** Quality of the IJG library that the luma table is exactly of; null for other tables. */
  readonly libraryQuality: number | null;
  /** `standard`: the tables of T.81, annex K. `own`: made for this picture, or for this writer. */
  readonly huffman: 'standard' | 'own' | 'none';
  readonly restartInterval: number;
  readonly scans: number;
  /** Names of the segments in their order, a run of equal ones once. */
  readonly layout: readonly string[];
  /** Bytes after the end; null where it does not end. */
  readonly trailingBytes: number | null;
}

const FRAMES: Readonly<Record<number, JpegStructure['process']>> = {
  0xc0: 'baseline',
  0xc1: 'extended',
  0xc2: 'progressive',
};
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const NAMES: Readonly<Record<number, string>> = {
  0xc4: 'DHT',
  0xcc: 'DAC',
  0xda: 'SOS',
  0xdb: 'DQT',
  0xdd: 'DRI',
  0xfe: 'COM',
};

/** What application segments begin with, and what they are called; the first that fits. */
const APPLICATIONS: readonly (readonly [start: string, name: string])[] = [
  ['JFIF\0', 'JFIF'],
  ['JFXX\0', 'JFXX'],
  ['Exif\0', 'Exif'],
  ['http://ns.adobe.com/xap/1.0/\0', 'XMP'],
  ['http://ns.adobe.com/xmp/extension/\0', 'XMP-more'],
  ['ICC_PROFILE\0', 'ICC'],
  ['MPF\0', 'MPF'],
  ['Photoshop 3.0\0', 'Photoshop'],
  ['Adobe', 'Adobe'],
  ['Ducky', 'Ducky'],
  ['JP', 'JUMBF'],
];

const textAt = (file: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...file.subarray(from, Math.min(to, from + 36)));

const nameOf = (file: Uint8Array, { marker, from, to }: Segment): string => {
  if (isFrame(marker)) return 'SOF';
  if (marker < 0xe0 || marker > 0xef) return NAMES[marker] ?? `0x${marker.toString(16)}`;
  const start = textAt(file, from, to);
  const known = APPLICATIONS.find(([text]) => start.startsWith(text))?.[1];
  return `APP${marker - 0xe0}${known === undefined ? '' : ` ${known}`}`;
};

const word = (file: Uint8Array, at: number): number => ((file[at] ?? 0) << 8) | (file[at + 1] ?? 0);

type Tables = { table: number; steps: number[] }[];
/** A picture has four of each kind at a time (T.81, B.2.4); a file with more is made to keep a reader busy. */
const MOST_TABLES = 64;

const readQuantisation = (file: Uint8Array, { from, to }: Segment, into: Tables): void => {
  for (let at = from; at < to && into.length < MOST_TABLES;) {
    const head = file[at] as number;
    const bytes = head >> 4 === 0 ? 1 : 2;
    if (at + 1 + 64 * bytes > to) return;
    const steps = Array.from({ length: 64 }, (_, i) =>
      bytes === 1 ? (file[at + 1 + i] as number) : word(file, at + 1 + 2 * i),
    );
    into.push({ table: head & 15, steps });
    at += 1 + 64 * bytes;
  }
};

/** Numbers of codes of each length in the four tables of annex K.3: luma DC, luma AC, chroma DC, chroma AC. */
const STANDARD_COUNTS = new Set([
  '0,1,5,1,1,1,1,1,1,0,0,0,0,0,0,0',
  '0,2,1,3,3,2,4,3,5,5,4,4,0,0,1,125',
  '0,3,1,1,1,1,1,1,1,1,1,0,0,0,0,0',
  '0,2,1,2,4,4,3,4,7,5,4,4,0,1,2,119',
]);

const readHuffman = (file: Uint8Array, { from, to }: Segment, into: string[]): void => {
  for (let at = from; at + 17 <= to && into.length < MOST_TABLES;) {
    const counts = [...file.subarray(at + 1, at + 17)];
    into.push(counts.join(','));
    at += 17 + counts.reduce((sum, count) => sum + count, 0);
  }
};

const SUBSAMPLINGS: Readonly<Record<string, string>> = {
  '1x1': '4:4:4',
  '2x1': '4:2:2',
  '2x2': '4:2:0',
  '1x2': '4:4:0',
  '4x1': '4:1:1',
};

const subsamplingOf = (components: readonly JpegComponent[]): string => {
  if (components.length === 1) return 'grey';
  const factors = components.map(({ across, down }) => `${across}x${down}`);
  const [luma, ...others] = factors;
  const known = SUBSAMPLINGS[luma ?? ''];
  return components.length === 3 && known !== undefined && others.every((one) => one === '1x1')
    ? known
    : factors.join(' ');
};

interface Frame {
  readonly process: JpegStructure['process'];
  readonly bits: number;
  readonly height: number;
  readonly width: number;
  readonly components: JpegComponent[];
}

const readFrame = (file: Uint8Array, { marker, from, to }: Segment): Frame | null => {
  if (to - from < 6) return null;
  const count = file[from + 5] as number;
  if (to - from < 6 + 3 * count || count === 0) return null;
  return {
    process: FRAMES[marker] ?? 'other',
    bits: file[from] as number,
    height: word(file, from + 1),
    width: word(file, from + 3),
    components: Array.from({ length: count }, (_, i) => {
      const at = from + 6 + 3 * i;
      return {
        across: (file[at + 1] as number) >> 4,
        down: (file[at + 1] as number) & 15,
        table: file[at + 2] as number,
      };
    }),
  };
};

/** Null where there is no JPEG, or none whose frame can be read. Time and memory grow with the file alone. */
export const jpegStructure = (file: Uint8Array): JpegStructure | null => {
  const found = jpegSegments(file);
  if (found === null) return null;
  let frame: Frame | null = null;
  let restartInterval = 0;
  let scans = 0;
  const quantisation: Tables = [];
  const codes: string[] = [];
  const layout: string[] = [];
  for (const segment of found.segments) {
    const name = nameOf(file, segment);
    if (layout.at(-1) !== name) layout.push(name);
    if (name === 'SOF') frame ??= readFrame(file, segment);
    else if (name === 'DQT') readQuantisation(file, segment, quantisation);
    else if (name === 'DHT') readHuffman(file, segment, codes);
    else if (name === 'DRI') restartInterval = word(file, segment.from);
    else if (name === 'SOS') scans += 1;
  }
  if (frame === null) return null;
  const lumaTable = quantisation.find(({ table }) => table === frame?.components[0]?.table);
  return {
    ...frame,
    subsampling: subsamplingOf(frame.components),
    quantisation,
    libraryQuality: lumaTable === undefined ? null : libraryQuality(lumaTable.steps),
    huffman: codes.length === 0 ? 'none' : codes.every((one) => STANDARD_COUNTS.has(one)) ? 'standard' : 'own',
    restartInterval,
    scans,
    layout,
    trailingBytes: found.trailingBytes,
  };
};

/**
 * One line that is equal for files of one writer with one setting, whatever the picture: no sizes, no tables that follow from the picture. What
 * stands after the end is named, not measured.
 */
export const structureClass = (structure: JpegStructure): string =>
  [
    structure.process,
    `${structure.bits}`,
    structure.subsampling,
    structure.huffman,
    `restart=${structure.restartInterval > 0 ? 'yes' : 'no'}`,
    `scans=${structure.scans}`,
    structure.layout.join(' '),
    structure.trailingBytes === null ? 'cut' : structure.trailingBytes > 0 ? 'more' : 'end',
    ...structure.quantisation.map(({ table, steps }) => `${table}:${steps.join('.')}`),
  ].join('|');
