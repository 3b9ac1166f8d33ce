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

  it('refuses signals of a wrong form', () => {
    expect(() => method.validate({ ...sample, value: sample.value.subarray(1) })).toThrow(/HASH_INVALID/);
    expect(() => method.validate({ ...sample, method: 'other' })).toThrow(/HASH_INVALID/);
    for (const quality of [-1, 101, 0.5, Number.NaN]) {
      expect(() => method.validate({ ...sample, quality })).toThrow(/QUALITY_INVALID/);
    }
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
