import { expect, it } from 'vitest';
import { bytes } from '../../text/format.js';
import { differenceGroups } from './difference-rows.js';

it('names what is known of every file in words, and keeps the tags of the files apart', () => {
  const { facts, tags } = differenceGroups([
    { field: 'sha256', a: 'ab', b: 'cd' },
    { field: 'sizeBytes', a: '186159', b: null },
    { field: 'exiftool.camera.make', a: 'Kestrelle', b: null },
    { field: 'exiftool.raw.IFD0:XResolution', a: '72', b: '96' },
  ]);
  expect(facts.map(({ name, a }) => [name, a])).toEqual([
    ['SHA-256', 'ab'],
    ['Size', bytes(186_159)],
    ['Camera › make', 'Kestrelle'],
  ]);
  expect(facts[0]?.isDigest).toBe(true);
  expect(tags.map(({ name }) => name)).toEqual(['IFD0 › XResolution']);
});
