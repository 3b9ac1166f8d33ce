import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeExif, insertExif, type CameraTags } from './exif.js';

const tags: CameraTags = {
  make: 'Lumigraph',
  model: 'LG-2 Pocket',
  serial: '12345678',
  takenAt: '2026:01:14 18:22:05',
  offset: '+01:00',
  orientation: 6,
  exposureS: [1, 60],
  aperture: 2.2,
  iso: 200,
  focalLengthMm: 4.25,
  width: 64,
  height: 48,
  position: { latitude: -44.5, longitude: -120.25 },
};

describe('encodeExif', () => {
  it('makes a block that libvips reads and turns pictures by', async () => {
    const jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer();
    const tagged = insertExif(jpeg, encodeExif(tags));
    const metadata = await sharp(tagged).metadata();
    expect(metadata.orientation).toBe(6);
    expect(metadata.exif?.includes('Lumigraph')).toBe(true);
    const { info } = await sharp(tagged).rotate().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([48, 64]);
  });

  it('keeps directory entries in ascending order and offsets inside the block', () => {
    const block = encodeExif(tags);
    const check = (offset: number): void => {
      const count = block.readUInt16LE(offset);
      let previous = -1;
      for (let i = 0; i < count; i++) {
        const entry = offset + 2 + i * 12;
        const tag = block.readUInt16LE(entry);
        expect(tag).toBeGreaterThan(previous);
        previous = tag;
        const size = [0, 1, 1, 2, 4, 8, 0, 1][block.readUInt16LE(entry + 2)] ?? 0;
        const bytes = size * block.readUInt32LE(entry + 4);
        if (bytes > 4) expect(block.readUInt32LE(entry + 8) + bytes).toBeLessThanOrEqual(block.length);
        if (tag === 0x8769 || tag === 0x8825) check(block.readUInt32LE(entry + 8));
      }
    };
    check(8);
  });
});
