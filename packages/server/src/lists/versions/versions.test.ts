// A version of a list in its folder: what was said comes out again as it was said, later words count, damage is named, a kill leaves nothing that counts.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExactList } from '@redthread/core/index/exact';
import { randomSource } from '../../../../core/test-support/hashes.js';
import { entryOf, type ListEntry, type ListFormat } from '../../formats/lists/entry.js';
import { gather, VersionFolders, type VersionCounts } from '../index.js';

const AGENCY = '00000000-0000-4000-8000-000000000101';
const idOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const listOf = (number: number): ExactList => ({ id: idOf(number), agencyId: AGENCY, polarity: 'known-bad' });

let folder: string;
let folders: VersionFolders;
let number = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-version-'));
  folders = new VersionFolders(folder);
  number = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hex = (random: () => number, bytes: number): string =>
  Array.from({ length: bytes }, () => (random() & 255).toString(16).padStart(2, '0')).join('');

const TEXTS = [
  '',
  'toys',
  'Ärger \u{1F9F8}',
  'a \0 in it',
  'x'.repeat(70),
  '\u2028'.repeat(80),
  '__proto__',
  'the same name',
];
const pick = <T>(random: () => number, values: readonly T[]): T => values[random() % values.length]!;

const drawn = (random: () => number): ListEntry => {
  const maybe = <T>(value: () => T): T | null => (random() % 3 === 0 ? null : value());
  const properties = Object.create(null) as Record<string, unknown>;
  for (let left = random() % 4; left > 0; left--)
    properties[pick(random, ['series', 'name', '__proto__', 'tags'])] = pick<unknown>(random, [
      ...TEXTS,
      `unlike ${random()}`,
      12.5,
      false,
      { deep: [1, null] },
    ]);
  return entryOf({
    place: '',
    key: maybe(() => `${pick(random, TEXTS)}${random() % 50}`),
    md5: hex(random, 16),
    sha1: maybe(() => hex(random, 20)),
    sha256: maybe(() => hex(random, 32)),
    photoDna: random() % 20 === 0 ? hex(random, 144) : null,
    size: maybe(() => pick(random, [0, 127, 128, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])),
    categories: random() % 2 === 0 ? [] : [{ scheme: pick(random, [null, 'vic-us@2.0']), code: `${random() % 4}` }],
    flags: random() % 2 === 0 ? {} : { victim: pick(random, [true, false, null]), offender: true },
    others: random() % 9 === 0 ? [{ method: 'pdq', value: 'f'.repeat(64) }] : [],
    occurrences:
      random() % 9 === 0
        ? [{ name: 'a', path: null, created: '2026', written: null, accessed: null, deleted: true, unallocated: null }]
        : [],
    properties,
  });
};

/** Without what a file of entries does not keep: the place. */
const said = ({ place: _, ...rest }: ListEntry) => ({ ...rest, properties: { ...rest.properties } });

const made = async (
  entries: readonly ListEntry[],
  { format = 'vics', onto = null }: { readonly format?: ListFormat; readonly onto?: string | null } = {},
): Promise<VersionCounts & { readonly id: string }> => {
  const list = listOf(++number);
  const base = onto === null ? null : folders.of(onto).openEntries();
  const gathering = await gather({ folder: folders.build(list.id), list, format, onto: base });
  for (const entry of entries) gathering.add(entry);
  const counts = await gathering.finish();
  base?.close();
  folders.publish(list.id);
  folders.of(list.id).verify(list, counts.checksum);
  return { ...counts, id: list.id };
};

const entriesOf = (id: string): ListEntry[] => {
  const file = folders.of(id).openEntries();
  try {
    return [...file.batches()].flatMap(({ entries }) => entries);
  } finally {
    file.close();
  }
};

const keysOf = (id: string): (string | null)[] => entriesOf(id).map(({ key }) => key);

const has = (id: string, digest: string): boolean => {
  const lists = folders.of(id).openDigests();
  try {
    return lists.viewFor({ lists: new Set([id]) }).has(Buffer.from(digest, 'hex'));
  } finally {
    lists.close();
  }
};

describe('a version of a list', () => {
  it.each([1, 2, 3])('gives back what was said, whole and one by one (seed %i)', async (seed) => {
    const random = randomSource(seed);
    const entries = Array.from({ length: 6_000 }, () => drawn(random));
    const { id, entries: count, digests } = await made(entries);
    expect(count).toBe(entries.length);
    expect(entriesOf(id).map(said)).toEqual(entries.map(said));
    const named = entries.flatMap(({ md5, sha1, sha256 }) => [md5, sha1, sha256].filter((one) => one !== null));
    expect(digests).toBe(new Set(named).size);
    const file = folders.of(id).openEntries();
    const lists = folders.of(id).openDigests();
    const view = lists.viewFor({ lists: new Set([id]) });
    for (const at of [0, 1, 2_999, 5_999]) {
      expect(said(file.at(at))).toEqual(said(entries[at]!));
      const [hit] = view.find(Buffer.from(entries[at]!.md5!, 'hex'));
      expect(hit?.payload).toBe(at);
    }
    expect(() => file.at(6_000)).toThrow(/INDEX_FILE_INVALID.*no entry 6000 of 6000/);
    expect(view.has(Buffer.alloc(16, 7))).toBe(false);
    file.close();
    lists.close();
    expect(readdirSync(folders.of(id).path).sort()).toEqual(['digests', 'entries', 'manifest']);
  });

  it('counts the contents that have more than one category, whatever order they come in', async () => {
    const random = randomSource(5);
    const known = Array.from({ length: 300 }, () => hex(random, 16));
    const codes = new Map<string, Set<string>>();
    const entries = Array.from({ length: 900 }, () => {
      const [md5, code] = [pick(random, known), pick(random, ['1', '2'])];
      codes.set(md5, (codes.get(md5) ?? new Set()).add(code));
      return entryOf({ place: '', md5, categories: [{ scheme: null, code }] });
    });
    const right = [...codes.values()].filter(({ size }) => size > 1).length;
    expect((await made(entries)).conflicts).toBe(right);
    expect((await made(entries.map((one) => ({ ...one, categories: [{ scheme: null, code: '1' }] })))).conflicts).toBe(
      0,
    );
  });
});

