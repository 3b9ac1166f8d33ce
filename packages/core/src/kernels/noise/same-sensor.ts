// Whether the noise of a picture supports that the sensor of a fingerprint made it: every way in which the picture may lie in the sensor's
// plane is tried, and the false alarm is that of the whole search.
import { correlate, searchPart, spectrumOf, type PlaneSpectrum } from './correlate.js';
import { blockSums } from './energy.js';
import { equalised } from './equalise.js';
import { falseAlarm } from './false-alarm.js';
import { resampled } from './resample.js';
import { turned, type Quarters } from './turn.js';
import type { NoisePlane } from './residual.js';

/** How the picture was laid on the sensor's plane. */
export interface Laying {
  /** `aligned`: same size. `scaled`: the whole plane made smaller. `shifted`: a part of it, at full size. */
  readonly kind: 'aligned' | 'scaled' | 'shifted';
  /** Degrees clockwise that the picture is turned by to lie as the sensor did. */
  readonly turnedDeg: 0 | 90 | 180 | 270;
  /** Size of the picture over that of the plane. */
  readonly scale: number;
  /** Where its upper left corner lies, pixels of the plane; 0 unless shifted. */
  readonly x: number;
  readonly y: number;
}

export interface SensorComparison {
  /** Peak to correlation energy of the best laying. */
  readonly pce: number;
  /** Probability that another sensor reaches it in one of all places that were looked at. */
  readonly falseAlarm: number;
  readonly best: Laying;
  /** Places that were looked at, in all layings together. */
  readonly places: number;
}

/** Sides of a scaled picture may be rounded by so much. */
const ROUNDING_PX = 1;
/** A laying at its own place that is this certain leaves nothing to be searched for. */
const CERTAIN = 1e-9;
/** A part that was searched for is told in place of the whole only where chance brings it this seldom: the best of millions is always high. */
const TOLD_OF_PART = 1e-3;
const QUARTERS = [0, 1, 2, 3] as const;

/** A fingerprint that many pictures are held against: spectra of its sizes are kept. */
export class SensorFingerprint {
  readonly #plane: NoisePlane;
  readonly #spectra = new Map<string, PlaneSpectrum>();
  #squares: PlaneSpectrum | null = null;

  constructor(plane: NoisePlane) {
    this.#plane = plane;
  }

  get width(): number {
    return this.#plane.width;
  }

  get height(): number {
    return this.#plane.height;
  }

  /** Its spectrum in another size. */
  spectrum(width: number, height: number): PlaneSpectrum {
    const key = `${width}x${height}`;
    let found = this.#spectra.get(key);
    if (found === undefined) {
      found = spectrumOf(equalised(resampled(this.#plane, width, height)));
      this.#spectra.set(key, found);
    }
    return found;
  }

  /** The spectrum of its squares in blocks. */
  squares(): PlaneSpectrum {
    return (this.#squares ??= spectrumOf(blockSums(this.spectrum(this.width, this.height).plane)));
  }
}

interface Tried {
  readonly laying: Laying;
  readonly pce: number;
  readonly alarm: number;
  readonly places: number;
}

/**
 * Holds weighed noise against a fingerprint: turned by quarters, in the same size, made smaller as a whole, and, where that is not certain,
 * as a part at full size. `null` where the picture fits in none of these ways.
 */
export const compareWithSensor = (picture: NoisePlane, sensor: SensorFingerprint): SensorComparison | null => {
  const layings = QUARTERS.filter((quarters) => fits(picture, quarters, sensor)).map((quarters) => ({
    quarters,
    plane: turned(picture, quarters),
  }));
  const whole = layings.flatMap(({ quarters, plane }) => wholePlane(plane, quarters, sensor));
  const isCertain = whole.some(({ alarm }) => alarm < CERTAIN);
  const parts = isCertain ? [] : layings.flatMap(({ quarters, plane }) => partOfPlane(plane, quarters, sensor));
  const count = whole.length + parts.length;
  const bestOfWhole = strongest(whole);
  const bestOfParts = strongest(parts);
  const isPart =
    bestOfWhole === undefined ||
    (bestOfParts !== undefined && bestOfParts.alarm * count <= TOLD_OF_PART && bestOfParts.alarm < bestOfWhole.alarm);
  const best = isPart ? bestOfParts : bestOfWhole;
  if (best === undefined) return null;
  return {
    pce: best.pce,
    // Each laying had its chance (Bonferroni): never less than what it would be if they were independent.
    falseAlarm: Math.min(1, best.alarm * count),
    best: best.laying,
    places: [...whole, ...parts].reduce((sum, { places }) => sum + places, 0),
  };
};

/** Whether the picture lies inside the plane at all when it is turned: turning costs more than seeing that. */
const fits = ({ height, width }: NoisePlane, quarters: Quarters, sensor: SensorFingerprint): boolean => {
  const [across, down] = quarters % 2 === 0 ? [width, height] : [height, width];
  return across <= sensor.width && down <= sensor.height;
};

const strongest = (tried: readonly Tried[]): Tried | undefined =>
  tried.toSorted((a, b) => a.alarm - b.alarm || b.pce - a.pce)[0];

const degrees = (quarters: Quarters): Laying['turnedDeg'] => (quarters * 90) as Laying['turnedDeg'];

const wholePlane = (plane: NoisePlane, quarters: Quarters, sensor: SensorFingerprint): Tried[] => {
  const isAligned = plane.width === sensor.width && plane.height === sensor.height;
  if (!isAligned && !isScaled(plane, sensor)) return [];
  const { pce, places } = correlate(plane, sensor.spectrum(plane.width, plane.height));
  const scale = plane.width / sensor.width;
  const laying: Laying = {
    kind: isAligned ? 'aligned' : 'scaled',
    turnedDeg: degrees(quarters),
    scale,
    x: 0,
    y: 0,
  };
  return [{ laying, pce, places, alarm: falseAlarm(pce, places) }];
};

/** Whether both sides were made smaller alike, but for rounding. */
const isScaled = (plane: NoisePlane, sensor: SensorFingerprint): boolean =>
  plane.width < sensor.width &&
  (Math.abs(plane.height - (plane.width * sensor.height) / sensor.width) <= ROUNDING_PX ||
    Math.abs(plane.width - (plane.height * sensor.width) / sensor.height) <= ROUNDING_PX);

const partOfPlane = (plane: NoisePlane, quarters: Quarters, sensor: SensorFingerprint): Tried[] => {
  if (plane.width === sensor.width && plane.height === sensor.height) return [];
  const spectrum = sensor.spectrum(sensor.width, sensor.height);
  const { pce, x, y, places } = searchPart(plane, spectrum, sensor.squares());
  const laying: Laying = { kind: 'shifted', turnedDeg: degrees(quarters), scale: 1, x, y };
  return [{ laying, pce, places, alarm: falseAlarm(pce, places) }];
};
