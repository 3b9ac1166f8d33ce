// Where planes lie in the memory of the noise kernels, and the sizes that can be transformed.
import { createMemory, growMemory, instantiate, type WasmMemory } from '../../wasm/index.js';
import { noise as bytes } from '../../wasm/generated/noise.js';

/** The kernels; all places are addresses of f32 planes, `line` is bytes from row to row (packages/core/assembly/noise). */
export interface NoiseKernels {
  analyse(plane: number, spare: number, width: number, height: number, line: number, taps: number, room: number): void;
  synthesise(
    plane: number,
    spare: number,
    width: number,
    height: number,
    line: number,
    taps: number,
    room: number,
  ): void;
  keepNoise(region: number, width: number, height: number, line: number, variance: number, room: number): void;
  forward: SpectrumKernel;
  backward: SpectrumKernel;
  removeMeans(plane: number, width: number, height: number, line: number, sums: number): void;
  meanSquare(plane: number, width: number, height: number, line: number): number;
  magnitudes(re: number, im: number, to: number, columns: number, height: number, line: number, scale: number): void;
  setMagnitudes(
    re: number,
    im: number,
    wanted: number,
    columns: number,
    height: number,
    line: number,
    scale: number,
  ): void;
  crossSpectrum(
    aRe: number,
    aIm: number,
    bRe: number,
    bIm: number,
    columns: number,
    height: number,
    line: number,
  ): void;
}

type SpectrumKernel = (
  picture: number,
  pictureLine: number,
  width: number,
  height: number,
  re: number,
  im: number,
  line: number,
  rowTurns: number,
  columnTurns: number,
  room: number,
) => void;

let memory: WasmMemory | undefined;
let kernels: NoiseKernels | undefined;

/** Hands out places one after the other; the first is kept free so that no plane is at 0. */
export class Room {
  #end = 64;

  /** A place of `byteLength` bytes with a free margin before and after it. */
  take(byteLength: number): number {
    const at = this.#end + 64;
    this.#end = Math.ceil((at + byteLength + 64) / 64) * 64;
    return at;
  }

  /** The kernels over a memory that holds all that was taken; views of it are made anew after each call. */
  open(): { readonly run: NoiseKernels; readonly floats: Float32Array; readonly doubles: Float64Array } {
    if (memory === undefined || kernels === undefined) {
      memory = createMemory(this.#end, 'plain');
      kernels = instantiate<NoiseKernels>(bytes, memory);
    }
    growMemory(memory, this.#end);
    return { run: kernels, floats: new Float32Array(memory.buffer), doubles: new Float64Array(memory.buffer) };
  }
}

/** The least multiple of `step` from `least` on that is a product of 2, 3, 5 and 7. */
export const smoothSize = (least: number, step: number): number => {
  for (let size = Math.max(step, Math.ceil(least / step) * step); ; size += step) {
    let rest = size;
    for (const factor of [2, 3, 5, 7]) while (rest % factor === 0) rest /= factor;
    if (rest === 1) return size;
  }
};

/** A picture of `width` x `height` in f32, and how its spectrum lies. Sizes are those that are transformed, not less than those asked for. */
export interface SpectrumPlan {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  /** Bytes from row to row: of the picture, of a plane of the spectrum. */
  readonly pictureLine: number;
  readonly line: number;
  readonly pictureBytes: number;
  readonly planeBytes: number;
  readonly roomBytes: number;
}

export const planSpectrum = (least: { readonly width: number; readonly height: number }): SpectrumPlan => {
  const width = smoothSize(least.width, 4);
  const height = smoothSize(least.height, 8);
  const columns = width / 2 + 1;
  const line = Math.ceil(columns / 4) * 16;
  return {
    width,
    height,
    columns,
    pictureLine: width * 4,
    line,
    pictureBytes: width * height * 4,
    planeBytes: line * height,
    roomBytes: 4 * (Math.max(width, height) + 4) * 16,
  };
};

/** A picture and planes of its spectrum in the kernels' memory, and the way from one to the other. */
export interface LaidSpectrum {
  readonly run: NoiseKernels;
  /** The memory; the picture begins at `picture / 4`, rows of `plan.width`. */
  readonly floats: Float32Array;
  readonly picture: number;
  readonly planes: readonly number[];
  /** As much room as was asked for, for other kernels between two transforms. */
  readonly work: number;
  readonly transform: (which: 'forward' | 'backward', re: number, im: number) => void;
}

/** Room for a picture, `planeCount` planes and `workBytes`; valid until something else is laid out. */
export const layOutSpectrum = (plan: SpectrumPlan, planeCount: number, workBytes = 0): LaidSpectrum => {
  const room = new Room();
  const picture = room.take(plan.pictureBytes);
  const planes = Array.from({ length: planeCount }, () => room.take(plan.planeBytes));
  const [rowTurns, columnTurns] = [room.take(plan.width * 8), room.take(plan.height * 8)];
  const work = room.take(Math.max(plan.roomBytes, workBytes));
  const { run, floats } = room.open();
  writeTurns(floats, rowTurns / 4, plan.width);
  writeTurns(floats, columnTurns / 4, plan.height);
  return {
    run,
    floats,
    picture,
    planes,
    work,
    transform: (which, re, im) =>
      run[which](picture, plan.pictureLine, plan.width, plan.height, re, im, plan.line, rowTurns, columnTurns, work),
  };
};

/** Writes values of `width` x `height` as the picture, zeros around them. */
export const writePicture = (
  { floats, picture }: LaidSpectrum,
  plan: SpectrumPlan,
  { height, values, width }: { readonly width: number; readonly height: number; readonly values: Float32Array },
): void => {
  floats.fill(0, picture / 4, picture / 4 + plan.width * plan.height);
  for (let y = 0; y < height; y++)
    floats.set(values.subarray(y * width, (y + 1) * width), picture / 4 + y * plan.width);
};

/** Pairs cos, -sin of 2 pi t / length for t from 0 on. */
const writeTurns = (to: Float32Array, at: number, length: number): void => {
  for (let t = 0; t < length; t++) {
    to[at + 2 * t] = Math.cos((2 * Math.PI * t) / length);
    to[at + 2 * t + 1] = -Math.sin((2 * Math.PI * t) / length);
  }
};
