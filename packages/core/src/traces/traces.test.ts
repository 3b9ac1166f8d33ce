import { describe, expect, it } from 'vitest';
import { NAME_PATTERNS, nameTrace } from './file-name.js';
import { libraryQuality } from './jpeg-quality.js';
import { jpegStructure, structureClass } from './jpeg-structure.js';
import { platformTraces, type PlatformFacts } from './platform.js';

const bytes = (...parts: (number[] | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)));

const segment = (marker: number, ...content: (number[] | string)[]): number[] => {
  const inside = [...bytes(...content)];
  const length = inside.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...inside];
};

const FRAME = segment(0xc0, [8, 0, 60, 0, 80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
const TABLE = segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]);
const SCAN = [...segment(0xda, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]), 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4];
const plain = bytes([0xff, 0xd8], segment(0xe0, 'JFIF\0', [1, 1]), TABLE, FRAME, SCAN, [0xff, 0xd9]);

describe('the structure of a JPEG', () => {
  it('names its layout, sampling and tables', () => {
    expect(jpegStructure(plain)).toMatchObject({
      width: 80,
      height: 60,
      process: 'baseline',
      subsampling: '4:2:0',
      libraryQuality: 100,
      huffman: 'none',
      scans: 1,
      layout: ['APP0 JFIF', 'DQT', 'SOF', 'SOS'],
      trailingBytes: 0,
    });
  });

  it('says what stands after the end, and where it is cut', () => {
    expect(jpegStructure(bytes([...plain], 'more'))?.trailingBytes).toBe(4);
    expect(jpegStructure(plain.subarray(0, plain.length - 2))?.trailingBytes).toBeNull();
    expect(jpegStructure(plain.subarray(0, 30))).toBeNull();
    expect(jpegStructure(new Uint8Array(0))).toBeNull();
    expect(jpegStructure(bytes([0xff, 0xd8], segment(0xc0)))).toBeNull();
  });

  it('is of one class whatever the picture and its size', () => {
    const larger = plain.slice();
    larger.set([0, 90, 0, 120], 2 + 11 + TABLE.length + 5);
    const [a, b] = [jpegStructure(plain)!, jpegStructure(larger)!];
    expect(b.width).toBe(120);
    expect(structureClass(a)).toBe(structureClass(b));
  });

  it('keeps few tables of a file that is nothing else', () => {
    const many = segment(0xdb, ...Array.from({ length: 900 }, () => [0, ...Array.from({ length: 64 }, () => 1)]));
    const codes = segment(0xc4, ...Array.from({ length: 3000 }, () => Array.from({ length: 17 }, () => 0)));
    const file = bytes([0xff, 0xd8], many, many, codes, FRAME, SCAN, [0xff, 0xd9]);
    const structure = jpegStructure(file);
    expect(structure).toMatchObject({ width: 80, huffman: 'own', trailingBytes: 0 });
    expect(structure?.quantisation.length).toBeLessThanOrEqual(64);
  });

  it('ends, whatever is done to the file', () => {
    let state = 7;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state % limit;
    };
    for (let round = 0; round < 10_000; round++) {
      const damaged = plain.slice(0, 1 + next(plain.length));
      for (let change = next(6); change >= 0; change--) damaged[next(damaged.length)] = next(256);
      const structure = jpegStructure(damaged);
      if (structure !== null) expect(structureClass(structure).length).toBeGreaterThan(0);
    }
  });
});

describe('the quality of the common library', () => {
  it('is null for tables of others', () => {
    expect(libraryQuality(Array.from({ length: 64 }, () => 1))).toBe(100);
    expect(libraryQuality(Array.from({ length: 64 }, (_, i) => i + 1))).toBeNull();
    expect(libraryQuality([])).toBeNull();
  });
});

describe('names of files', () => {
  it.each(NAME_PATTERNS.map(({ id, example }) => [id, example]))('%s: %s', (id, example) => {
    expect(nameTrace(example)?.pattern).toBe(id);
    expect(nameTrace(`Pictures/some folder/${example}`)?.pattern).toBe(id);
    expect(nameTrace(`x${example}`)?.pattern).not.toBe(id);
  });

  it('are read at once, however they are drawn out', () => {
    for (const { example } of NAME_PATTERNS)
      for (const more of ['_a', '.A', ' ', '_1', '-0', '(1)'])
        expect(nameTrace(`${example.replace(/\.\w+$/, '')}${more.repeat(60)}!`)).toBeNull();
  });

  it('tell a time as it was written, without a zone, and no day that there is not', () => {
    expect(nameTrace('IMG-20240317-WA0012.jpg')).toMatchObject({ when: '2024-03-17', date: 'received', counter: 12 });
    expect(nameTrace('IMG_20240230_120000.jpg')).toBeNull();
    expect(nameTrace('FB_IMG_1710684131000.jpg')?.when).toBe('2024-03-17 14:02:11Z');
    expect(nameTrace('photo_12@17-03-2024_14-02-11.jpg')).toMatchObject({ when: '2024-03-17 14:02:11', counter: 12 });
    expect(nameTrace('photo_2024-03-17_14-02-11 (2).jpg')?.when).toBe('2024-03-17 14:02:11');
    expect(nameTrace('Screenshot_20240317-140211_Chrome.png')?.when).toBe('2024-03-17 14:02:11');
    const saved = (time: string) => nameTrace(`WhatsApp Image 2024-03-17 at ${time}.jpeg`)?.when ?? null;
    expect(['2.02.11 PM', '12.02.11 AM', '12.02.11 PM', '9.02.11', '14.02.11 PM', '34.02.11'].map(saved)).toEqual([
      '2024-03-17 14:02:11',
      '2024-03-17 00:02:11',
      '2024-03-17 12:02:11',
      '2024-03-17 09:02:11',
      '2024-03-17 14:02:11',
      null,
    ]);
    expect(nameTrace('holiday.jpg')).toBeNull();
  });
});

describe('platforms', () => {
  const facts = (more: Partial<PlatformFacts>): PlatformFacts => ({
    width: 1600,
    height: 1200,
    structure: { ...jpegStructure(plain)!, libraryQuality: 75 },
    name: null,
    marks: [],
    ...more,
  });

  it('are told with the rule, a mark before a name before a form', () => {
    expect(platformTraces(facts({}))).toMatchObject([{ platform: 'whatsapp', by: 'form', rule: 'whatsapp-form' }]);
    const both = platformTraces(facts({ marks: ['facebook-fbmd'], name: nameTrace('IMG-20240317-WA0012.jpg') }));
    expect(both.map(({ platform, by }) => [platform, by])).toEqual([
      ['facebook', 'mark'],
      ['whatsapp', 'name'],
    ]);
    expect(platformTraces(facts({ width: 1500 }))).toEqual([]);
  });
});
