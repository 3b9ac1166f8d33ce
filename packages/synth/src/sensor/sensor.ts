// Drawn sensors: each pixel answers light a little more or less than its neighbours, always alike, behind a colour filter. What a sensor
// leaves in its pictures is what comparing by noise is tried on.
import { createRandom, type Random } from '../random/random.js';
import type { RgbPicture } from '../picture.js';

export interface Sensor {
  readonly width: number;
  readonly height: number;
  /** Gain of each photosite, about 1. */
  readonly gains: Float32Array;
}

export interface SensorOptions {
  /** Names the sensor: the same seed and size give the same gains. */
  readonly seed: string | number;
  /** Sensors of one model share what its read-out adds to rows and columns. */
  readonly model: string;
  readonly width: number;
  readonly height: number;
}

/** Deviation of the gains: phones lie between half a percent and two. */
const GAIN_DEVIATION = 0.009;
const LINE_DEVIATION = 0.002;
/** Of 0..255: electrons that were read, and light itself, which strays by the root of what there is. */
const READ_NOISE = 1.1;
const LIGHT_NOISE = 0.14;

const TABLE_SIZE = 1 << 16;

/** Normal values by the table: drawing each anew would take longer than all else. */
const normals = (random: Random): (() => number) => {
  const table = Float32Array.from({ length: TABLE_SIZE }, () => random.gauss());
  return () => table[Math.floor(random.next() * TABLE_SIZE)] as number;
};

export const drawSensor = ({ seed, model, width, height }: SensorOptions): Sensor => {
  const own = normals(createRandom(`sensor/${seed}`));
  const shared = normals(createRandom(`model/${model}`));
  const rows = Float32Array.from({ length: height }, () => LINE_DEVIATION * shared());
  const columns = Float32Array.from({ length: width }, () => LINE_DEVIATION * shared());
  const gains = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      gains[y * width + x] = 1 + GAIN_DEVIATION * own() + (rows[y] as number) + (columns[x] as number);
  return { width, height, gains };
};

/** Which of red, green and blue a photosite sees: RGGB. */
const filterAt = (x: number, y: number): 0 | 1 | 2 => (y % 2 === 0 ? (x % 2 === 0 ? 0 : 1) : x % 2 === 0 ? 1 : 2);

/** What the photosites read of a picture of their size; `seed` names the moment: no two read alike. */
const readOut = (picture: RgbPicture, sensor: Sensor, seed: string | number): Float32Array => {
  const random = createRandom(`moment/${seed}`);
  const normal = normals(random);
  const { width, height, gains } = sensor;
  const raw = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const light = (picture.pixels[3 * at + filterAt(x, y)] as number) * (gains[at] as number);
      raw[at] = light + normal() * (READ_NOISE + LIGHT_NOISE * Math.sqrt(light));
    }
  return raw;
};

/** The picture as a camera with this sensor takes it; colours between photosites are the means of the nearest. Sizes must agree. */
export const expose = (picture: RgbPicture, sensor: Sensor, seed: string | number): RgbPicture => {
  const { width, height } = sensor;
  if (picture.width !== width || picture.height !== height)
    throw new RangeError(`${picture.width} x ${picture.height} on a sensor of ${width} x ${height}`);
  const raw = readOut(picture, sensor, seed);
  const pixels = Buffer.alloc(3 * width * height);
  const sums = [0, 0, 0];
  const counts = [0, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      sums.fill(0);
      counts.fill(0);
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const [nx, ny] = [x + dx, y + dy];
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
          const colour = filterAt(nx, ny);
          sums[colour] = (sums[colour] as number) + (raw[ny * width + nx] as number);
          counts[colour] = (counts[colour] as number) + 1;
        }
      const own = filterAt(x, y);
      for (let colour = 0; colour < 3; colour++) {
        const value =
          colour === own
            ? (raw[y * width + x] as number)
            : (sums[colour] as number) / Math.max(1, counts[colour] as number);
        pixels[3 * (y * width + x) + colour] = Math.max(0, Math.min(255, Math.round(value)));
      }
    }
  return { width, height, pixels };
};
