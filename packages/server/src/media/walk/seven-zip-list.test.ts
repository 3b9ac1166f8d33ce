import { describe, expect, it } from 'vitest';
import { listedFiles, type ListedEntry } from './seven-zip-list.js';

const block = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');

const listed = async (text: string, mostBytes?: number) => {
  const entries: ListedEntry[] = [];
  const lines = text.split('\n').map((line) => Buffer.from(line));
  for await (const entry of listedFiles(lines, mostBytes)) entries.push(entry);
  return entries;
};

describe('what 7-Zip lists', () => {
  it('is read block by block', async () => {
    const text = [
      '\nEnter password (will not be echoed):',
      block({ Path: 'd', Size: '0', Attributes: 'D drwxr-xr-x', CRC: '', Encrypted: '-' }),
      block({
        Path: 'd/a = b.txt',
        Size: '9',
        'Packed Size': '3024',
        Modified: '2026-12-01 04:10:21.6742710',
        Attributes: 'A -rw-r--r--',
        CRC: '94E4603C',
        Encrypted: '+',
      }),
      block({ Path: 'l', Size: '5', Attributes: 'A lrwxrwxrwx', CRC: 'C1EBF7BA', Encrypted: '-' }),
      block({ Warnings: '1' }),
    ].join('\n\n');
    expect(await listed(text)).toEqual([
      { name: 'd', kind: 'folder', sizeBytes: 0, checksum: null, isEncrypted: false, sourceTimes: [] },
      {
        name: 'd/a = b.txt',
        kind: 'file',
        sizeBytes: 9,
        checksum: 0x94e4603c,
        isEncrypted: true,
        sourceTimes: [
          {
            kind: 'modified',
            text: '2026-12-01 04:10:21.674Z',
            epochMs: Date.UTC(2026, 11, 1, 4, 10, 21, 674),
            zone: 'utc',
            precisionMs: 1,
            basis: 'archive',
          },
        ],
      },
      { name: 'l', kind: 'link', sizeBytes: 5, checksum: 0xc1ebf7ba, isEncrypted: false, sourceTimes: [] },
    ]);
  });

  it('does not let a second line of a field count', async () => {
    const [entry] = await listed(`${block({ Path: 'x', Size: '1' })}\nSize = 4000000000\nPath = y`);
    expect(entry).toMatchObject({ name: 'x', sizeBytes: 1 });
  });

  it('has an end', async () => {
    const text = block({ Path: 'x', Size: '1' });
    expect(await listed(`${text}\r\n\r\n${text}`, 100)).toHaveLength(2);
    await expect(listed(`${text}\n\n`.repeat(20), 100)).rejects.toMatchObject({ code: 'ARCHIVE_BOMB' });
  });
});
