// The index of words finds what it was given, however it grew, and nothing that was removed or is not the asker's to see.
import { describe, expect, it } from 'vitest';
import { blobs, look, signalOfLuma, type Luma } from '../../../test-support/features.js';
import { WordIndex } from './index.js';

const part = (picture: Luma): Luma => look(picture, 300, 220, (x, y) => [120 + 1.1 * x, 90 + 1.1 * y]);
const pictures = Array.from({ length: 24 }, (_, seed) => blobs(seed, 480, 360, 250));
const values = pictures.map((picture) => signalOfLuma(picture).value);
const queries = [3, 11, 20].map((id) => ({ id, value: signalOfLuma(part(pictures[id]!)).value }));

const filled = (): WordIndex => {
  const index = new WordIndex();
  values.forEach((value, id) => index.add(id, value));
  return index;
};

describe('WordIndex', () => {
  it('puts the picture first that a part was cut from', () => {
    const index = filled();
    for (const { id, value } of queries) {
      const [first, second] = index.search(value, { limit: 5 });
      expect(first?.id).toBe(id);
      expect(second === undefined || second.score < first!.score / 2).toBe(true);
    }
  });

  it('answers the same whether it was searched after each picture (and merged along) or only at the end', () => {
    const grown = new WordIndex();
    values.forEach((value, id) => {
      grown.add(id, value);
      grown.search(queries[0]!.value, { limit: 1 });
    });
    const index = filled();
    for (const { value } of queries)
      expect(grown.search(value, { limit: 9 })).toEqual(index.search(value, { limit: 9 }));
    expect(grown.bytes).toBeLessThan(2 * index.bytes);
  });

  it('forgets what was removed, also through merges, and takes the newest under an id', () => {
    const index = filled();
    index.search(queries[0]!.value, { limit: 1 });
    expect(index.remove(3)).toBe(true);
    expect(index.remove(3)).toBe(false);
    values.forEach((value, id) => index.add(100 + id, id === 3 ? values[0]! : value));
    expect(index.search(queries[0]!.value, { limit: 50 }).map(({ id }) => id)).not.toContain(3);
    index.add(11, values[3]!);
    const [first] = index.search(queries[0]!.value, { limit: 1 });
    expect(first?.id).toBe(11);
    expect(index.size).toBe(47);
  });

  it('filters before it counts', () => {
    const index = filled();
    const hits = index.search(queries[0]!.value, { limit: 1, isVisible: (id) => id !== 3 });
    expect(hits.map(({ id }) => id)).not.toContain(3);
    expect(new WordIndex().search(queries[0]!.value, { limit: 3 })).toEqual([]);
  });

  it('holds at most 16 bytes a feature, beside a table of words for each segment', () => {
    const index = filled();
    index.search(queries[0]!.value, { limit: 1 });
    const tables = 4 * 16_385;
    expect((index.bytes - tables) / (24 * 1_000)).toBeLessThan(16);
  });
});
