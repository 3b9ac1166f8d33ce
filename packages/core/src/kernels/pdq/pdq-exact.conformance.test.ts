// The kernels of PDQ, bit for bit: against a plain reference, and against hashes that were taken when both agreed with the published program.
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../test-support/hashes.js';
import { referencePdq } from '../../../test-support/pdq-reference.js';
import { hashToHex, pdqFromLuma } from '../index.js';

/** Whole numbers only, so that every machine draws the same. */
type Drawing = (x: number, y: number, width: number, height: number) => number;

const fold = (value: number): number => {
  const rest = ((value % 512) + 512) % 512;
  return rest < 256 ? rest : 511 - rest;
};
const DRAWINGS = {
  // Slow slopes and few edges: a quality in the middle, in which each row counts.
  hills: (x, y, width, height) =>
    (fold(Math.floor((x * 700) / width)) + fold(Math.floor((y * 900) / height) + Math.floor((x * 300) / width))) >> 2,
  weave: (x, y) => fold(x * 7 + ((x * y) >> 4)) ^ fold(y * 5 + (x >> 3)),
  grain: (x, y) => (Math.imul(x + 1, 0x9e37_79b1) ^ Math.imul(y + 1, 0x85eb_ca6b)) >>> 24,
} satisfies Record<string, Drawing>;
const draw = (drawing: Drawing, width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) => drawing(i % width, Math.floor(i / width), width, height));

/** Of the present kernels, when they agreed with the published program on all of its vectors. */
const EXACT = [
  ['hills', 64, 64, 65, '223e20dbeabe68dbaabcfffa455288878012228f7b76aaaffffe555400015054'],
  ['hills', 97, 61, 62, '223628dba23e4fdb2a3c7ffa455208075752aa8f73f6aaaffffe555400014054'],
  ['hills', 300, 200, 65, 'a8bc229beab85393eeb857d20006aaaf4056aaaffef6aaaffffe555400015014'],
  ['weave', 64, 64, 100, '5168d5d0bf973306336ded69bada06968c97ec296168aaca8f965706d36c3829'],
  ['weave', 97, 61, 100, '23f207a1ecace8cf6a5a6b5357e094ad9d9d095103704eedf815f82d5e593350'],
  ['weave', 300, 200, 100, '6b554b58d343b37f362a676ac5558d552c557857d855905b00556255e6579e51'],
  ['grain', 64, 64, 100, 'c06ac87a3f95377fc07e146dc07bfc8daf80f5edca800a12357f0a123d7f041c'],
  ['grain', 97, 61, 100, '7ad50ac2730dd54b734d9432963a8cd28cb2850a852a7a357ab57af5b73cb634'],
  ['grain', 300, 200, 100, '35813d48b581b5293589486e35099d483d693d78bdbfb581b783cabfb5813d89'],
] as const;

describe('PDQ, bit for bit', () => {
  it.each(EXACT)('%s of %i x %i has quality %i and the hash %s', (name, width, height, quality, hash) => {
    const found = pdqFromLuma(draw(DRAWINGS[name], width, height), width, height);
    expect(hashToHex(found.hashes)).toBe(hash);
    expect(found.quality).toBe(quality);
  });

  it.each([
    [5, 5],
    [5, 600],
    [64, 64],
    [65, 63],
    [127, 128],
    [511, 6],
    [512, 512],
    [513, 300],
    [1200, 40],
  ])('the kernels are the plain reference, in eight orientations: %i x %i', (width, height) => {
    const random = randomSource(width * 1000 + height);
    const noise = Float32Array.from({ length: width * height }, () => (random() % 25_600) / 100);
    const pictures = [noise, ...Object.values(DRAWINGS).map((drawing) => draw(drawing, width, height))];
    for (const luma of pictures) expect(pdqFromLuma(luma, width, height)).toEqual(referencePdq(luma, width, height));
  });
});
