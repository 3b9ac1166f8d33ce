// Local features of a picture: places that are found again after scaling, turning and cutting, each with a RootSIFT descriptor.
import { createMemory, growMemory, instantiate, type WasmMemory } from '../../wasm/index.js';
import { features as bytes } from '../../wasm/generated/features.js';
import { groundTone, isOnGround, type Tones } from './ground.js';
import {
  BASE_SIGMA,
  BLURRED_PLANES,
  blurSteps,
  CAMERA_SIGMA,
  DESCRIPTOR_BYTES,
  DIFFERENCE_PLANES,
  FEATURE_BYTES,
  gaussianTaps,
  KEYPOINT_BYTES,
  octaveWords,
  planScaleSpace,
  type Octave,
  type ScaleSpacePlan,
} from './plan.js';

export interface LocalFeatures {
  /** Size that the picture was looked at in, pixels; places are in it. */
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** `count` values each: place and blur in pixels, direction in radians (0 to the right, clockwise), contrast. Strongest first. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly scale: Float32Array;
  readonly angle: Float32Array;
  readonly contrast: Float32Array;
  /** 0..1: how much of what the descriptor covers is not flat. */
  readonly busy: Float32Array;
  /** `count` times 128 bytes: roots of 4 x 4 x 8 histograms, times 512. */
  readonly descriptors: Uint8Array;
}

export interface FeatureOptions {
  /** Features at most. */
  readonly limit?: number;
  /** Least contrast of a place, of a range of 0..255. */
  readonly contrast?: number;
}

interface Exports {
  resample(
    input: number,
    width: number,
    height: number,
    output: number,
    toWidth: number,
    toHeight: number,
    line: number,
    sums: number,
  ): void;
  blur(
    input: number,
    output: number,
    width: number,
    height: number,
    line: number,
    taps: number,
    radius: number,
    room: number,
  ): void;
  subtract(upper: number, lower: number, output: number, byteLength: number): void;
  double(input: number, width: number, height: number, line: number, output: number, toLine: number): void;
  halve(input: number, line: number, output: number, toWidth: number, toHeight: number, toLine: number): void;
  findExtrema(
    planes: number,
    width: number,
    height: number,
    line: number,
    plane: number,
    octave: number,
    contrast: number,
    keypoints: number,
    found: number,
    limit: number,
  ): number;
  orient(
    keypoints: number,
    count: number,
    octaves: number,
    firstScale: number,
    features: number,
    limit: number,
    room: number,
  ): number;
  describe(
    features: number,
    count: number,
    keypoints: number,
    octaves: number,
    descriptors: number,
    room: number,
    weights: number,
  ): void;
}

const LIMIT = 1_000;
/** Longest side that is looked at. It is looked at in double size too, for features of a pixel or two. */
const SIDE_PX = 800;
/** Pixels of that picture to one of the first octave. */
const FIRST_SCALE = 0.5;
const KEYPOINTS_MOST = 40_000;
/** Lowe's 0.04 over three levels, of a range of 255. */
const CONTRAST = (0.03 / 3) * 255;
/** The picture is divided into so many cells a side, each of which has its share of the features. */
const SPREAD_CELLS = 8;
/** A feature of twice the size is worth so much more: it is still there when the picture was made smaller, blurred or photographed from a screen. */
const LARGER = 2;

interface Kernel {
  readonly memory: WasmMemory;
  readonly run: Exports;
}
let kernel: Kernel | undefined;

const kernelWith = (byteLength: number): Kernel => {
  if (kernel === undefined) {
    const memory = createMemory(byteLength, 'plain');
    kernel = { memory, run: instantiate<Exports>(bytes, memory) };
  }
  growMemory(kernel.memory, byteLength);
  return kernel;
};

/**
 * Features of `width` x `height` luma values of 0..255, row-major. Fewer than asked for where the picture has fewer; none where a side is
 * under 12 pixels.
 */
