// One picture by its seed, in any size: what benchmarks and tests take when they need a realistic JPEG quickly.
import sharp from 'sharp';
import { createRandom, type Random } from './random/random.js';
import { openStudio, type Studio } from './render/photograph.js';
import { createRoom, ROOM_KINDS, type DayTime } from './scene/room.js';
import { chooseViewpoints } from './scene/viewpoint.js';
import type { Camera } from './scene/scene.js';

export interface PictureOptions {
  /** Names the picture: the same seed and size give the same bytes. */
  readonly seed: string | number;
  readonly width: number;
  readonly height: number;
}

export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  /** RGB bytes, row-major. */
  readonly pixels: Buffer;
}

interface OpenRoom {
  readonly studio: Studio;
  readonly cameras: readonly Camera[];
}

/** Rooms are dear, shots are cheap: seeds share this many rooms and differ by viewpoint, framing and film. */
const ROOMS = 8;
const VIEWS = 12;
const TIMES: readonly DayTime[] = ['overcast', 'sunny', 'evening'];
/** Longer sides are rendered at this length and enlarged with fresh grain. */
const RENDERED_SIDE = 900;

const rooms = new Map<number, Promise<OpenRoom>>();

const openRoom = (index: number): Promise<OpenRoom> => {
  const known = rooms.get(index);
  if (known) return known;
  const opened = (async (): Promise<OpenRoom> => {
    const seed = `picture-room-${index}`;
    const room = await createRoom(
      seed,
      ROOM_KINDS[index % ROOM_KINDS.length] ?? 'study',
      TIMES[index % TIMES.length] ?? 'overcast',
    );
    return { studio: openStudio(room, seed), cameras: chooseViewpoints(createRandom(seed), room, VIEWS) };
  })();
  rooms.set(index, opened);
  return opened;
};

/** Moves a camera enough that no two seeds take the same picture. */
const moved = (random: Random, camera: Camera): Camera => ({
  ...camera,
  yaw: camera.yaw + random.range(-0.16, 0.16),
  pitch: camera.pitch + random.range(-0.08, 0.08),
  roll: camera.roll + random.range(-0.05, 0.05),
  fieldOfView: camera.fieldOfView * random.range(0.82, 1.1),
});

const GRAIN_SIDE = 509;

/** Adds grain of about `deviation` to every pixel; enlarged pictures would be too smooth without it. */
const addGrain = (pixels: Buffer, random: Random, deviation: number): void => {
  const table = Int8Array.from({ length: GRAIN_SIDE * GRAIN_SIDE }, () => Math.round(random.gauss() * deviation));
  let at = random.int(0, table.length - 1);
  for (let i = 0; i < pixels.length; i += 3) {
    const grain = table[at] as number;
    if (++at === table.length) at = 0;
    for (let c = 0; c < 3; c++) {
      const value = (pixels[i + c] as number) + grain;
      pixels[i + c] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
};

/** Draws a furnished room. Rooms stay open in memory: after the first few, a picture costs its rendering only. */
export const drawPicture = async ({ seed, width, height }: PictureOptions): Promise<RgbPicture> => {
  const random = createRandom(`picture/${seed}`);
  const { studio, cameras } = await openRoom(random.int(0, ROOMS - 1));
  const k = Math.min(1, RENDERED_SIDE / Math.max(width, height));
  const [w, h] = [Math.max(8, Math.round(width * k)), Math.max(8, Math.round(height * k))];
  const shot = studio.photograph(moved(random, random.pick(cameras)), w, h, String(seed));
  const small = Buffer.from(shot.pixels);
  if (k === 1) return { width, height, pixels: small };
  const pixels = await sharp(small, { raw: { width: w, height: h, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  addGrain(pixels, random, 4.4);
  return { width, height, pixels };
};

/** The same as a JPEG without metadata. */
export const drawJpeg = async (options: PictureOptions & { readonly quality?: number }): Promise<Buffer> => {
  const { pixels, width, height } = await drawPicture(options);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: options.quality ?? 85 })
    .toBuffer();
};
