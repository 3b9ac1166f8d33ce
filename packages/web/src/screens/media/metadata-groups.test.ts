import { describe, expect, it } from 'vitest';
import { metadataGroups } from './metadata-groups.js';

describe('metadata groups', () => {
  it('groups by prefix and by object, and keeps values as they are', () => {
    expect(
      metadataGroups({
        MIMEType: 'image/jpeg',
        'EXIF:Make': 'Nordlys',
        'EXIF:ISO': 400,
        GPS: { Latitude: 1.5 },
        Tags: ['a'],
      }),
    ).toEqual([
      {
        name: '',
        rows: [
          ['MIMEType', 'image/jpeg'],
          ['Tags', '["a"]'],
        ],
      },
      {
        name: 'EXIF',
        rows: [
          ['Make', 'Nordlys'],
          ['ISO', '400'],
        ],
      },
      { name: 'GPS', rows: [['Latitude', '1.5']] },
    ]);
  });

  it('opens nested objects and leaves out what is empty', () => {
    const exiftool = { gps: null, raw: { 'File:FileType': 'JPEG' }, reader: { name: 'exiftool' }, sourceTimes: [] };
    expect(metadataGroups({ exiftool })).toEqual([
      { name: 'File', rows: [['FileType', 'JPEG']] },
      { name: 'reader', rows: [['name', 'exiftool']] },
    ]);
  });
});
