// The index of words finds what it was given, however it grew and whichever of two pictures asks, and nothing that was removed.
import { describe, expect, it } from 'vitest';
import { blobs, look, signalOfLuma, type Luma } from '../../../test-support/features.js';
import { WordIndex } from './index.js';

const part = (picture: Luma): Luma => look(picture, 300, 220, (x, y) => [120 + 1.1 * x, 90 + 1.1 * y]);
const flipped = (picture: Luma): Luma =>
  look(picture, picture.width - 1, picture.height, (x, y) => [picture.width - 2 - x, y]);
const turned = (picture: Luma): Luma =>
  look(picture, picture.height, picture.width, (x, y) => [y, picture.height - 1 - x]);

const pictures = Array.from({ length: 24 }, (_, seed) => blobs(seed, 480, 360, 250));
const values = pictures.map((picture) => signalOfLuma(picture).value);
const queries = [3, 11, 20].flatMap((id) =>
  [part, (picture: Luma) => flipped(part(picture)), turned].map((edit) => ({
    id,
    value: signalOfLuma(edit(pictures[id]!)).value,
  })),
);

const filled = (): WordIndex => {
  const index = new WordIndex();
  values.forEach((value, id) => index.add(id, value));
  return index;
};

describe('WordIndex', () => {
  it('proposes the picture that a part was cut from, its mirror image and the turned one, and hardly any other', () => {
    const index = filled();
    const found = queries.map(({ value }) => index.search(value));
    queries.forEach(({ id }, k) => expect(found[k]).toContain(id));
    // Of 207 pairs that have nothing in common two at most: each costs a comparison, and no more.
    expect(found.flat().length - queries.length).toBeLessThanOrEqual(2);
  });

  it('says the same of two pictures whichever of them asks', () => {
    const all = [...values, ...queries.map(({ value }) => value)];
    const index = new WordIndex();
    all.forEach((value, id) => index.add(id, value));
    const found = all.map((value) => new Set(index.search(value)));
    found.forEach((ids, a) => ids.forEach((b) => expect(found[b]!.has(a)).toBe(true)));
    found.forEach((ids, a) => expect(ids.has(a)).toBe(true));
  });

  it('answers the same in whatever order and in however many segments pictures came, and beside whatever else', () => {
    const grown = new WordIndex();
    const others = Array.from({ length: 12 }, (_, n) => signalOfLuma(blobs(900 + n, 320, 240, 120)).value);
    others.forEach((value, n) => grown.add(1_000 + n, value));
    [...values.entries()].reverse().forEach(([id, value]) => {
      grown.add(id, value);
      grown.search(queries[0]!.value);
    });
    const index = filled();
    for (const { value } of queries)
      expect(grown.search(value).filter((id) => id < 1_000)).toEqual(index.search(value));
    expect(grown.bytes).toBeLessThan(3 * index.bytes);
  });

  it('forgets what was removed, also through merges, and takes the newest under an id', () => {
    const index = filled();
    const [query] = queries;
    expect(index.search(query!.value)).toEqual([3]);
    expect(index.remove(3)).toBe(true);
    expect(index.remove(3)).toBe(false);
    expect(index.search(query!.value)).toEqual([]);
    values.forEach((value, id) => index.add(100 + id, id === 3 ? values[0]! : value));
    expect(index.search(query!.value)).toEqual([]);
    index.add(11, values[3]!);
    expect(index.search(query!.value)).toEqual([11]);
    expect(index.size).toBe(47);
    expect(new WordIndex().search(query!.value)).toEqual([]);
  });

  it('holds at most 16 bytes a feature, beside a table of words for each segment', () => {
    const index = filled();
    index.search(queries[0]!.value);
    const tables = 4 * 16_385;
    expect((index.bytes - tables) / (24 * 1_000)).toBeLessThanOrEqual(16);
  });
});
