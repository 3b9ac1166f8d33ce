// From linear light to a photograph: exposure, white balance, glow of bright places, film curve, vignette, grain.
import type { Random } from '../random/random.js';
import type { Shaded } from './shade.js';

export interface Development {
  /** Stops above or below what the meter says. */
  readonly compensation: number;
  /** 0 keeps the colour of the light, 1 takes it out wholly. */
  readonly whiteBalance: number;
  readonly vignette: number;
  /** Deviation of grain in display values at mid grey. */
  readonly grain: number;
  readonly contrast: number;
  readonly saturation: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB bytes. */
  readonly pixels: Uint8Array;
}

/** Filmic curve (Narkowicz, "ACES filmic tone mapping curve", 2015). */
const film = (x: number): number => (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);

const CURVE_SIZE = 4096;
const CURVE_TOP = 8;
const displayCurve = ((): Float32Array => {
  const curve = new Float32Array(CURVE_SIZE + 1);
  for (let i = 0; i <= CURVE_SIZE; i++) {
    // Finer steps where it is dark.
    const x = (i / CURVE_SIZE) ** 2 * CURVE_TOP;
    curve[i] = 255 * Math.pow(Math.min(1, film(x)), 1 / 2.2);
  }
  return curve;
})();

/** A blurred picture of what is brighter than white, at an eighth of the size. */
const glowOf = (
  pixels: Float32Array,
  width: number,
  height: number,
  gain: number,
): { map: Float32Array; w: number; h: number } => {
  const w = Math.max(1, width >> 3);
  const h = Math.max(1, height >> 3);
  let map = new Float32Array(w * h * 3);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let j = 0; j < 8; j += 2)
          for (let i = 0; i < 8; i += 2)
            sum += Math.max(0, (pixels[((y * 8 + j) * width + x * 8 + i) * 3 + c] as number) * gain - 1);
        map[(y * w + x) * 3 + c] = Math.min(6, sum / 16);
      }
  for (let pass = 0; pass < 4; pass++) {
    const next = new Float32Array(map.length);
    const [dx, dy] = pass % 2 ? [0, 1] : [1, 0];
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++)
        for (let c = 0; c < 3; c++) {
          let sum = 0;
          for (let k = -4; k <= 4; k++) {
            const sx = Math.min(w - 1, Math.max(0, x + k * dx));
            const sy = Math.min(h - 1, Math.max(0, y + k * dy));
            sum += map[(sy * w + sx) * 3 + c] as number;
          }
          next[(y * w + x) * 3 + c] = sum / 9;
        }
    map = next;
  }
  return { map, w, h };
};

/** Develops a shaded frame; the same frame, settings and random stream give the same bytes. */
export const develop = (shaded: Shaded, settings: Development, random: Random): Picture => {
  const { width, height, pixels } = shaded;
  const mean = [0, 0, 0];
  let logSum = 0;
  let count = 0;
  for (let i = 0; i < pixels.length; i += 3 * 7) {
    const r = pixels[i] as number;
    const g = pixels[i + 1] as number;
    const b = pixels[i + 2] as number;
    const light = 0.25 * r + 0.6 * g + 0.15 * b;
    logSum += Math.log(light + 1e-4);
    count++;
    const weight = 1 / (light + 0.02);
    mean[0] = (mean[0] as number) + r * weight;
    mean[1] = (mean[1] as number) + g * weight;
    mean[2] = (mean[2] as number) + b * weight;
  }
  const exposure = (0.21 / (Math.exp(logSum / count) + 1e-4)) * 2 ** settings.compensation;
  const grey = ((mean[0] as number) + (mean[1] as number) + (mean[2] as number)) / 3;
  const gains = mean.map((value) => exposure * Math.pow(grey / (value || 1), settings.whiteBalance));
  const glow = glowOf(pixels, width, height, exposure);
  const out = new Uint8Array(width * height * 3);
  const grainTable = Float32Array.from({ length: 8192 }, () => random.gauss());
  let grainAt = random.int(0, 8191);
  const value = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    const ry = (y / height - 0.5) * 2;
    if (y % 8 === 0) grainAt = random.int(0, 8191);
    for (let x = 0; x < width; x++) {
      const rx = (x / width - 0.5) * 2;
      const distance = rx * rx + ry * ry;
      const fall = 1 - settings.vignette * distance * 0.35;
      const at = (y * width + x) * 3;
      const gx = Math.min(glow.w - 1, x >> 3);
      const gy = Math.min(glow.h - 1, y >> 3);
      const glowAt = (gy * glow.w + gx) * 3;
      for (let c = 0; c < 3; c++) {
        const light = Math.max(
          0,
          (pixels[at + c] as number) * (gains[c] as number) * fall + 0.05 * (glow.map[glowAt + c] as number),
        );
        const place = Math.min(CURVE_SIZE - 1, Math.sqrt(Math.min(light, CURVE_TOP) / CURVE_TOP) * CURVE_SIZE);
        const low = Math.floor(place);
        value[c] =
          (displayCurve[low] as number) +
          ((displayCurve[low + 1] as number) - (displayCurve[low] as number)) * (place - low);
      }
      const luma = 0.299 * (value[0] as number) + 0.587 * (value[1] as number) + 0.114 * (value[2] as number);
      grainAt = (grainAt + 1) & 8191;
      const coarse = settings.grain * (grainTable[grainAt] as number) * (1.3 - luma / 300);
      for (let c = 0; c < 3; c++) {
        const fine = settings.grain * 0.6 * (grainTable[(grainAt * 3 + c * 977) & 8191] as number);
        const coloured = luma + ((value[c] as number) - luma) * settings.saturation;
        const shown = (coloured - 118) * settings.contrast + 118 + coarse + fine;
        out[at + c] = shown < 0 ? 0 : shown > 255 ? 255 : shown + 0.5;
      }
    }
  }
  return { width, height, pixels: out };
};
