// What the segmented index promises beyond a near index: crowds, joins, upkeep, files, and threads over one memory.
import { describe, expect, it } from 'vitest';
import { flipBits, population, randomHash, randomSource } from '../../../test-support/hashes.js';
import { distanceBits256 } from '../../kernels/index.js';
import {
  BruteForceNearIndex,
  decodeSegment,
  encodeSegment,
  NearSegment,
  ScopeSet,
  segmentFileBytes,
  SegmentedNearIndex,
} from '../index.js';
import { CHUNK, HEADER, SEGMENT, TABLE } from './layout.js';

const filled = (stored: ReadonlyMap<number, Uint8Array>, index = new SegmentedNearIndex({ headLimit: 64 })) => {
  for (const [id, hash] of stored) index.add(id, hash);
  return index;
};

const bytesOf = (segment: NearSegment, marks = segment.marks()): Uint8Array => {
  const file = new Uint8Array(segmentFileBytes(segment));
  const write = (bytes: Uint8Array, at: number): void => file.set(bytes, at);
  encodeSegment(segment, write, marks);
  return file;
};

const open = (file: Uint8Array, variant: 'plain' | 'shared' = 'plain'): NearSegment =>
  decodeSegment(
    file.subarray(0, 64),
    (target, at) => {
      const part = file.subarray(at, at + target.length);
      if (part.length < target.length) throw new Error('the file ends early');
      target.set(part);
    },
    variant,
  );

describe('a segmented index', () => {
  it('answers more hits than a search keeps room for, each once', () => {
    const random = randomSource(4);
    const centre = randomHash(random);
    const crowd = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      scope: 0,
      hash: flipBits(centre, random() % 20, random),
    }));
    const index = SegmentedNearIndex.build(crowd, crowd.length, { segmentLimit: 9_000 });
    const hits = index.search(centre, 31);
    expect(hits.length).toBe(20_000);
    expect(new Set(hits.map(({ id }) => id)).size).toBe(20_000);
    expect(index.search(centre, 31, { limit: 5 })).toEqual(hits.slice(0, 5));
  });

  it('keeps one slot for equal hashes and every id of it', () => {
    const hash = randomHash(randomSource(8));
    const segment = NearSegment.build(
      Array.from({ length: 300 }, (_, id) => ({ id, scope: id % 2, hash })),
      300,
      { variant: 'plain' },
    );
    expect(segment.slots).toBe(1);
    const hits: { id: number }[] = [];
    segment.search(hash, 0, hits as never, new ScopeSet([1]));
    expect(hits.map(({ id }) => id)).toEqual(Array.from({ length: 150 }, (_, i) => 2 * i + 1));
  });

  it.each([13, 14, 15, 16, 18, 20, 24])('is exact with %i chunks at every radius', (chunks) => {
    const stored = population(3_000, chunks);
    const postings = [...stored].map(([id, hash]) => ({ id, scope: 0, hash }));
    const segment = NearSegment.build(postings, postings.length, { variant: 'plain', chunks });
    const brute = new BruteForceNearIndex();
    for (const { id, hash } of postings) brute.add(id, hash);
    const random = randomSource(chunks);
    for (let radius = 0; radius <= 40; radius++) {
      const hash = flipBits(postings[random() % postings.length]!.hash, random() % 40, random);
      const hits: { id: number; distanceBits: number }[] = [];
      segment.search(hash, radius, hits);
      hits.sort((a, b) => a.distanceBits - b.distanceBits || a.id - b.id);
      expect(hits).toEqual(brute.search(hash, radius));
    }
  });

  it('joins with itself: every pair once', () => {
    const stored = population(1_200, 6);
    const found = new Map<string, number>();
    filled(stored).join(31, (a, b, distanceBits) => {
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      expect(found.has(key)).toBe(false);
      found.set(key, distanceBits);
    });
    const ids = [...stored.keys()];
    let pairs = 0;
    for (const a of ids) {
      for (const b of ids) {
        const distanceBits = a < b ? distanceBits256(stored.get(a)!, stored.get(b)!) : 256;
        if (distanceBits > 31) continue;
        pairs++;
        expect(found.get(`${a} ${b}`)).toBe(distanceBits);
      }
    }
    expect(found.size).toBe(pairs);
  });

  it('stays small and exact through upkeep, and forgets what is removed', () => {
    const stored = population(4_000, 12);
    const index = filled(stored, new SegmentedNearIndex({ headLimit: 32, variant: 'shared' }));
    for (const id of [...stored.keys()].filter((key) => key % 2 === 0)) {
      index.remove(id);
      stored.delete(id);
    }
    while (index.compact());
    index.purge();
    expect(index.segments.every(({ live, postings }) => live === postings)).toBe(true);
    expect(index.segments.length).toBeLessThan(24);
    expect(index.size).toBe(stored.size);
    const brute = new BruteForceNearIndex();
    for (const [id, hash] of stored) brute.add(id, hash);
    for (const hash of [...stored.values()].slice(0, 60))
      expect(index.search(hash, 31)).toEqual(brute.search(hash, 31));
  });

  it('lets a second instance search the same shared memory and see removals', () => {
    const stored = population(700, 2);
    const index = filled(stored, new SegmentedNearIndex({ headLimit: 700, variant: 'shared' }));
    const [segment] = index.segments;
    const other = NearSegment.attach(segment!.memory, 3);
    const [id, hash] = [...stored][5]!;
    const find = (): number[] => {
      const hits: { id: number; distanceBits: number }[] = [];
      other.search(hash, 0, hits);
      return hits.map((hit) => hit.id);
    };
    expect(find()).toContain(id);
    index.remove(id);
    expect(find()).not.toContain(id);
  });
});

