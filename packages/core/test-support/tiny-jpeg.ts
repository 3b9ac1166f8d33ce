// A writer of small JPEGs, grey unless said otherwise, that says whatever a test wants: tables, restart markers and coefficients that no encoder would write.

/** Symbols of a Huffman table, each of the given bits, shortest first. */
export type Symbols = readonly (readonly [symbol: number, bits: number])[];

export interface TinyJpeg {
  /** Blocks across and down. */
  readonly side: number;
  readonly steps?: readonly number[];
  readonly dc?: Symbols;
  readonly ac?: Symbols;
  /** Blocks between restart markers, and the number that each marker has, of the one that it should have. */
  readonly restart?: number;
  readonly restartNumber?: (due: number) => number;
  /** Luma and two colour differences, all in full resolution: `block` is asked for three blocks of each unit in turn. */
  readonly isColour?: boolean;
  /** Symbols of a block with the values behind them: the difference of its level first. */
  readonly block: (number: number) => readonly (readonly [symbol: number, value: number])[];
}

export const LEVELS: Symbols = Array.from({ length: 12 }, (_, symbol) => [symbol, 4] as const);
export const VALUES: Symbols = [
  [0, 2],
  ...[1, 2, 3, 4, 5, 6, 0x10, 0x11, 0xf0, 0xf1].map((symbol) => [symbol, 5] as const),
];

const segment = (marker: number, bytes: readonly number[]): number[] => [
  0xff,
  marker,
  (bytes.length + 2) >> 8,
  (bytes.length + 2) & 255,
  ...bytes,
];

const tableBytes = (symbols: Symbols): number[] => [
  ...Array.from({ length: 16 }, (_, i) => symbols.filter(([, bits]) => bits === i + 1).length),
  ...symbols.map(([symbol]) => symbol),
];

/** The code of each symbol as a text of 0 and 1. */
const codesOf = (symbols: Symbols): ReadonlyMap<number, string> => {
  const codes = new Map<number, string>();
  let code = 0;
  symbols.forEach(([symbol, bits], i) => {
    if (i > 0) code = (code + 1) << (bits - symbols[i - 1]![1]);
    codes.set(symbol, code.toString(2).padStart(bits, '0'));
  });
  return codes;
};

const valueBits = (value: number, size: number): string =>
  size === 0 ? '' : (value < 0 ? value + 2 ** size - 1 : value).toString(2).padStart(size, '0');

/** Whole bytes, filled up with ones, a zero after each 255. */
const stuffed = (bits: string): number[] =>
  (bits.padEnd(8 * Math.ceil(bits.length / 8), '1').match(/.{8}/g) ?? [])
    .map((byte) => Number.parseInt(byte, 2))
    .flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]));

export const tinyJpeg = ({
  side,
  restart = 0,
  restartNumber = (due) => due,
  isColour = false,
  block,
  ...tables
}: TinyJpeg): Uint8Array => {
  const { dc = LEVELS, ac = VALUES, steps = Array.from({ length: 64 }, () => 1) } = tables;
  const [dcCodes, acCodes] = [codesOf(dc), codesOf(ac)];
  const data: number[] = [];
  let bits = '';
  const components = isColour ? [1, 2, 3] : [1];
  for (let number = 0; number < side * side * components.length; number++) {
    if (restart > 0 && number > 0 && number % restart === 0) {
      for (const byte of stuffed(bits)) data.push(byte);
      data.push(0xff, 0xd0 | restartNumber((number / restart - 1) & 7));
      bits = '';
    }
    block(number).forEach(([symbol, value], i) => {
      bits += (i === 0 ? dcCodes : acCodes).get(symbol)! + valueBits(value, symbol & 15);
    });
  }
  for (const byte of stuffed(bits)) data.push(byte);
  const size = [(8 * side) >> 8, (8 * side) & 255];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [16, ...steps.flatMap((step) => [step >> 8, step & 255])]),
    ...segment(0xc0, [8, ...size, ...size, components.length, ...components.flatMap((id) => [id, 0x11, 0])]),
    ...segment(0xc4, [0, ...tableBytes(dc)]),
    ...segment(0xc4, [16, ...tableBytes(ac)]),
    ...(restart > 0 ? segment(0xdd, [restart >> 8, restart & 255]) : []),
    ...segment(0xda, [components.length, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    ...data,
    ...[0xff, 0xd9],
  ]);
};
