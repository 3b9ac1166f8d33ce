// One suite for every method: it describes itself, its examples hold, comparison is symmetric, wrong signals are refused by code.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverseOrientation, type Orientation } from '../kernels/index.js';
import { METHODS, methodNamed, signalOf, type Signal } from './index.js';

const invert = (orientation: Orientation | undefined): Orientation | undefined =>
  orientation && inverseOrientation(orientation);

describe.each(METHODS.map((method) => [method.name, method] as const))('%s', (name, method) => {
  const [first] = method.examples;
  const sample = first!.a;
  const anySignal = fc
    .tuple(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), fc.integer({ min: 0, max: 100 }))
    .map(([bytes, quality]): Signal => {
      const stream = bytes[Symbol.iterator]();
      const value = Uint8Array.from({ length: sample.value.length }, () => stream.next().value as number);
      value.set(sample.value.subarray(0, method.headerBytes ?? 0));
      return { ...sample, value, quality: sample.quality === null ? null : quality };
    });

  it('describes itself', () => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(Number.isInteger(method.version) && method.version > 0).toBe(true);
    expect(method.title.length).toBeGreaterThan(10);
    expect(method.mediaTypes.length).toBeGreaterThan(0);
    expect(methodNamed(name)).toBe(method);
    if ('bits' in method.rates) expect(method.rates.source.length).toBeGreaterThan(10);
    else {
      expect(method.rates.comparisons).toBeGreaterThan(1000);
      expect(method.rates.set.length).toBeGreaterThan(10);
    }
  });

  it('has examples on both sides that give what they say', () => {
    for (const { a, b, value, grade } of method.examples) {
      method.validate(a);
      method.validate(b);
      const comparison = method.compare(a, b);
      expect(comparison).toMatchObject({ value, grade, unit: method.unit, threshold: method.threshold });
      const isWithin = method.matchesWhen === 'at-most' ? value <= method.threshold : value >= method.threshold;
      if (grade !== null) expect(isWithin).toBe(true);
      else expect(!isWithin || comparison.note !== undefined).toBe(true);
    }
    expect(method.examples.some(({ grade }) => grade !== null)).toBe(true);
    expect(method.examples.some(({ grade }) => grade === null)).toBe(true);
  });

  it('compares symmetrically and turns back what it turned', () => {
    fc.assert(
      fc.property(anySignal, anySignal, (a, b) => {
        const there = method.compare(a, b);
        const back = method.compare(b, a);
        expect({ ...back, where: null }).toEqual({ ...there, where: null });
        expect(back.where.b.orientation).toBe(invert(there.where.b.orientation));
      }),
      { numRuns: 40 },
    );
  });

  it('calls a signal the same as itself, unless its quality forbids', () => {
    fc.assert(
      fc.property(anySignal, (a) => {
        const { grade, note } = method.compare(a, { ...a, value: a.value.slice() });
        expect(grade !== null || note?.code === 'LOW_QUALITY').toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('takes low quality for a result: the value stays, a note says it, nothing matches', () => {
    if (sample.quality === null) return;
    for (const { a, b } of method.examples) {
      const usual = method.compare({ ...a, quality: 100 }, { ...b, quality: 100 });
      for (const [low, other] of [
        [{ ...a, quality: 0 }, b],
        [a, { ...b, quality: 0 }],
      ] as const) {
        method.validate(low);
        const comparison = method.compare(low, other);
        expect(comparison).toMatchObject({ value: usual.value, grade: null, note: { code: 'LOW_QUALITY' } });
        expect(comparison.note?.detail.length).toBeGreaterThan(10);
      }
    }
  });

  it('draws its line where it says: whole units have an example on each side of it', () => {
    if (!Number.isInteger(method.threshold) || method.unit === 'per cent') return;
    const beyond = method.matchesWhen === 'at-most' ? method.threshold + 1 : method.threshold - 1;
    const graded = (value: number) =>
      method.examples.filter((one) => one.value === value && one.grade !== null).map(({ grade }) => grade);
    expect(graded(method.threshold)).not.toEqual([]);
    expect(method.examples.some(({ value }) => value === beyond)).toBe(true);
    expect(graded(beyond)).toEqual([]);
  });

  it('refuses signals of a wrong form, naming what is wrong', () => {
    const { length } = sample.value;
    for (const bytes of new Set([0, 1, length - 1, length + 1])) {
      // A value may be one byte long.
      if (bytes === length) continue;
      const wrong = { ...sample, value: new Uint8Array(bytes) };
      expect(() => method.validate(wrong)).toThrow(new RegExp(`HASH_INVALID.*${bytes} bytes`));
    }
    expect(() => method.validate({ ...sample, method: 'other' })).toThrow(/HASH_INVALID.*other/);
    for (const version of [0, method.version + 1, 0.5])
      expect(() => method.validate({ ...sample, version })).toThrow(new RegExp(`HASH_INVALID.*v${version} `));
    for (const quality of [-1, 101, 0.5, Number.NaN, sample.quality === null ? 50 : null])
      expect(() => method.validate({ ...sample, quality })).toThrow(new RegExp(`QUALITY_INVALID.*${quality}`));
    for (const quality of sample.quality === null ? [null] : [0, 1, 100])
      expect(() => method.validate({ ...sample, quality })).not.toThrow();
  });
});

describe('registry', () => {
  it('has each name once', () => {
    expect(new Set(METHODS.map(({ name }) => name)).size).toBe(METHODS.length);
  });

  it('names the methods there are when asked for another', () => {
    expect(() => methodNamed('phash')).toThrow(/METHOD_UNKNOWN.*sha256, pdq/);
  });

  it('does not take a signal of an older version for the present one', () => {
    const [method] = METHODS;
    const signal = method!.examples[0]!.a;
    expect(signalOf([signal], method!)).toBe(signal);
    expect(signalOf([{ ...signal, version: 99 }], method!)).toBeUndefined();
  });
});
