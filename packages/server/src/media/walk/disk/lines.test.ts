import { describe, expect, it } from 'vitest';
import { fileOf, firstPlaceOf, partitionsOf } from './lines.js';

const times =
  '2025-06-01 12:00:00 (UTC)\t2025-06-01 00:00:00 (UTC)\t0000-00-00 00:00:00 (UTC)\t2025-06-01 12:00:01 (UTC)';
const line = (head: string, name: string | Buffer, size = 898): Buffer =>
  Buffer.concat([Buffer.from(`${head}:\t`), Buffer.from(name as string), Buffer.from(`\t${times}\t${size}\t0\t0`)]);

describe('the files that fls lists', () => {
  it('have a name, an address, times of their zone, and whether they are there', () => {
    expect(fileOf(line('r/r 13', 'photos/a b.png'), 'ext4')).toMatchObject({
      name: 'photos/a b.png',
      kind: 'file',
      address: '13',
      sizeBytes: 898,
      deletion: null,
      sourceTimes: [
        { kind: 'modified', text: '2025-06-01 12:00:00Z', zone: 'utc' },
        { kind: 'accessed', text: '2025-06-01 00:00:00Z' },
        { kind: 'created', text: '2025-06-01 12:00:01Z' },
      ],
    });
    expect(fileOf(line('r/r * 119', 'PICS/_ONE.PNG'), 'fat16')).toMatchObject({ address: '119', deletion: 'deleted' });
    expect(fileOf(line('r/r 64-128-5', 'a.txt:stream'), 'ntfs')).toMatchObject({ address: '64-128-5' });
    expect(fileOf(line('-/r * 77', '$OrphanFiles/_X.JPG'), 'fat32')).toMatchObject({
      deletion: 'orphan',
      address: '77',
    });
  });

  it('have no content where their record is gone or tells of another file', () => {
    for (const head of ['r/r * 20(realloc)', 'r/- * 0', 'r/- * 44']) {
      const file = fileOf(line(head, 'x.png'), 'ntfs');
      expect(file, head).toMatchObject({ kind: 'file', address: null, deletion: 'deleted' });
    }
  });

  it('are those that somebody put there, and no folders', () => {
    for (const [head, name, type] of [
      ['d/d 4', 'PICS', 'fat12'],
      ['d/d * 4', 'OLD', 'ntfs'],
      ['v/v 9', '$FAT1', 'fat12'],
      ['V/V 9', '$OrphanFiles', 'ext4'],
      ['r/r 3', 'TOYDISK     (Volume Label Entry)', 'fat12'],
      ['r/r 0-128-1', '$MFT', 'ntfs'],
      ['r/r 8-128-1', '$BadClus:$Bad', 'ntfs'],
      ['r/r 25-144-2', '$Extend/$UsnJrnl:$J', 'ntfs'],
    ] as const)
      expect(fileOf(line(head, name), type), name).toBeNull();
    expect(fileOf(line('r/r 40', '$MFT'), 'ext4')).not.toBeNull();
    expect(fileOf(line('l/l 5', 'link'), 'ext4')).toMatchObject({ kind: 'link' });
    expect(fileOf(line('p/p 5', 'pipe'), 'ext4')).toMatchObject({ kind: 'special' });
  });

  it('keep names that are no text, and lines that are none are passed over', () => {
    expect(fileOf(line('r/r 5', Buffer.from('bad\xffname', 'latin1')), 'ext4')).toMatchObject({
      rawName: 'bad\\xffname',
    });
    for (const bad of ['', 'r/r 5:', 'r/r 5:\tx', 'r/r 5;ls:\tx\t\t\t\t\t\t\t', `r/r -5:\tx\t${times}\t1\t0\t0`])
      expect(fileOf(Buffer.from(bad), 'ext4'), bad).toBeNull();
    expect(fileOf(line('r/r 5', 'one\ttwo'), 'ext4')).toBeNull();
  });
});

describe('the partitions that mmls lists', () => {
  it('are those in use, counted from one', () => {
    const table = partitionsOf(`GUID Partition Table (EFI)
Offset Sector: 0
Units are in 4096-byte sectors

      Slot      Start        End          Length       Description
000:  Meta      0000000000   0000000000   0000000001   Safety Table
001:  -------   0000000000   0000000255   0000000256   Unallocated
004:  000       0000000256   0000001023   0000000768   EFI System
005:  001:002   0000001024   0000002047   0000001024   Linux (0x83)
`);
    expect(table).toEqual({
      sectorBytes: 4096,
      partitions: [
        { number: 1, startSector: 256, sectors: 768, description: 'EFI System' },
        { number: 2, startSector: 1024, sectors: 1024, description: 'Linux (0x83)' },
      ],
    });
    const many = Array.from({ length: 1000 }, (_, i) => `${i}:  000:${i}  1  2  2  x`).join('\n');
    expect(partitionsOf(many).partitions).toHaveLength(256);
  });
});

describe('where istat says that a file lies', () => {
  it('is its first block, if any', () => {
    expect(firstPlaceOf('Size: 9\n\nSectors:\n24 25 26 0 \n')).toBe('24');
    expect(firstPlaceOf('Direct Blocks:\n0 27 \n')).toBe('27');
    expect(firstPlaceOf('Type: $DATA (128-3)   Name: N/A   Non-Resident   size: 9  init_size: 9\n12 13\n')).toBe('12');
    expect(firstPlaceOf('Type: $DATA (128-3)   Name: N/A   Resident   size: 9\n')).toBeNull();
    expect(firstPlaceOf('Sectors:\n')).toBeNull();
  });
});
