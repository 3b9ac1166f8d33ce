// The geometry between two looks at one picture is found again, and none between two pictures.
import { describe, expect, it } from 'vitest';
import { blobs, look, signalOfLuma, type Luma } from '../../test-support/features.js';
import { localFeatures, PARTIAL_THRESHOLD_CELLS, sceneGeometry } from '../signals/index.js';
import { invert, apply, type Affine } from './index.js';

const picture = blobs(1, 800, 600, 700);
const compare = (a: Luma, b: Luma) => localFeatures.compare(signalOfLuma(a), signalOfLuma(b));

/** A look through `toPicture`, which carries pixels of the look to those of the picture. */
const through = (toPicture: Affine, width: number, height: number): Luma =>
  look(picture, width, height, (x, y) => {
    const at = apply(toPicture, { x, y });
    return [at.x, at.y];
  });

describe('a part of one picture in the other', () => {
  const cases: Record<string, { toPicture: Affine; turn: string }> = {
    'cut out of a corner': { toPicture: [1, 0, 300, 0, 1, 200], turn: 'upright' },
    'cut out, twice as large': { toPicture: [0.5, 0, 200, 0, 0.5, 150], turn: 'upright' },
    'turned by 25 degrees': { toPicture: [0.906, 0.423, 100, -0.423, 0.906, 200], turn: 'upright' },
    'turned clockwise': { toPicture: [0, 1, 100, -1, 0, 500], turn: 'rotate90' },
    'in a mirror': { toPicture: [-1, 0, 600, 0, 1, 100], turn: 'mirror' },
    'askew, as a photographed screen': { toPicture: [1.1, 0.15, 50, 0.05, 0.9, 60], turn: 'upright' },
  };

  it.each(Object.entries(cases))('is found where it lies: %s', (_name, { toPicture, turn }) => {
    const part = through(toPicture, 400, 320);
    const { grade, value, where } = compare(picture, part);
    expect(grade).toBe('partial');
    expect(value).toBeGreaterThan(2 * PARTIAL_THRESHOLD_CELLS);
    expect(where.b.orientation).toBe(turn);
    const toPart = invert(toPicture)!;
    const [a, b, c, d, e, f] = where.transform!;
    for (const [x, y] of [
      [0.4, 0.4],
      [0.5, 0.6],
      [0.6, 0.45],
    ] as const) {
      const expected = apply(toPart, { x: x * 800, y: y * 600 });
      expect(Math.abs((a * x + b * y + c) * 400 - expected.x)).toBeLessThan(4);
      expect(Math.abs((d * x + e * y + f) * 320 - expected.y)).toBeLessThan(4);
    }
  });

  it('says which part of the picture it is', () => {
    const { where } = compare(picture, through([1, 0, 300, 0, 1, 200], 400, 300));
    const region = where.a.region!;
    expect(region.x).toBeCloseTo(300 / 800, 1);
    expect(region.y).toBeCloseTo(200 / 600, 1);
    expect(region.width).toBeCloseTo(0.5, 1);
    expect(region.height).toBeCloseTo(0.5, 1);
  });

  it('is a copy in perspective too: a screen photographed from aside is no other view of a place', () => {
    const fromAside = look(picture, 640, 480, (x, y) => {
      const nearer = 1 + 0.001 * (x - 320);
      return [400 + (1.1 * (x - 320)) / nearer, 300 + (1.1 * (y - 240)) / nearer];
    });
    const [a, b] = [signalOfLuma(picture), signalOfLuma(fromAside)];
    const copy = localFeatures.compare(a, b);
    expect(copy.grade).toBe('partial');
    expect(copy.explains).toBeGreaterThan(0.9 * sceneGeometry.compare(a, b).value);
  });

  it('is not found in other pictures', () => {
    const others = [2, 3, 4, 5].map((seed) => signalOfLuma(blobs(seed, 800, 600, 700)));
    const own = signalOfLuma(picture);
    for (const other of others) {
      expect(localFeatures.compare(own, other).value).toBeLessThan(PARTIAL_THRESHOLD_CELLS);
      expect(sceneGeometry.compare(own, other).grade).toBeNull();
    }
  });
});

describe('one place from two viewpoints', () => {
  const FOCAL_PX = 600;
  /** A corner of two walls, 5 away, papered with the picture, as a camera sees it that stands `aside` of the middle. */
  const room = (aside: number): Luma =>
    look(picture, 800, 600, (x, y) => {
      const [across, down] = [(x - 400) / FOCAL_PX, (y - 300) / FOCAL_PX];
      const right = (5 - 0.8 * aside) / (1 + 0.8 * across);
      const left = (5 + 0.8 * aside) / (1 - 0.8 * across);
      const depth = aside + right * across >= 0 ? right : left;
      return [400 + 150 * (aside + depth * across), 300 + 150 * depth * down];
    });

  it('is told from a copy: no one transform explains what the geometry of two cameras does', () => {
    const [a, b] = [signalOfLuma(room(-0.8)), signalOfLuma(room(0.8))];
    const scene = sceneGeometry.compare(a, b);
    expect(scene.grade).toBe('same scene');
    expect(localFeatures.compare(a, b).value).toBeLessThan(0.65 * scene.value);
    expect(scene.where.a.region).toBeDefined();
  });
});
