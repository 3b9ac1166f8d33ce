// What is written is read again as it was said; what a form has no place for is refused, with the entry that has it.
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../../core/test-support/hashes.js';
import { entryOf, readList, writeHashes, writeTable, writeVics, type ListEntry, type ListHeader } from './index.js';

const pick = <T>(random: () => number, values: readonly T[]): T => values[random() % values.length]!;
const hex = (random: () => number, bytes: number): string =>
  Array.from({ length: bytes }, () => (random() & 255).toString(16).padStart(2, '0')).join('');

const read = async (text: string): Promise<{ readonly header: ListHeader; readonly entries: ListEntry[] }> => {
  const bytes = Buffer.from(text);
  async function* open(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const { header, entries } = await readList({ head: bytes.subarray(0, 65_536), open, path: null });
  const found: ListEntry[] = [];
  for await (const batch of entries) found.push(...batch);
  return { header, entries: found };
};

/** As the reader of VICS gives them, with all that it can give. */
const drawn = (random: () => number, scheme: string | null): ListEntry => {
  const maybe = <T>(value: () => T): T | null => (random() % 3 === 0 ? null : value());
  const text = () => pick(random, ['toys', 'a "quoted", one', 'Ärger \u{1F9F8}', 'line\nline', `${random()}`]);
  const stated = () => pick(random, [true, false]);
  const properties = Object.create(null) as Record<string, unknown>;
  const given: Record<string, () => unknown> = {
    series: text,
    comments: text,
    dateUpdated: () => '2025-01-02T03:04:05+03:00Z',
    tags: () => pick(random, ['a,b', ['a', 'b']]),
    exif: () => [
      ['Make', 'Toy'],
      ['Empty', null],
    ],
    Segments: () => [{ Start: 1 }],
    UnknownOfSomebody: () => ({ deep: [1, null] }),
    Odd: () => 12.5,
  };
  for (const [name, value] of Object.entries(given)) if (random() % 4 === 0) properties[name] = value();
  return entryOf({
    place: '',
    key: maybe(() => pick(random, ['7', '007', `${random()}`, '{6f}', '-1', '12345678901234567890'])),
    md5: hex(random, 16),
    sha1: maybe(() => hex(random, 20)),
    sha256: maybe(() => hex(random, 32)),
    photoDna: maybe(() => hex(random, 144)),
    size: maybe(() => pick(random, [0, 1, 2 ** 40])),
    categories: random() % 3 === 0 ? [] : [{ scheme, code: pick(random, ['0', '1', '12', 'A1']) }],
    flags: random() % 2 === 0 ? {} : { victimIdentified: stated(), distributed: stated() },
    others: random() % 4 === 0 ? [{ method: 'ZZ40', value: 'abc' }] : [],
    occurrences:
      random() % 3 === 0
        ? [
            {
              name: maybe(text),
              path: maybe(text),
              created: maybe(() => '2020-01-01'),
              written: maybe(text),
              accessed: null,
              deleted: maybe(stated),
              unallocated: null,
            },
          ]
        : [],
    properties,
  });
};

const said = ({ place: _, flags, properties, ...rest }: ListEntry) => ({
  ...rest,
  flags: Object.fromEntries(Object.entries(flags).filter(([, flag]) => flag !== null)),
  properties: { ...properties },
});

describe('a media set of VICS', () => {
  const schemes = ['vic-us@2.0', 'vic-us@1.3', 'vic-canada@2.0', 'vic-default@1.3', 'vics-number-uk@2.0', null];
  it.each(schemes)('gives the same entries again: %s', async (scheme) => {
    const random = randomSource(7);
    const entries = Array.from({ length: 400 }, () => drawn(random, scheme));
    const again = await read([...writeVics(() => entries)].join(''));
    expect(again.header.format).toBe('vics');
    expect(again.entries.map(said)).toEqual(entries.map(said));
  });

  it('refuses what VICS has no place for, and names the entry', () => {
    const of = (given: Partial<ListEntry>) => entryOf({ place: 'entry 2', md5: 'a'.repeat(32), ...given });
    const written = (...entries: ListEntry[]) => [...writeVics(() => entries)].join('');
    const us = of({ categories: [{ scheme: 'vic-us@2.0', code: '1' }] });
    const refused: readonly (readonly [Partial<ListEntry>, RegExp])[] = [
      [{ categories: [{ scheme: 'vic-canada@2.0', code: '1' }] }, /entry 2: a category of vic-canada@2.0, and others/],
      [{ categories: [{ scheme: 'ncmec@1', code: 'A1' }] }, /entry 2: a category of ncmec@1, which is none of VICS/],
      [{ categories: [...us.categories, ...us.categories] }, /entry 2: 2 categories/],
      [{ flags: { baseline: true } }, /entry 2: says baseline/],
      [{ properties: { MD5: 'b'.repeat(32) } }, /entry 2: says something under MD5/],
    ];
    for (const [given, message] of refused) {
      expect(() => written(us, of(given))).toThrow(/LIST_NOT_WRITABLE/);
      expect(() => written(us, of(given))).toThrow(message);
    }
    expect(() => written(us, of({ flags: { baseline: null } }))).not.toThrow();
  });
});

describe('a table, and bare hashes', () => {
  it('are read again by what they say', async () => {
    const random = randomSource(3);
    const entries = Array.from({ length: 200 }, () => drawn(random, 'vic-us@2.0'));
    const table = await read([...writeTable(entries)].join(''));
    expect(table.header.format).toBe('hash-csv');
    const digests = ({ md5, sha1, sha256, photoDna }: ListEntry) => ({ md5, sha1, sha256, photoDna });
    expect(table.entries.map(digests)).toEqual(entries.map(digests));
    table.entries.forEach(({ categories, properties }, index) => {
      const {
        categories: [category],
        key,
        properties: before,
      } = entries[index]!;
      expect(categories[0]?.code).toBe(category === undefined ? undefined : `vic-us@2.0:${category.code}`);
      expect(properties['key'] ?? null).toBe(key);
      expect(JSON.parse((properties['properties'] as string | undefined) ?? '{}')).toEqual({ ...before });
    });
    const bare = await read([...writeHashes(entries)].join(''));
    expect(bare.header.format).toBe('hash-list');
    expect(bare.entries.map(({ md5, sha256 }) => ({ md5, sha256 }))).toEqual(
      entries.map(({ md5, sha256 }) => ({ md5, sha256 })),
    );
  });
});
