import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.js';
import { createRoom, type Room } from '../scene/room.js';
import type { Camera } from '../scene/scene.js';
import { chooseViewpoints } from '../scene/viewpoint.js';
import { openStudio, type Photograph, type Studio } from './photograph.js';

const greyAt = ({ width, pixels }: Photograph, x: number, y: number): number =>
  pixels[(y * width + x) * 3 + 1] as number;

/** Correlation of two pictures of one size, -1..1. */
const correlation = (a: Photograph, b: Photograph): number => {
  const n = a.pixels.length;
  const mean = (p: Uint8Array): number => p.reduce((sum, value) => sum + value, 0) / n;
  const [ma, mb] = [mean(a.pixels), mean(b.pixels)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [(a.pixels[i] as number) - ma, (b.pixels[i] as number) - mb];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
};

describe('a photographed room', () => {
  let room: Room;
  let studio: Studio;
  let cameras: readonly Camera[];

  beforeAll(async () => {
    room = await createRoom('test', 'study', 'overcast');
    studio = openStudio(room, 'test');
    cameras = chooseViewpoints(createRandom('test'), room, 3);
  }, 240_000);

  it('is furnished and seen from as many places as were asked for', () => {
    expect(room.placed.length).toBeGreaterThan(3);
    expect(cameras).toHaveLength(3);
  });

  it('is the same picture for the same seed, and has contrast and texture', () => {
    const camera = cameras[0] as Camera;
    const shot = studio.photograph(camera, 160, 120, 's');
    expect(studio.photograph(camera, 160, 120, 's').pixels).toEqual(shot.pixels);
    let steps = 0;
    for (let y = 0; y < 120; y++)
      for (let x = 1; x < 160; x++) if (Math.abs(greyAt(shot, x, y) - greyAt(shot, x - 1, y)) > 12) steps++;
    expect(steps / (160 * 120)).toBeGreaterThan(0.04);
    const sorted = [...shot.pixels].sort((a, b) => a - b);
    expect(
      (sorted[Math.floor(sorted.length * 0.95)] as number) - (sorted[Math.floor(sorted.length * 0.05)] as number),
    ).toBeGreaterThan(80);
  });

  it('leaves no hole: every sample of the room shows something', () => {
    for (const camera of cameras) {
      const shares = [...studio.photograph(camera, 80, 60, 's').things.values()];
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    }
  });

  it('shows really different pictures from different places', () => {
    const shots = cameras.map((camera) => studio.photograph(camera, 64, 48, 's'));
    shots.forEach((a, i) => shots.slice(i + 1).forEach((b) => expect(correlation(a, b)).toBeLessThan(0.7)));
  });
});
