import { describe, expect, it } from 'vitest';
import { BOX_ODDITIES, boxClass, boxTree, MOST_BOX_PATHS } from './box-tree.js';
import { fileTraces } from './file-traces.js';

const text = (of: string): number[] => [...of].map((c) => c.charCodeAt(0));
const word = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const box = (type: string, ...content: number[][]): number[] => {
  const inside = content.flat();
  return [...word(8 + inside.length), ...text(type), ...inside];
};
/** A box whose size is written as it is given, with 64 bits behind it where it is 1. */
const sized = (size: number, type: string, ...content: number[][]): number[] => [
  ...word(size),
  ...text(type),
  ...content.flat(),
];
const FTYP = box('ftyp', text('isom'), word(512), text('isomavc1'));
const META = box('meta', word(0), box('hdlr', word(0)), box('ilst', box('\xa9too', word(1))));
const film = [
  ...FTYP,
  ...box(
    'moov',
    box('mvhd', word(0)),
    box('trak', box('tkhd'), box('mdia', box('hdlr'))),
    box('trak'),
    box('udta', META),
  ),
  ...box('free', word(0)),
  ...box('mdat', word(7)),
];
const tree = (bytes: readonly number[]) => boxTree(Uint8Array.from(bytes));

describe('the boxes of a film', () => {
  it('are told in their order, with the brand', () => {
    expect(tree(film)).toEqual({
      brand: 'isom',
      compatible: ['isom', 'avc1'],
      layout: [
        ...['ftyp', 'moov', 'moov/mvhd', 'moov/trak', 'moov/trak/tkhd', 'moov/trak/mdia', 'moov/trak/mdia/hdlr'],
        ...['moov/trak', 'moov/udta', 'moov/udta/meta', 'moov/udta/meta/hdlr', 'moov/udta/meta/ilst'],
        ...['moov/udta/meta/ilst/\xa9too', 'free', 'mdat'],
      ],
      oddities: [],
    });
    expect(tree([...box('moov', box('meta', box('hdlr', word(0)))), ...box('wide')])).toMatchObject({
      brand: null,
      layout: ['moov', 'moov/meta', 'moov/meta/hdlr', 'wide'],
    });
    expect(tree([...word(8), ...text('none')])).toBeNull();
    expect(tree([])).toBeNull();
  });

  it('are of one class however long what they hold, and whether room was left free', () => {
    const longer = [...film.slice(0, -24), ...box('mdat', word(7), word(8), word(9))];
    expect(boxClass(tree(longer)!)).toBe(boxClass(tree(film)!));
    expect(boxClass(tree([...FTYP, ...box('mdat')])!)).not.toBe(boxClass(tree(film)!));
  });

  it('of size 0 reach to the end, of size 1 have 64 bits, and lying ones are said to lie', () => {
    expect(tree([...FTYP, ...sized(0, 'mdat', word(1), word(2))])).toMatchObject({
      layout: ['ftyp', 'mdat'],
      oddities: [],
    });
    const wide = [...FTYP, ...sized(1, 'mdat', word(0), word(20), word(5)), ...box('moov')];
    expect(tree(wide)).toMatchObject({ layout: ['ftyp', 'mdat', 'moov'], oddities: [] });
    const huge = [...FTYP, ...sized(1, 'mdat', word(0x80000000), word(0)), ...box('moov')];
    expect(tree(huge)).toMatchObject({ layout: ['ftyp', 'mdat'], oddities: ['past-end'] });
    for (const size of [1, 2, 7]) {
      const small = [...FTYP, ...sized(size, 'moov', word(0), word(size === 1 ? 3 : 0))];
      expect(tree(small)).toMatchObject({ layout: ['ftyp'], oddities: ['too-small'] });
    }
  });

  it('are bounded in number, depth and length', () => {
    const many = tree([
      ...FTYP,
      ...Array.from({ length: 9_000 }, (_, i) => box(i % 2 === 0 ? 'aaaa' : 'bbbb')).flat(),
    ])!;
    expect(many.oddities).toEqual(['too-many']);
    expect(many.layout).toHaveLength(MOST_BOX_PATHS);
    let deep = box('moov');
    for (let i = 0; i < 40; i++) deep = box('moov', deep);
    expect(tree(deep)?.oddities).toEqual(['too-deep']);
  });

  it('end, whatever is done to the file', () => {
    let state = 11;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % limit;
    };
    const seen = new Set<string>();
    for (let round = 0; round < 10_000; round++) {
      const damaged = Uint8Array.from(film).slice(0, 8 + next(film.length - 8));
      for (let change = next(6); change >= 0; change--) damaged[next(damaged.length)] = next(256);
      const { boxes } = fileTraces(damaged);
      for (const odd of boxes?.oddities ?? []) seen.add(odd);
      if (boxes !== null) expect(boxes.layout.length).toBeLessThanOrEqual(MOST_BOX_PATHS);
    }
    expect(BOX_ODDITIES).toEqual(expect.arrayContaining([...seen]));
    expect(seen.size).toBeGreaterThan(1);
  });
});