describe('the file of a segment', () => {
  const stored = population(900, 30);
  const index = filled(stored, new SegmentedNearIndex({ headLimit: 900 }));
  index.remove(8);
  const file = bytesOf(index.segments[0]!);

  it.each(['plain', 'shared'] as const)('gives the same answers when read into %s memory', (variant) => {
    const loaded = SegmentedNearIndex.of([open(file, variant)], { variant });
    expect(loaded.size).toBe(index.size);
    for (const hash of [...stored.values()].slice(0, 50))
      expect(loaded.search(hash, 31)).toEqual(index.search(hash, 31));
  });

  it('is of the moment at which its marks were taken, whatever is removed while it is written', () => {
    const many = filled(population(15_000, 8), new SegmentedNearIndex({ headLimit: 15_000, variant: 'shared' }));
    const [segment] = many.segments;
    expect(segment!.bytes).toBeGreaterThan(2 ** 21);
    many.remove(1);
    const marks = segment!.marks();
    const parts: { at: number; part: Uint8Array }[] = [];
    let id = 1;
    encodeSegment(
      segment!,
      (part, at) => {
        parts.push({ at, part: part.slice() });
        for (let i = 0; i < 500; i++) many.remove((id += 7));
      },
      marks,
    );
    const written = new Uint8Array(segmentFileBytes(segment!));
    for (const { at, part } of parts) written.set(part, at);
    const loaded = open(written);
    expect(loaded.live).toBe(14_999);
    expect([...loaded.livePostings()]).toHaveLength(14_999);
    expect(segment!.live).toBeLessThan(14_000);
  });

  it('is refused by code when it is foreign, of another version, damaged or cut off', () => {
    const damaged = (at: number, value: number): Uint8Array => {
      const copy = file.slice();
      copy[at] = value;
      return copy;
    };
    expect(() => open(damaged(0, 1))).toThrow(/INDEX_FILE_INVALID/);
    expect(() => open(damaged(8, 99))).toThrow(/INDEX_VERSION_UNSUPPORTED.*99/);
    expect(() => open(damaged(20, 7))).toThrow(/INDEX_CHECKSUM_MISMATCH.*header/);
    expect(() => open(file.subarray(0, 30))).toThrow(/INDEX_FILE_INVALID.*30 bytes/);
    expect(() => open(file.subarray(0, 5_000))).toThrow(/ends early/);
    const random = randomSource(3);
    for (let i = 0; i < 25; i++) {
      const at = 64 + (random() % (file.length - 64));
      expect(() => open(damaged(at, file[at]! ^ (1 << (random() % 8))))).toThrow(/INDEX_CHECKSUM_MISMATCH/);
    }
  });

  it('is refused when its checksums are right but its parts lie where this program puts none', () => {
    const header = (segment: NearSegment): Uint32Array => new Uint32Array(segment.memory.buffer, SEGMENT, 400);
    const forged: [string, (words: Uint32Array) => void][] = [
      ['a place of hashes', (words) => (words[HEADER.hashes]! += 64)],
      ['a width of a chunk', (words) => (words[TABLE.at + CHUNK.width] = 31)],
      ['no chunks', (words) => (words[HEADER.chunks] = 0)],
      ['more chunks than a table has', (words) => (words[HEADER.chunks] = 4_000_000_000)],
      ['more postings', (words) => (words[HEADER.postings]! *= 2)],
      ['more slots than postings', (words) => (words[HEADER.slots] = words[HEADER.postings]! + 1)],
      ['more removed than postings', (words) => (words[HEADER.removed] = words[HEADER.postings]! + 1)],
    ];
    for (const [what, forge] of forged) {
      const segment = open(file);
      forge(header(segment));
      expect(() => open(bytesOf(segment)), what).toThrow(/INDEX_FILE_INVALID/);
    }
  });

  it.each([-1, 0.5, 64, 2 ** 40, Number.NaN])(
    'is refused before memory is taken when its header says %d bytes',
    (length) => {
      const header = file.slice(0, 64);
      const view = new DataView(header.buffer);
      view.setFloat64(16, length, true);
      let sum = 0x811c9dc5;
      for (const byte of header.subarray(0, 56)) sum = Math.imul(sum ^ byte, 0x01000193);
      view.setUint32(56, sum >>> 0, true);
      expect(() => open(header)).toThrow(/INDEX_FILE_INVALID.*no segment/);
    },
  );
});