describe('a later word', () => {
  const of = (key: string | null, sign: string, isWithdrawn = false): ListEntry =>
    entryOf({ place: '', key, md5: isWithdrawn ? null : sign.repeat(32), isWithdrawn });

  it('on a key replaces the earlier or takes it back, in one download and over versions', async () => {
    const ncmec = { format: 'ncmec' } as const;
    const first = await made(
      [of('a', '1'), of(null, '2'), of('b', '3'), of('a', '4'), of('b', '', true), of('b', '5')],
      ncmec,
    );
    expect(keysOf(first.id)).toEqual([null, 'a', 'b']);
    expect([has(first.id, '1'.repeat(32)), has(first.id, '4'.repeat(32))]).toEqual([false, true]);
    const second = await made([of('a', '', true), of('c', '6'), of('x', '', true)], { ...ncmec, onto: first.id });
    expect(keysOf(second.id)).toEqual([null, 'b', 'c']);
    expect(keysOf(first.id)).toHaveLength(3);
    expect(has(second.id, '4'.repeat(32))).toBe(false);
  });

  it('takes back by hash what came before it, and only that', async () => {
    const [sha256, md5] = ['a'.repeat(64), 'b'.repeat(32)];
    const file = (packageId: string) => entryOf({ place: '', sha256, md5, properties: { packageId } });
    const back = (given: Partial<ListEntry>, conditions = {}) =>
      entryOf({ place: '', isWithdrawn: true, properties: { conditions }, ...given });
    const base = await made([file('1'), file('2')], { format: 'nsrl-rds3' });
    const delta = { format: 'nsrl-delta', onto: base.id } as const;
    const packagesOf = async (...entries: ListEntry[]) =>
      entriesOf((await made(entries, delta)).id).map(({ properties }) => properties['packageId']);
    expect(await packagesOf(back({ sha256 }), file('3'))).toEqual(['3']);
    expect(await packagesOf(back({ sha256 }, { package_id: '1' }))).toEqual(['2']);
    expect(await packagesOf(file('3'), back({ md5 }))).toEqual([]);
    expect(await packagesOf(back({ md5, sha256: 'c'.repeat(64) }))).toEqual(['1', '2']);
    expect(await packagesOf(back({ md5, sha1: 'c'.repeat(40) }))).toEqual(['1', '2']);
  });
});

describe('a folder of a version', () => {
  it('is named by what is damaged in it', async () => {
    const random = randomSource(9);
    const list = listOf(1);
    const { checksum } = await made(Array.from({ length: 4_000 }, () => drawn(random)));
    const version = folders.of(list.id);
    const other = { ...list, agencyId: idOf(77) };
    expect(() => version.verify(other, checksum)).toThrow(/INDEX_FILE_INVALID.*another list/);
    expect(() => version.verify(list, Buffer.alloc(32))).toThrow(/INDEX_FILE_INVALID.*another list/);
    for (const file of version.files()) {
      const path = join(version.path, file);
      const whole = readFileSync(path);
      for (let round = 0; round < 8; round++) {
        const damaged = Buffer.from(whole);
        damaged[random() % damaged.length]! ^= 1 << (random() % 8);
        writeFileSync(path, damaged);
        expect(() => version.verify(list, checksum), `${file}`).toThrow(/INDEX_/);
      }
      writeFileSync(path, whole.subarray(0, random() % whole.length));
      expect(() => version.verify(list, checksum), `${file}, cut off`).toThrow(/INDEX_|JSON/);
      writeFileSync(path, whole);
    }
    version.verify(list, checksum);
  });

  it('that is not finished is none, and goes', async () => {
    const list = listOf(1);
    const gathering = await gather({ folder: folders.build(list.id), list, format: 'ncmec', onto: null });
    gathering.add(entryOf({ place: '', key: 'a', md5: 'a'.repeat(32) }));
    await gathering.abort();
    expect(folders.ids()).toEqual([list.id]);
    expect(() => folders.of(list.id).contents()).toThrow(/INDEX_FILE_INVALID/);
    folders.remove(list.id);
    expect(folders.ids()).toEqual([]);
    expect(() => folders.of('../../etc')).toThrow(/INTERNAL/);
  });
});
