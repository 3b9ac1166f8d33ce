// A sensor's fingerprint from the noise of its pictures: the multiplicative factor that fits them best (maximum likelihood; Chen, Fridrich,
// Goljan, Lukas: Determining image origin and integrity using sensor noise, IEEE TIFS 3(1), 2008, equation 6).
import { equalised } from './equalise.js';
import { cleaned, type NoisePlane } from './residual.js';

/** Luma from which on a pixel is cut off: it says nothing of the sensor. */
const BRIGHTEST = 250;
/** Luma up to which there was not light enough to be multiplied. */
const DARKEST = 4;
/** Share of pixels between these that a picture needs. */
const USABLE_LEAST = 0.25;

/** 0..1: how much of a picture is neither cut off nor dark. */
const usableShare = (luma: Uint8Array): number => {
  let usable = 0;
  for (const value of luma) if (value > DARKEST && value < BRIGHTEST) usable += 1;
  return luma.length === 0 ? 0 : usable / luma.length;
};

/** Whether so much of a picture can be used that its noise says something. */
export const isUsable = (luma: Uint8Array): boolean => usableShare(luma) >= USABLE_LEAST;

/** The noise weighed by the light that it was multiplied with and brought to one strength, as it is held against a fingerprint. */
export const weighed = ({ width, height, values }: NoisePlane, luma: Uint8Array): NoisePlane =>
  equalised({
    width,
    height,
    values: values.map((noise, i) => {
      const light = luma[i] as number;
      return light > DARKEST && light < BRIGHTEST ? noise * (light / 255) : 0;
    }),
  });

/** Sums over pictures of one size; each is the noise and the light of one picture. */
export class FingerprintSum {
  readonly width: number;
  readonly height: number;
  #pictures = 0;
  readonly #noise: Float32Array;
  readonly #light: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#noise = new Float32Array(width * height);
    this.#light = new Float32Array(width * height);
  }

  get pictures(): number {
    return this.#pictures;
  }

  /** Adds a picture of this size. `sign` -1 takes one away that was added before. */
  add({ values }: NoisePlane, luma: Uint8Array, sign: 1 | -1 = 1): void {
    for (let i = 0; i < values.length; i++) {
      const light = luma[i] as number;
      if (light <= DARKEST || light >= BRIGHTEST) continue;
      const weight = (sign * light) / 255;
      this.#noise[i] = (this.#noise[i] as number) + (values[i] as number) * weight;
      this.#light[i] = (this.#light[i] as number) + (weight * light) / 255;
    }
    this.#pictures += sign;
  }

  copy(): FingerprintSum {
    const copy = new FingerprintSum(this.width, this.height);
    copy.#noise.set(this.#noise);
    copy.#light.set(this.#light);
    copy.#pictures = this.#pictures;
    return copy;
  }

  /** The fingerprint of what was added: mean 0, cleaned like a residual. */
  finish(): NoisePlane {
    const values = this.#noise.map((noise, i) => noise / ((this.#light[i] as number) + 0.05));
    return cleaned({ width: this.width, height: this.height, values });
  }
}
