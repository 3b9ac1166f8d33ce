// Noise residual of a picture: the picture less what a wavelet Wiener filter thinks the scene is, without the traces that all cameras of a
// model share. Wavelet filter: Mihcak, Kozintsev, Ramchandran (ICASSP 1999); rows, columns and spectrum: Chen, Fridrich, Goljan, Lukas
// (IEEE TIFS 3(1), 2008).
import { layOutSpectrum, planSpectrum, Room, writePicture } from './planes.js';

/** Values of a sensor's plane, row-major, as the sensor lies: not turned by the EXIF orientation. */
export interface NoisePlane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

const LEVELS = 4;
/** Deviation of the noise that is expected, of 0..255. */
const NOISE_SIGMA = 5;
/** Rows and columns that are mirrored around the picture, so that one side does not show in the other. */
const BORDER = 16;
/** Daubechies' low pass of four vanishing moments (Ten Lectures on Wavelets, table 6.1). */
const TAPS = [
  0.23037781330885523, 0.7148465705525415, 0.6308807679295904, -0.02798376941698385, -0.18703481171888114,
  0.030841381835986965, 0.032883011666982945, -0.010597401784997278,
];

const WINDOW_ROWS = 13;
const windowBytes = (width: number): number => WINDOW_ROWS * (Math.ceil(width / 4) * 16 + 32) + 64;

const mirrored = (at: number, length: number): number => {
  if (length === 1) return 0;
  const period = 2 * length - 2;
  const place = ((at % period) + period) % period;
  return place < length ? place : period - place;
};

/** The residual of `width` x `height` luma values of 0..255, before rows, columns and spectrum are cleaned. */
const waveletResidual = (luma: Float32Array | Uint8Array, width: number, height: number): Float32Array => {
  const paddedWidth = Math.ceil((width + 2 * BORDER) / 64) * 64;
  const paddedHeight = Math.ceil((height + 2 * BORDER) / 16) * 16;
  const line = paddedWidth * 4;
  const room = new Room();
  const plane = room.take(line * paddedHeight);
  const spare = room.take(line * paddedHeight);
  const taps = room.take(TAPS.length * 4);
  const rows = room.take(4 * (paddedWidth + 64));
  const windows = room.take(windowBytes(paddedWidth));
  const { run, floats } = room.open();
  floats.set(TAPS, taps / 4);
  const columnOf = Int32Array.from({ length: paddedWidth }, (_, x) => mirrored(x - BORDER, width));
  for (let y = 0; y < paddedHeight; y++) {
    const from = mirrored(y - BORDER, height) * width;
    const to = plane / 4 + y * paddedWidth;
    for (let x = 0; x < paddedWidth; x++) floats[to + x] = luma[from + (columnOf[x] as number)] as number;
  }

  const variance = NOISE_SIGMA * NOISE_SIGMA;
  for (let level = 0; level < LEVELS; level++) {
    const [w, h] = [paddedWidth >> level, paddedHeight >> level];
    run.analyse(plane, spare, w, h, line, taps, rows);
    const [right, below] = [w * 2, (h / 2) * line];
    for (const quarter of [plane + right, plane + below, plane + below + right])
      run.keepNoise(quarter, w / 2, h / 2, line, variance, windows);
  }
  // What is coarsest is scene: none of it is noise.
  const [coarseWidth, coarseHeight] = [paddedWidth >> LEVELS, paddedHeight >> LEVELS];
  for (let y = 0; y < coarseHeight; y++)
    floats.fill(0, plane / 4 + y * paddedWidth, plane / 4 + y * paddedWidth + coarseWidth);
  for (let level = LEVELS - 1; level >= 0; level--)
    run.synthesise(plane, spare, paddedWidth >> level, paddedHeight >> level, line, taps, rows);

  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = plane / 4 + (y + BORDER) * paddedWidth + BORDER;
    values.set(floats.subarray(from, from + width), y * width);
  }
  return values;
};

/**
 * Takes away what is no noise of one sensor: means of rows and columns in each place of the colour filter, and what stands out of the
 * spectrum, as blocks of a JPEG and regular patterns do.
 */
export const cleaned = (plane: NoisePlane): NoisePlane => {
  const { width, height } = plane;
  const plan = planSpectrum(plane);
  const laid = layOutSpectrum(plan, 3, Math.max(windowBytes(plan.columns), width * 8));
  const { floats, picture, run, work } = laid;
  const [re, im, wanted] = laid.planes as [number, number, number];
  writePicture(laid, plan, plane);
  run.removeMeans(picture, width, height, plan.pictureLine, work);

  const variance = run.meanSquare(picture, width, height, plan.pictureLine);
  laid.transform('forward', re, im);
  const scale = 1 / Math.sqrt(width * height);
  run.magnitudes(re, im, wanted, plan.columns, plan.height, plan.line, scale);
  run.keepNoise(wanted, plan.columns, plan.height, plan.line, variance, work);
  run.setMagnitudes(re, im, wanted, plan.columns, plan.height, plan.line, scale);
  laid.transform('backward', re, im);
  const by = 1 / (plan.width * plan.height);
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = picture / 4 + y * plan.width;
    for (let x = 0; x < width; x++) values[y * width + x] = (floats[from + x] as number) * by;
  }
  return { width, height, values };
};

/** Noise residual of `width` x `height` luma values of 0..255, row-major, in full resolution and as the sensor lies. Same size; mean 0. */
export const noiseResidual = (luma: Float32Array | Uint8Array, width: number, height: number): NoisePlane =>
  cleaned({ width, height, values: waveletResidual(luma, width, height) });
