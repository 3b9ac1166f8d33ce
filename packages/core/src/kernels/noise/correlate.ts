// How far the noise of a picture agrees with a sensor's: peak to correlation energy (Goljan, Fridrich, Filler: Large scale test of sensor
// fingerprint camera identification, SPIE 7254, 2009), the energy being that which chance has at the place of the peak.
import { BLOCK_PX, blockSums, energyOf, sharedEnergy } from './energy.js';
import { layOutSpectrum, planSpectrum, writePicture, type LaidSpectrum, type SpectrumPlan } from './planes.js';
import type { NoisePlane } from './residual.js';

/** Where a peak lies, and how high it is over what chance does there. */
export interface CorrelationPeak {
  /** Square of the peak over its variance by chance; negative where the peak is. */
  readonly pce: number;
  /** Place of the picture's upper left corner in the fingerprint, pixels. */
  readonly x: number;
  readonly y: number;
  /** Places that were looked at. */
  readonly places: number;
}

/** Half of the square around a peak that is no noise of the correlation. */
const NEIGHBOURHOOD = 5;

/** A plane with its spectrum, kept so that many can be held against it. */
export interface PlaneSpectrum {
  readonly plane: NoisePlane;
  readonly plan: SpectrumPlan;
  readonly energy: number;
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** The spectrum of a fingerprint. */
export const spectrumOf = (plane: NoisePlane): PlaneSpectrum => {
  const plan = planSpectrum(plane);
  const laid = layOutSpectrum(plan, 2);
  const [re, im] = laid.planes as [number, number];
  writePicture(laid, plan, plane);
  laid.transform('forward', re, im);
  const copy = (at: number): Float32Array => laid.floats.slice(at / 4, (at + plan.planeBytes) / 4);
  return { plane, plan, energy: energyOf(plane), re: copy(re), im: copy(im) };
};

/** Correlations at all places, the plane wrapping around: `plan.width` x `plan.height`, times a constant. Valid until the next call. */
const correlations = (picture: NoisePlane, fingerprint: PlaneSpectrum): LaidSpectrum => {
  const { plan } = fingerprint;
  const laid = layOutSpectrum(plan, 4);
  const [re, im, ownRe, ownIm] = laid.planes as [number, number, number, number];
  writePicture(laid, plan, picture);
  laid.transform('forward', ownRe, ownIm);
  laid.floats.set(fingerprint.re, re / 4);
  laid.floats.set(fingerprint.im, im / 4);
  laid.run.crossSpectrum(re, im, ownRe, ownIm, plan.columns, plan.height, plan.line);
  laid.transform('backward', re, im);
  return laid;
};

/** Mean square of the correlations but for the neighbourhood of a place, which wraps around the edges. */
const meanSquareElsewhere = (
  { run, floats, picture }: LaidSpectrum,
  plan: SpectrumPlan,
  x: number,
  y: number,
): number => {
  const { width, height, pictureLine } = plan;
  const all = run.meanSquare(picture, width, height, pictureLine) * width * height;
  let near = 0;
  let count = 0;
  const [reachX, reachY] = [Math.min(NEIGHBOURHOOD, (width - 2) >> 1), Math.min(NEIGHBOURHOOD, (height - 2) >> 1)];
  for (let dy = -reachY; dy <= reachY; dy++)
    for (let dx = -reachX; dx <= reachX; dx++) {
      const at = ((y + dy + height) % height) * width + ((x + dx + width) % width);
      near += (floats[picture / 4 + at] as number) ** 2;
      count += 1;
    }
  return Math.max(0, all - near) / (width * height - count);
};

const signedRatio = (peak: number, variance: number): number => {
  const ratio = variance > 0 ? (peak * peak) / variance : 0;
  return peak < 0 ? -ratio : ratio;
};

/** What the variance at a place is over that of all places together, both by the squares alone. */
const relative = (energy: number, picture: NoisePlane, { energy: own, plan }: PlaneSpectrum): number => {
  const mean = (energyOf(picture) * own) / (plan.width * plan.height);
  return mean > 0 ? energy / mean : 1;
};

/** Holds a picture's weighed noise (see `weighed`) against a fingerprint of its own size, at its own place alone. */
export const correlate = (picture: NoisePlane, fingerprint: PlaneSpectrum): CorrelationPeak => {
  const laid = correlations(picture, fingerprint);
  const variance =
    meanSquareElsewhere(laid, fingerprint.plan, 0, 0) *
    relative(sharedEnergy(picture, fingerprint.plane), picture, fingerprint);
  return { pce: signedRatio(laid.floats[laid.picture / 4] as number, variance), x: 0, y: 0, places: 1 };
};

/**
 * Looks for a picture's weighed noise at every place where it lies inside a larger fingerprint; `squares` are the spectrum of the
 * fingerprint's `blockSums`. The peak told is the highest over what chance does at its place.
 */
export const searchPart = (
  picture: NoisePlane,
  fingerprint: PlaneSpectrum,
  squares: PlaneSpectrum,
): CorrelationPeak => {
  // Both planes lie in one memory: the small one is taken out first.
  const small = correlations(blockSums(picture), squares);
  const { plan: smallPlan } = squares;
  const shared = small.floats.slice(small.picture / 4, small.picture / 4 + smallPlan.width * smallPlan.height);
  const unit = 1 / (smallPlan.width * smallPlan.height * BLOCK_PX * BLOCK_PX);
  const laid = correlations(picture, fingerprint);
  const { plan } = fingerprint;
  const placesWide = fingerprint.plane.width - picture.width + 1;
  const placesHigh = fingerprint.plane.height - picture.height + 1;
  const from = laid.picture / 4;
  let [best, x, y, bestShared] = [-Infinity, 0, 0, 1];
  for (let row = 0; row < placesHigh; row++)
    for (let column = 0; column < placesWide; column++) {
      const peak = laid.floats[from + row * plan.width + column] as number;
      if (peak <= 0) continue;
      const at = Math.round(row / BLOCK_PX) * smallPlan.width + Math.round(column / BLOCK_PX);
      const energy = shared[at] as number;
      if (energy <= 0 || peak * peak <= best * energy) continue;
      best = (peak * peak) / energy;
      bestShared = energy;
      [x, y] = [column, row];
    }
  const peak = laid.floats[from + y * plan.width + x] as number;
  const variance = meanSquareElsewhere(laid, plan, x, y) * relative(bestShared * unit, picture, fingerprint);
  return { pce: signedRatio(peak, variance), x, y, places: placesWide * placesHigh };
};