export const extractFeatures = (
  luma: Float32Array | Uint8Array,
  width: number,
  height: number,
  { limit = LIMIT, contrast = CONTRAST }: FeatureOptions = {},
): LocalFeatures => {
  const scale = Math.min(1, SIDE_PX / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const plan = planScaleSpace({
    givenWidth: width,
    givenHeight: height,
    width: w,
    height: h,
    keypoints: KEYPOINTS_MOST,
    features: limit,
  });
  const { memory, run } = kernelWith(plan.bytes);
  const floats = new Float32Array(memory.buffer);
  floats.set(luma, plan.given / 4);
  run.resample(plan.given, width, height, plan.small.at, w, h, plan.small.line, plan.sums);
  const found = findKeypoints(run, memory, plan, contrast);
  const kept = spread(memory, plan, found, limit, w, h);
  const { features: oriented, keypoints, octaveTable, room } = plan;
  const count = run.orient(keypoints, kept, octaveTable, FIRST_SCALE, oriented, limit, room);
  run.describe(plan.features, count, plan.keypoints, plan.octaveTable, plan.descriptors, plan.room, plan.weights);
  const features = featuresAt(memory, plan, count);
  const { small } = plan;
  const looked = new Float32Array(memory.buffer, small.at, small.plane / 4);
  clearGround(features, { luma: looked, width: w, height: h, line: small.line / 4 });
  return features;
};

/** What lies on the ground of a page is not busy, however dense the letters are. */
const clearGround = ({ busy, count, scale, x, y }: LocalFeatures, tones: Tones): void => {
  const tone = groundTone(tones);
  if (tone === null) return;
  for (let i = 0; i < count; i++) if (isOnGround(tones, tone, x[i]!, y[i]!, scale[i]!)) busy[i] = 0;
};

/** Builds the octaves one after the other and looks for keypoints in each. */
const findKeypoints = (run: Exports, memory: WasmMemory, plan: ScaleSpacePlan, contrast: number): number => {
  const { small, octaves } = plan;
  new Uint32Array(memory.buffer, plan.octaveTable).set(octaveWords(octaves));
  const blur = (from: number, to: number, octave: Octave, sigma: number): void => {
    const taps = gaussianTaps(sigma);
    new Float32Array(memory.buffer, plan.taps, taps.length).set(taps);
    run.blur(from, to, octave.width, octave.height, octave.line, plan.taps, taps.length - 1, plan.room);
  };
  let found = 0;
  octaves.forEach((octave, number) => {
    const before = octaves[number - 1];
    if (before === undefined) {
      run.double(small.at, small.width, small.height, small.line, plan.differences, octave.line);
      const own = CAMERA_SIGMA / FIRST_SCALE;
      blur(plan.differences, octave.blurred, octave, Math.sqrt(BASE_SIGMA ** 2 - own ** 2));
    } else {
      const twice = before.blurred + (BLURRED_PLANES - 3) * before.plane;
      run.halve(twice, before.line, octave.blurred, octave.width, octave.height, octave.line);
    }
    blurSteps().forEach((sigma, i) => {
      const from = octave.blurred + i * octave.plane;
      blur(from, from + octave.plane, octave, sigma);
    });
    for (let i = 0; i < DIFFERENCE_PLANES; i++) {
      const lower = octave.blurred + i * octave.plane;
      run.subtract(lower + octave.plane, lower, plan.differences + i * octave.plane, octave.plane);
    }
    found = run.findExtrema(
      plan.differences,
      octave.width,
      octave.height,
      octave.line,
      octave.plane,
      number,
      contrast,
      plan.keypoints,
      found,
      KEYPOINTS_MOST,
    );
  });
  return found;
};

/**
 * Puts the keypoints first that are worth most: each cell of the picture gives its strongest before any gives its weak ones, so that one lively corner does
 * not take all. Answers how many were kept.
 */
const spread = (
  memory: WasmMemory,
  { keypoints, octaves }: ScaleSpacePlan,
  found: number,
  limit: number,
  width: number,
  height: number,
): number => {
  if (octaves.length === 0) return 0;
  const words = KEYPOINT_BYTES / 4;
  const keys = new Float32Array(memory.buffer, keypoints, found * words);
  const worth = Float32Array.from({ length: found }, (_, i) => keys[i * words + 3]! * LARGER ** keys[i * words + 4]!);
  const order = Array.from({ length: found }, (_, i) => i).sort((a, b) => worth[b]! - worth[a]!);
  const share = limit / SPREAD_CELLS ** 2;
  const taken = new Float32Array(SPREAD_CELLS ** 2);
  const rank = new Float32Array(found);
  for (const i of order) {
    const unit = FIRST_SCALE * 2 ** keys[i * words + 4]!;
    const column = Math.min(SPREAD_CELLS - 1, Math.floor((keys[i * words]! * unit * SPREAD_CELLS) / width));
    const row = Math.min(SPREAD_CELLS - 1, Math.floor((keys[i * words + 1]! * unit * SPREAD_CELLS) / height));
    const cell = row * SPREAD_CELLS + column;
    rank[i] = Math.floor(taken[cell]! / share);
    taken[cell]! += 1;
  }
  // Stable: within a rank by contrast.
  order.sort((a, b) => rank[a]! - rank[b]!);
  const kept = order.slice(0, limit);
  const chosen = Float32Array.from(kept.flatMap((i) => [...keys.subarray(i * words, (i + 1) * words)]));
  keys.set(chosen);
  return kept.length;
};

const featuresAt = (memory: WasmMemory, plan: ScaleSpacePlan, count: number): LocalFeatures => {
  const words = FEATURE_BYTES / 4;
  const values = new Float32Array(memory.buffer, plan.features, count * words);
  const field = (offset: number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => values[i * words + offset]!);
  return {
    width: plan.small.width,
    height: plan.small.height,
    count,
    x: field(0),
    y: field(1),
    scale: field(2),
    angle: field(3),
    contrast: field(4),
    busy: field(6),
    descriptors: new Uint8Array(memory.buffer, plan.descriptors, count * DESCRIPTOR_BYTES).slice(),
  };
};
