// Answers of a Hasher-Matcher-Actioner, by the schemas of its API (BankContentResponse, BankContentIterationItem): values that nobody has.
import { describe, expect, it } from 'vitest';
import { readList } from './index.js';

const [MD5, PDQ, OTHER] = ['a'.repeat(32), 'b'.repeat(64), 'c'.repeat(64)];
const content = (id: number, more: object = {}): object => ({
  id,
  disable_until_ts: 1,
  collab_metadata: { 'TOY EXCHANGE': ['7'] },
  original_media_uri: null,
  bank: { name: 'TOYS', matching_enabled_ratio: 1 },
  signals: { pdq: PDQ, video_md5: MD5 },
  ...more,
});

const read = async (text: string, chunkBytes = 65_536, encoding: BufferEncoding = 'utf8') => {
  const bytes = Buffer.from(text, encoding);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, at) =>
    bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes),
  );
  const { entries, header, notes } = await readList({ head: bytes, open: () => chunks, path: null });
  const all = [];
  for await (const batch of entries) all.push(...batch);
  return { format: header.format, entries: all, notes: notes.all() };
};

describe('HMA', () => {
  it.each([
    ['an array', JSON.stringify([content(1), content(2)], null, 2)],
    ['one a line', [content(1), content(2)].map((one) => JSON.stringify(one)).join('\n')],
    ['under a name', JSON.stringify({ bank: 'TOYS', contents: [content(1), content(2)] })],
  ])('is read as %s, in chunks of any size', async (_form, text) => {
    for (const chunkBytes of [65_536, 7]) {
      const { entries, format, notes } = await read(text, chunkBytes);
      expect(format).toBe('hma');
      expect(entries.map(({ key }) => key)).toEqual(['TOYS:1', 'TOYS:2']);
      expect(entries[0]).toMatchObject({
        md5: MD5,
        others: [{ method: 'pdq', value: PDQ }],
        isWithdrawn: false,
        properties: { bank: 'TOYS', collab_metadata: { 'TOY EXCHANGE': ['7'] } },
      });
      expect(notes).toEqual([]);
    }
  });

  it('is read as one content, and as the items of an index, one signal each', async () => {
    const one = await read(JSON.stringify(content(1), null, 2));
    expect(one.entries).toMatchObject([{ key: 'TOYS:1', md5: MD5 }]);
    const item = { signal_type_name: 'pdq', signal_val: OTHER, bank_content_id: 7, bank_content_timestamp: 3 };
    const items = await read(JSON.stringify([item, { ...item, signal_type_name: 'video_md5', signal_val: MD5 }]));
    expect(items.entries.map(({ key }) => key)).toEqual([`7:pdq:${OTHER}`, `7:md5:${MD5}`]);
  });

  it('is read in UTF-16, one a line as in one document', async () => {
    for (const text of [
      `${JSON.stringify(content(1))}\n${JSON.stringify(content(2))}\n`,
      JSON.stringify([content(1), content(2)]),
    ])
      expect((await read(`\uFEFF${text}`, 65_536, 'utf16le')).entries.map(({ key }) => key)).toEqual([
        'TOYS:1',
        'TOYS:2',
      ]);
  });

  it('takes back what its bank has switched off, and notes what it does not read', async () => {
    const { entries, notes } = await read(
      JSON.stringify([
        content(1, { disable_until_ts: 0 }),
        content(2, { disable_until_ts: 1_900_000_000 }),
        content(3, { signals: { clip: 'x', pdq: 'short' } }),
      ]),
    );
    expect(entries.map(({ isWithdrawn, key }) => [key, isWithdrawn])).toEqual([
      ['TOYS:1', true],
      ['TOYS:2', false],
    ]);
    expect(notes.map(({ code, places }) => [code, places.length])).toEqual([
      ['SIGNAL_UNKNOWN', 1],
      ['HASH_INVALID', 1],
    ]);
  });

  it('refuses what it cannot read, with its place', async () => {
    const line = JSON.stringify(content(1));
    await expect(read(`${line}\n{"id": 2, "disable_until_ts"\n`)).rejects.toThrow(/LIST_INVALID: line 2/);
    await expect(read('{"disable_until_ts": 1,\n "id": 2}')).rejects.toThrow(/LIST_INVALID: \//);
    await expect(read(`[${line}, 7]`)).rejects.toThrow(/LIST_INVALID: \/1/);
  });
});
