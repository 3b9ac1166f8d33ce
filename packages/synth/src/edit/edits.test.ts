import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.js';
import { floorEdits, plainEdits, roughEdits } from '../world/variants.js';
import { applyEdits, orient } from './apply.js';
import { isWithinFloor, type Edit, type Orientation } from './edits.js';
import { decode, type Raw } from './raw.js';

const overlay = (area: number): Edit => ({ kind: 'overlay', what: 'text', area, seed: '1' });

describe('isWithinFloor', () => {
  it.each<readonly [string, readonly Edit[], boolean]>([
    ['nothing', [], true],
    ['quality 30', [{ kind: 'reencode', format: 'jpeg', quality: 30 }], true],
    ['quality 29', [{ kind: 'reencode', format: 'jpeg', quality: 29 }], false],
    ['scale 0.4', [{ kind: 'scale', factor: 0.4 }], true],
    ['scale 0.39', [{ kind: 'scale', factor: 0.39 }], false],
    [
      'two scales that multiply below 0.4',
      [
        { kind: 'scale', factor: 0.6 },
        { kind: 'scale', factor: 0.6 },
      ],
      false,
    ],
    ['an overlay of 5 %', [overlay(0.05)], true],
    ['an overlay of 6 %', [overlay(0.06)], false],
    ['two overlays of 3 %', [overlay(0.03), overlay(0.03)], false],
    ['a messenger', [{ kind: 'messenger', maxSide: 800, quality: 60 }], true],
    ['a quarter turn', [{ kind: 'orient', orientation: 6 }], true],
    ['a crop', [{ kind: 'crop', left: 0.05, top: 0, right: 0, bottom: 0 }], false],
    ['a tilt', [{ kind: 'tilt', degrees: 2 }], false],
    ['a screenshot', [{ kind: 'screenshot', seed: '1' }], false],
  ])('%s', (_name, edits, within) => {
    expect(isWithinFloor(edits)).toBe(within);
  });

  it('holds for every chain drawn as such, and fails for every rough one', () => {
    const random = createRandom('chains');
    for (let i = 0; i < 500; i++) {
      expect(isWithinFloor(floorEdits(random))).toBe(true);
      expect(isWithinFloor(plainEdits(random))).toBe(true);
      expect(isWithinFloor(roughEdits(random, ['frame-0001']))).toBe(false);
    }
  });
});

/** 3 x 2 pixels, each with its own grey. */
const numbered: Raw = { width: 3, height: 2, data: Buffer.from([1, 2, 3, 4, 5, 6].flatMap((n) => [n, n, n])) };
const greys = (raw: Raw): string =>
  Array.from({ length: raw.height }, (_, y) =>
    Array.from({ length: raw.width }, (_, x) => raw.data[(y * raw.width + x) * 3]).join(''),
  ).join('/');

describe('orient', () => {
  it.each<readonly [Orientation, string]>([
    [1, '123/456'],
    [2, '321/654'],
    [3, '654/321'],
    [4, '456/123'],
    [5, '14/25/36'],
    [6, '41/52/63'],
    [7, '63/52/41'],
    [8, '36/25/14'],
  ])('%i shows %s', async (orientation, shown) => {
    expect(greys(await orient(numbered, orientation))).toBe(shown);
  });
});

describe('applyEdits', () => {
  const raw: Raw = {
    width: 160,
    height: 120,
    data: Buffer.from(Array.from({ length: 160 * 120 * 3 }, (_, i) => (i * 7 + (i >> 5)) & 255)),
  };
  const load = (): Promise<Raw> => Promise.resolve(raw);
  const chains: readonly (readonly Edit[])[] = [
    [overlay(0.05), { kind: 'messenger', maxSide: 100, quality: 60 }],
    [{ kind: 'screenshot', seed: 's' }],
    [{ kind: 'screen-photo', seed: 's' }],
    [{ kind: 'collage', frames: ['other'], seed: 's' }],
    [
      { kind: 'tilt', degrees: 5 },
      { kind: 'reencode', format: 'webp', quality: 70 },
    ],
    [{ kind: 'caption-bar', seed: 's' }],
  ];

  it.each(chains)('gives the same bytes twice: %j', async (...edits) => {
    const first = await applyEdits(raw, edits, load);
    expect(first.equals(await applyEdits(raw, edits, load))).toBe(true);
    expect((await decode(first)).width).toBeGreaterThan(0);
  });

  it('covers no more of the picture than the overlay says', async () => {
    const flat: Raw = { width: 400, height: 300, data: Buffer.alloc(400 * 300 * 3, 120) };
    for (const what of ['text', 'emoji'] as const)
      for (let seed = 0; seed < 8; seed++) {
        const edits: Edit[] = [
          { kind: 'overlay', what, area: 0.05, seed: String(seed) },
          { kind: 'reencode', format: 'png', quality: 90 },
        ];
        const shown = await decode(await applyEdits(flat, edits, load));
        let changed = 0;
        for (let i = 0; i < shown.data.length; i += 3)
          if (shown.data[i] !== 120 || shown.data[i + 1] !== 120) changed++;
        const share = changed / (400 * 300);
        expect(share).toBeGreaterThan(0.003);
        // Half-covered pixels at the rim of so small a picture add a little.
        expect(share).toBeLessThanOrEqual(0.052);
      }
  });
});
