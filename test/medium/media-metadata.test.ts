// What a file says about itself, through the real ExifTool.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createMetadataReader } from '../../packages/server/src/media/index.js';
import { perlPath } from '../../packages/server/src/media/metadata/perl.js';
import { drawn } from './media-pictures.js';

const reader = createMetadataReader();
afterAll(() => reader.close());

const exif = {
  IFD0: { Make: 'Toyworks', Model: 'Wooden 3', Software: 'Shelf 1.0', DateTime: '2024:02:03 04:05:06' },
  IFD2: {
    DateTimeOriginal: '2024:02:01 23:59:58',
    SubSecTimeOriginal: '25',
    OffsetTimeOriginal: '+02:00',
    DateTimeDigitized: '0000:00:00 00:00:00',
    BodySerialNumber: 'TW-000123',
    LensModel: 'Toy 35mm',
  },
  IFD3: {
    GPSLatitudeRef: 'S',
    GPSLatitude: '10/1 30/1 0/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '20/1 15/1 0/1',
    GPSDateStamp: '2024:02:01',
    GPSTimeStamp: '21/1 59/1 58/1',
  },
};

describe('the metadata reader', () => {
  it('gives camera, position and times as written, with an offset only where one is stated', async () => {
    const bytes = await drawn(200, 100).withMetadata({ exif, orientation: 6 }).jpeg().toBuffer();
    const { raw, ...metadata } = await reader.read(bytes, 'image/jpeg');
    expect(metadata).toMatchObject({
      camera: { make: 'Toyworks', model: 'Wooden 3', serial: 'TW-000123', lens: 'Toy 35mm' },
      software: 'Shelf 1.0',
      orientation: 6,
      isCut: false,
    });
    expect(metadata.gps?.latitudeDeg).toBeCloseTo(-10.5);
    expect(metadata.gps?.longitudeDeg).toBeCloseTo(20.25);
    expect(metadata.sourceTimes).toEqual([
      { kind: 'taken', text: '2024:02:01 23:59:58.25+02:00', offsetMinutes: 120, precisionMs: 10, basis: 'exif' },
      { kind: 'digitised', text: '0000:00:00 00:00:00', offsetMinutes: null, precisionMs: 1000, basis: 'exif' },
      { kind: 'modified', text: '2024:02:03 04:05:06', offsetMinutes: null, precisionMs: 1000, basis: 'exif' },
      { kind: 'taken', text: '2024:02:01 21:59:58Z', offsetMinutes: 0, precisionMs: 1000, basis: 'gps' },
    ]);
    expect(raw['IFD0:Make']).toBe('Toyworks');
    expect(Object.keys(raw).some((key) => /^(System|ExifTool):/.test(key))).toBe(false);
  });

  it('says nothing about a picture that says nothing', async () => {
    const metadata = await reader.read(await drawn(20, 20).png().toBuffer(), 'image/png');
    expect(metadata).toMatchObject({ camera: null, gps: null, software: null, orientation: null, sourceTimes: [] });
  });

  it('keeps hostile text harmless and bounded', async () => {
    const text = `"\\\u0001\u{1f9f8}<script>${'x'.repeat(5000)}`;
    const many = Object.fromEntries(['ImageDescription', 'Artist', 'Copyright', 'Software'].map((key) => [key, text]));
    const bytes = await drawn(20, 20)
      .withMetadata({ exif: { IFD0: many } })
      .jpeg()
      .toBuffer();
    const { raw } = await reader.read(bytes, 'image/jpeg');
    expect(String(raw['IFD0:Artist'])).toContain('<script>');
    expect(JSON.stringify(raw).length).toBeLessThanOrEqual(64 * 1024);
  });

  it('refuses what it cannot read, and goes on', async () => {
    await expect(reader.read(randomBytes(20_000), 'image/jpeg')).rejects.toMatchObject({ code: 'METADATA_UNREADABLE' });
    await expect(reader.read(Buffer.alloc(0), 'image/jpeg')).rejects.toMatchObject({ code: 'METADATA_UNREADABLE' });
    const pids = reader.pids();
    await reader.read(await drawn(20, 20).jpeg().toBuffer(), 'image/jpeg');
    expect(reader.pids()).toEqual(pids);
  });

  it('says clearly that Perl is missing', () => {
    expect(existsSync(perlPath())).toBe(true);
    expect(() => perlPath('', [])).toThrow(/TOOL_MISSING: perl/);
  });
});
