// The 64 x 64 cells of a frame that vPDQ hashes (facebook/ThreatExchange, "vpdq"): PDQ's two passes of a box filter in each direction over the frame as it is, without
// the 512 x 512 that pictures are first made. The filter is linear and separable: its weights are worked out once a length, and only where they are read.
import { createMemory, growMemory, instantiate, type WasmMemory } from '../../wasm/index.js';
import { frames as bytes } from '../../wasm/generated/frames.js';

/** Cells of a side. */
export const FRAME_CELLS = 64;

interface Exports {
  addWeighted(pixels: number, sums: number, count: number, weight: number): void;
}

interface Kernel {
  readonly run: Exports;
  readonly memory: WasmMemory;
}

let kernel: Kernel | undefined;

/** Of each cell: where its pixels begin, and their weights. */
interface Weights {
  readonly from: Int32Array;
  readonly taps: readonly Float32Array[];
}

const known = new Map<number, Weights>();
const MOST_KNOWN = 64;

/** Weights of the pixels of a side for each cell along it. */
const weightsOf = (length: number): Weights => {
  let weights = known.get(length);
  if (weights === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(length, (weights = workedOut(length)));
  }
  return weights;
};

const workedOut = (length: number): Weights => {
  const window = Math.floor((length + 2 * FRAME_CELLS - 1) / (2 * FRAME_CELLS));
  const from = new Int32Array(FRAME_CELLS);
  const taps = Array.from({ length: FRAME_CELLS }, (_, cell) => {
    const centre = Math.floor(((cell + 0.5) * length) / FRAME_CELLS);
    const [first, last] = windowAt(centre, length, window);
    const start = windowAt(first, length, window)[0];
    const end = windowAt(last, length, window)[1];
    const sums = new Float32Array(end - start + 1);
    for (let i = first; i <= last; i++) {
      const [low, high] = windowAt(i, length, window);
      const share = 1 / ((last - first + 1) * (high - low + 1));
      for (let k = low; k <= high; k++) sums[k - start]! += share;
    }
    from[cell] = start;
    return sums;
  });
  return { from, taps };
};

/** First and last pixel that the box filter averages at one place: cut off at the ends. */
const windowAt = (at: number, length: number, window: number): [number, number] => {
  const half = (window + 2) >> 1;
  const first = at + half - window;
  return [Math.max(0, first), Math.min(length - 1, first + window - 1)];
};

const rounded = (count: number): number => (count + 15) & ~15;

/** `luma` is `width` x `height` values of 0..255, row-major. */
export const frameCells = (luma: Uint8Array, width: number, height: number): Float32Array => {
  const lumaAt = rounded(width) * 4;
  const { memory, run } = kernelOf(lumaAt + rounded(luma.length) + 16);
  new Uint8Array(memory.buffer, lumaAt, luma.length).set(luma);
  const sums = new Float32Array(memory.buffer, 0, rounded(width));
  const [rows, columns] = [weightsOf(height), weightsOf(width)];
  const cells = new Float32Array(FRAME_CELLS * FRAME_CELLS);
  for (let row = 0; row < FRAME_CELLS; row++) {
    sums.fill(0);
    rows.taps[row]!.forEach((weight, i) => run.addWeighted(lumaAt + (rows.from[row]! + i) * width, 0, width, weight));
    for (let column = 0; column < FRAME_CELLS; column++) {
      const taps = columns.taps[column]!;
      const from = columns.from[column]!;
      let sum = 0;
      for (let i = 0; i < taps.length; i++) sum += taps[i]! * sums[from + i]!;
      cells[row * FRAME_CELLS + column] = sum;
    }
  }
  return cells;
};

const kernelOf = (size: number): Kernel => {
  if (kernel === undefined) {
    const memory = createMemory(size, 'plain');
    kernel = { memory, run: instantiate<Exports>(bytes, memory) };
  } else growMemory(kernel.memory, size);
  return kernel;
};
