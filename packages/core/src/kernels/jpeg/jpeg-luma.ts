// Luma of a baseline JPEG at a quarter of its size, without decoding it: what hashes need of a large photograph, and no more.
import { createMemory, growMemory, instantiate, type WasmMemory } from '../../wasm/index.js';
import { jpeg } from '../../wasm/generated/jpeg.js';
import { readJpegHeader, type CodeTable, type JpegHeader } from './header.js';

/** Each value is the mean of so many pixels across and down. */
export const JPEG_LUMA_SHRINK = 4;

export interface JpegLuma {
  /** `width` x `height` values of 0..255, row-major, as stored (EXIF orientation not applied). */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What packages/core/assembly/jpeg exports; places are bytes in the memory. */
interface Exports {
  decodeScan(
    data: number,
    top: number,
    rows: number,
    columns: number,
    blocks: number,
    restart: number,
    plan: number,
    coefficients: number,
    basis: number,
    state: number,
    output: number,
    unitWidth: number,
    unitHeight: number,
    seed: number,
  ): number;
}

/** Bits that index the tables of packages/core/assembly/jpeg/scan.ts, which says what their entries are. */
const FAST_BITS = 10;
const SLOW_BITS = 16;
const PAIR_BITS = 11;
/** Room for the fast table or the pairs; the slow table follows. */
const FAST_BYTES = 8 << PAIR_BITS;
const CODES_BYTES = FAST_BYTES + (2 << SLOW_BITS);
/** Where things lie, bytes; the tables of coefficients of three components one after another. */
const TABLE_BYTES = 8_192;
/** Of each coefficient: four weights, its reach, its limit. */
const WORDS_EACH = 8;
const REACH_WORD = 4;
const LIMIT_WORD = 5;
const AT = {
  state: 0,
  sums: 48,
  plan: 1_024,
  coefficients: 2_048,
  basis: 2_048 + 3 * TABLE_BYTES,
  codes: 43_008,
  data: 43_008 + 6 * CODES_BYTES,
} as const;
const PLAN_WORDS = 12;
/** A run of zeros that stands for the end of a block. */
const END_RUN = 128;
/** Stops the kernel where a file has no end marker, with one that has no meaning (TEM), and what it may read beyond. */
const END = Uint8Array.from({ length: 32 }, (_, i) => [0xff, 0x01][i] ?? 0);
/** Zeros before a coefficient at most. */
const LONGEST_RUN = 15;
/** Values of more bits are too rare in pairs to be worth tables of their own. */
const PAIR_VALUE_BITS = 7;
/** Bits of the largest difference that 8-bit pixels can have; a code for more is none. */
const MAX_SIZE = 11;
/**
 * No coefficient of 8-bit pixels is beyond 1,024, rounding aside. Decoders disagree about what lies far beyond, since some count in 16 bits and
 * wrap around. A file that holds such is left to the decoder that makes the picture people see.
 */
const MAX_COEFFICIENT = 4_095;
/** By so much may clipping to 0..255 move the mean of four by four pixels on average, levels. Photographs stay below 0.15. */
const MOST_CLIPPED = 0.5;
/**
 * Viewers clip colours outside of RGB, which moves luma. So much of the contrast of the picture (the standard deviation of its values) may at most be
 * moved on average: photographs stay below 0.1, and a picture that colours draw over another is more.
 */
const MOST_OUTSIDE = 0.15;
/** Of fewer rows of units than this all are looked at; of more some, and all where these show so much of what is allowed. */
const ROWS_OF_ALL = 128;
const DOUBT = 0.5;
/** Larger files are left to a decoder that streams. */
const MAX_BYTES = 128 * 2 ** 20;

interface Kernel {
  readonly memory: WasmMemory;
  readonly run: Exports;
}

let kernel: Kernel | undefined;

/** Null where the machine has not that much: decoders that stream take less. */
const memoryOf = (bytes: number): Kernel | null => {
  try {
    if (kernel === undefined) {
      const memory = createMemory(bytes, 'plain');
      kernel = { memory, run: instantiate<Exports>(jpeg, memory) };
    }
    growMemory(kernel.memory, bytes);
    return kernel;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/**
 * Null where the file is not one whole baseline scan (progressive, print colours, damaged, too large), or where pixels and means of pixels show two
 * pictures: another decoder has to take it.
 */
export const jpegLuma = (file: Uint8Array): JpegLuma | null => {
  const header = file.length > MAX_BYTES ? null : readJpegHeader(file);
  if (header === null) return null;
  const [luma] = header.components;
  const unitWidth = 2 * luma!.across;
  const unitHeight = 2 * luma!.down;
  const columns = Math.ceil(header.width / (JPEG_LUMA_SHRINK * unitWidth));
  const rows = Math.ceil(header.height / (JPEG_LUMA_SHRINK * unitHeight));
  const width = columns * unitWidth;

  const data = file.subarray(header.dataAt);
  // The kernel turns the data round behind themselves, and the output begins where they end.
  const top = AT.data + 2 * (data.length + END.length);
  const values = width * rows * unitHeight;
  const room = memoryOf(top + values);
  if (room === null) return null;
  const { memory, run } = room;
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(data, AT.data);
  bytes.set(END, AT.data + data.length);
  const blocks = placeTables(memory, header, width);
  const scan = (seed: number): number =>
    run.decodeScan(
      AT.data,
      top,
      rows,
      columns,
      blocks,
      header.restart,
      AT.plan,
      AT.coefficients,
      AT.basis,
      AT.state,
      top,
      unitWidth,
      unitHeight,
      seed,
    );
  const quarters = columns * blocksOfLuma(header) * 4;
  const isLarge = rows >= ROWS_OF_ALL;
  if (scan(isLarge ? 1 + Math.floor(Math.random() * 2 ** 30) : 0) !== 0) return null;
  // Some rows at random, of which whoever made the file knows nothing; where these raise a doubt, all.
  if (isLarge && !isOnePicture(memory, quarters, DOUBT) && scan(0) !== 0) return null;
  return isOnePicture(memory, quarters, 1) ? cropped(bytes, top, width, header) : null;
};

/** False where viewers, who clip pixels, see another picture than means of pixels tell. `quartersOfRow`: of luma, in a row of units; `part`: of what is allowed. */
const isOnePicture = ({ buffer }: WasmMemory, quartersOfRow: number, part: number): boolean => {
  const [clipped, outside, total, squares, looked] = new Float64Array(buffer, AT.sums, 5) as unknown as Sums;
  const quarters = looked * quartersOfRow;
  const contrast = Math.sqrt(Math.max(0, squares / quarters - (total / quarters) ** 2));
  return clipped / quarters <= part * MOST_CLIPPED && outside / quarters <= part * MOST_OUTSIDE * contrast;
};
type Sums = readonly [clipped: number, outside: number, total: number, squares: number, looked: number];

const blocksOfLuma = ({ components: [luma] }: JpegHeader): number => luma!.across * luma!.down;

/** Without what fills up the last units, and the last pixels that make no whole mean. */
const cropped = (bytes: Uint8Array, outputAt: number, lineBytes: number, header: JpegHeader) => {
  const width = Math.max(1, Math.floor(header.width / JPEG_LUMA_SHRINK));
  const height = Math.max(1, Math.floor(header.height / JPEG_LUMA_SHRINK));
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = outputAt + row * lineBytes;
    data.set(bytes.subarray(from, from + width), row * width);
  }
  return { data, width, height };
};

/** Writes weights, limits, reaches, basis, codes and plan; answers how many blocks a unit has. */
const placeTables = ({ buffer }: WasmMemory, { components, steps, tables }: JpegHeader, lineBytes: number): number => {
  const plan = new Int32Array(buffer, AT.plan, PLAN_WORDS * 16);
  const [luma] = components;
  placeBasis(buffer, steps[0]!);
  let block = 0;
  components.forEach(({ across, down }, component) => {
    const pairLimit = placeCoefficients(buffer, component, steps[component]!);
    const { dc, ac } = tables[component]!;
    const dcAt = AT.codes + 2 * component * CODES_BYTES;
    const acAt = dcAt + CODES_BYTES;
    placeCodes(buffer, dcAt, dc);
    placeCodes(buffer, acAt, ac, pairLimit);
    for (let i = 0; i < across * down; i++) {
      const [x, y] = [i % across, Math.floor(i / across)];
      const place = component > 0 ? -1 : 2 * (y * lineBytes + x);
      const mask = [0, 1, 2, 3].map((quarter) => {
        const colour =
          2 * Math.floor((2 * y + (quarter >> 1)) / luma!.down) + Math.floor((2 * x + (quarter & 1)) / luma!.across);
        return FLOAT_BYTES + 4 * colour * EACH_BYTE;
      });
      plan.set(
        [4 * component, dcAt, dcAt + FAST_BYTES, acAt, acAt + FAST_BYTES, place, component, 0, ...mask],
        PLAN_WORDS * block++,
      );
    }
  });
  return block;
};

/** The places of the four bytes of the first float, and one more for each of them. */
const FLOAT_BYTES = 0x03_02_01_00;
const EACH_BYTE = 0x01_01_01_01;

/** Answers the largest value that pairs may have: rounded to whole bits, so that pictures of about one quality share their tables. */
const placeCoefficients = (buffer: WasmMemory['buffer'], component: number, steps: Uint16Array): number => {
  const at = AT.coefficients + component * TABLE_BYTES;
  new Uint8Array(buffer, at, TABLE_BYTES).fill(0);
  const weights = new Float32Array(buffer, at, TABLE_BYTES / 4);
  const words = new Uint32Array(buffer, at, TABLE_BYTES / 4);
  let largest = 0;
  let least: number = MAX_COEFFICIENT;
  steps.forEach((step, k) => {
    const limit = Math.floor(MAX_COEFFICIENT / Math.max(1, step));
    weights.set(
      WAVES[k]!.means.map((mean) => mean * step),
      WORDS_EACH * k,
    );
    words[WORDS_EACH * k + LIMIT_WORD] = limit;
    if (k === 0) return;
    largest = Math.max(largest, step);
    least = Math.min(least, limit);
    for (const place of [k, k + END_RUN + 1]) words[WORDS_EACH * place + REACH_WORD] = largest ** 2;
  });
  return 2 ** Math.min(PAIR_VALUE_BITS, Math.floor(Math.log2(least + 1))) - 1;
};

const placeBasis = (buffer: WasmMemory['buffer'], steps: Uint16Array): void => {
  const basis = new Float32Array(buffer, AT.basis, 64 * 64);
  WAVES.forEach(({ pixels }, k) => {
    const step = steps[k]!;
    for (let i = 0; i < 64; i++) basis[64 * k + i] = pixels[i]! * step;
  });
};

/** What lies at each place for codes: most cameras and programs use the same tables for every picture. */
const placed = new Map<number, string>();

/** Codes for AC where `pairLimit` is given: the largest value of a pair. */
const placeCodes = (buffer: WasmMemory['buffer'], at: number, codes: CodeTable, pairLimit?: number): void => {
  const isDc = pairLimit === undefined;
  const name = String.fromCharCode(pairLimit ?? 0, ...codes.counts, ...codes.symbols);
  if (placed.get(at) === name) return;
  const slow = slowTable(buffer, at + FAST_BYTES, codes, isDc);
  if (isDc) {
    const fast = new Uint16Array(buffer, at, 1 << FAST_BITS);
    fast.forEach((_, index) => (fast[index] = levelEntry(slow, index)));
  } else placePairs(buffer, at, slow, pairLimit);
  placed.set(at, name);
};

/** The code that each 16 bits begin with. A DC symbol has a size and no run. */
const slowTable = (
  buffer: WasmMemory['buffer'],
  at: number,
  { counts, symbols }: CodeTable,
  isDc: boolean,
): Uint16Array => {
  const table = new Uint16Array(buffer, at, 1 << SLOW_BITS).fill(0);
  let code = 0;
  let next = 0;
  counts.forEach((count, i) => {
    const length = i + 1;
    for (let n = 0; n < count; n++, code++) {
      const symbol = symbols[next++] ?? 0;
      const size = symbol & 15;
      const run = isDc ? 0 : symbol >> 4;
      // Runs before nothing, but for the longest, have no meaning (T.81, F.1.2.2); decoders take them for the end of a block.
      if (size > MAX_SIZE || (size === 0 && run > 0 && run < LONGEST_RUN)) continue;
      const entry = (length + size) | (size << 5) | (run << 9);
      table.fill(entry, code << (SLOW_BITS - length), (code + 1) << (SLOW_BITS - length));
    }
    code *= 2;
  });
  return table;
};

/** The entry of a code that lies in the `FAST_BITS` of `index` whole, else 0. */
const levelEntry = (slow: Uint16Array, index: number): number => {
  const entry = slow[index << (SLOW_BITS - FAST_BITS)]!;
  return (entry & 31) - ((entry >> 5) & 15) <= FAST_BITS ? entry : 0;
};

/** What lies at the beginning of `left` bits whole: a run (END_RUN at the end of a block), a value, and the bits of both. */
const coefficientAt = (slow: Uint16Array, bits: number, left: number) => {
  const entry = slow[bits << (SLOW_BITS - left)]!;
  const [total, size] = [entry & 31, (entry >> 5) & 15];
  if (entry === 0 || total > left) return null;
  const raw = (bits >> (left - total)) & ((1 << size) - 1);
  const value = size > 0 && raw < 1 << (size - 1) ? raw + 1 - (1 << size) : raw;
  return { total, run: entry >> 5 === 0 ? END_RUN : entry >> 9, value };
};

/** Values beyond `limit` are left to the slow table, whose reader looks at each. */
const placePairs = (buffer: WasmMemory['buffer'], at: number, slow: Uint16Array, limit: number): void => {
  const pairs = new Uint32Array(buffer, at, 2 << PAIR_BITS).fill(0);
  for (let bits = 0; bits < 1 << PAIR_BITS; bits++) {
    const first = coefficientAt(slow, bits, PAIR_BITS);
    if (first === null || Math.abs(first.value) > limit) continue;
    const left = PAIR_BITS - first.total;
    const next = first.run === END_RUN || left === 0 ? null : coefficientAt(slow, bits & ((1 << left) - 1), left);
    const second = next !== null && Math.abs(next.value) <= limit ? next : null;
    const total = first.total + (second?.total ?? 0);
    pairs[2 * bits] = total | (first.run << 5) | ((second === null ? 0 : second.run + 1) << 13);
    const values = (first.value & 0xff) | (((second?.value ?? 0) & 0xff) << 8);
    pairs[2 * bits + 1] = values | ((first.value ** 2 + (second?.value ?? 0) ** 2) << 16);
  }
};

/** Row and column of the coefficients in the order of the file (T.81, figure A.6). */
const ZIGZAG: readonly (readonly [row: number, column: number])[] = Array.from({ length: 15 }, (_, diagonal) => {
  const cells = Array.from({ length: 8 }, (_, row) => [row, diagonal - row] as const).filter(
    ([, column]) => column >= 0 && column < 8,
  );
  return diagonal % 2 === 0 ? cells.reverse() : cells;
}).flat();

/** The basis function of a frequency at one of eight samples. */
const cosine = (frequency: number, at: number): number =>
  Math.cos(((2 * at + 1) * frequency * Math.PI) / 16) * (frequency === 0 ? Math.SQRT1_2 : 1);

/** What a coefficient of 1 adds to each pixel of its block, quarter by quarter (T.81, A.3.3); the means of the quarters; the most that a pixel is from them. */
const WAVES = ZIGZAG.map(([row, column]) => {
  const pixels = Float32Array.from({ length: 64 }, (_, i) => {
    const [quarter, within] = [i >> 4, i & 15];
    const y = 4 * (quarter >> 1) + (within >> 2);
    const x = 4 * (quarter & 1) + (within & 3);
    return (cosine(row, y) * cosine(column, x)) / 4;
  });
  const means = [0, 1, 2, 3].map(
    (quarter) => pixels.subarray(16 * quarter, 16 * quarter + 16).reduce((a, b) => a + b) / 16,
  );
  const reach = Math.max(...pixels.map((value, i) => Math.abs(value - means[i >> 4]!)));
  return { pixels, means, reach };
});
