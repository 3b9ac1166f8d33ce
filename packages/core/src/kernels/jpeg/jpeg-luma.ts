// Luma of a baseline JPEG at a quarter of its size, without decoding it: what hashes need of a large photograph, and no more.
import { createMemory, growMemory, instantiate, type WasmMemory } from '../../wasm/index.js';
import { jpeg } from '../../wasm/generated/jpeg.js';
import { placeCodes } from './codes.js';
import { placeBasis, placeCoefficients } from './coefficients.js';
import { readJpegHeader, type JpegHeader } from './header.js';
import { AT, CODES_BYTES, FAST_BYTES, PLAN_WORDS } from './layout.js';

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

/** Stops the kernel where a file has no end marker, with one that has no meaning (TEM), and what it may read beyond. */
const END = Uint8Array.from({ length: 32 }, (_, i) => [0xff, 0x01][i] ?? 0);
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
