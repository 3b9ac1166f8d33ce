// The compiled kernels of PDQ over one small memory of their own, made at the first call. Nothing is kept there from call to call.
import { createMemory, instantiate } from '../../wasm/index.js';
import { pdq } from '../../wasm/generated/pdq.js';

/** Side of the square of cells. */
export const CELLS = 64;
/** Frequencies 1..16 in each direction. */
export const FREQUENCIES = 16;
/** A picture with a side above this is first resized to exactly this square, as the reference's program does. */
export const MAX_SIDE = 512;
/** Floats from one line of a matrix to the next; packages/core/assembly/pdq/layout.ts says why it is more than 512. */
export const LINE = 528;

const MATRIX_BYTES = LINE * MAX_SIDE * 4;

/** Where things lie, bytes. Both matrices also serve as the places of pixels and luma. */
export const AT = {
  here: 0,
  there: MATRIX_BYTES,
  basis: 2 * MATRIX_BYTES,
  turnedBasis: 2 * MATRIX_BYTES + 4_096,
  between: 2 * MATRIX_BYTES + 8_192,
  coefficients: 2 * MATRIX_BYTES + 12_288,
  room: 2 * MATRIX_BYTES + 13_312,
  hashes: 2 * MATRIX_BYTES + 14_336,
} as const;
const MEMORY_BYTES = 2 * MATRIX_BYTES + 16_384;

/** What packages/core/assembly/pdq exports; places are bytes in the memory. */
interface Exports {
  luma(pixels: number, output: number, count: number, channels: number): void;
  transpose(input: number, output: number, lines: number, lanes: number): void;
  sweep(input: number, output: number, lines: number, lanes: number, size: number, cells: number): void;
  lowFrequencies(cells: number, basis: number, turned: number, between: number, output: number): void;
  gradients(cells: number): number;
  hashPair(
    coefficients: number,
    reversesRows: boolean,
    reversesColumns: boolean,
    room: number,
    hash: number,
    transposed: number,
  ): void;
}

export interface PdqKernel {
  readonly run: Exports;
  /** The whole memory, as bytes and as floats. */
  readonly bytes: Uint8Array;
  readonly floats: Float32Array;
}

let kernel: PdqKernel | undefined;

/** The kernel of this thread. */
export const pdqKernel = (): PdqKernel => (kernel ??= makeKernel());

const makeKernel = (): PdqKernel => {
  const memory = createMemory(MEMORY_BYTES, 'plain');
  const floats = new Float32Array(memory.buffer);
  const weight = Math.fround(Math.sqrt(2 / CELLS));
  for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
    for (let sample = 0; sample < CELLS; sample++) {
      const value = weight * Math.cos((Math.PI / 2 / CELLS) * (frequency + 1) * (2 * sample + 1));
      floats[AT.basis / 4 + frequency * CELLS + sample] = value;
      floats[AT.turnedBasis / 4 + sample * FREQUENCIES + frequency] = value;
    }
  }
  return { run: instantiate<Exports>(pdq, memory), bytes: new Uint8Array(memory.buffer), floats };
};
