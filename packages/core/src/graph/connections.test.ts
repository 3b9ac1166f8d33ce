// What chance explains is a lead; causes add up, evidence of one cause does not; no order shows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRADES } from '../domain/grade.js';
import { rarityCostBits, scoreConnection, type Evidence } from './index.js';

const evidence = (over: Partial<Evidence>): Evidence => ({
  grade: 'same content',
  bits: 15,
  holders: 2,
  comparisons: 1024,
  mediaA: 'a',
  mediaB: 'b',
  ...over,
});

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  grade: fc.constantFrom(...GRADES),
  bits: fc.integer({ min: 0, max: 1280 }).map((tenths) => tenths / 10),
  holders: fc.integer({ min: 2, max: 60 }),
  comparisons: fc.integer({ min: 1, max: 1e9 }),
  mediaA: fc.constantFrom('a', 'b', 'c'),
  mediaB: fc.constantFrom('d', 'e', 'f'),
});

describe('scoreConnection', () => {
  it('pays for every comparison and for every doubling of the holders', () => {
    expect(scoreConnection([evidence({})])).toMatchObject({ strengthBits: 5, isLead: false });
    expect(scoreConnection([evidence({ holders: 8 })])?.strengthBits).toBe(3);
    expect(rarityCostBits(1)).toBe(0);
  });

  it('calls a lead what chance alone would bring', () => {
    const lead = scoreConnection([evidence({ grade: 'same scene', bits: 8 })]);
    expect(lead).toMatchObject({ strengthBits: -2, isLead: true, causes: [{ cause: 'place', strengthBits: -2 }] });
    expect(scoreConnection([])).toBeNull();
  });

  it('takes a lead up into a connection that an independent cause carries, and adds nothing for it', () => {
    const score = scoreConnection([evidence({ grade: 'same scene', bits: 8 }), evidence({})]);
    expect(score).toMatchObject({ strengthBits: 5, isLead: false });
    expect(score?.reasons.map(({ grade, strengthBits }) => [grade, strengthBits])).toEqual([
      ['same content', 5],
      ['same scene', -2],
    ]);
  });

  it('makes no connection of two leads', () => {
    expect(
      scoreConnection([evidence({ grade: 'same scene', bits: 9 }), evidence({ grade: 'partial', bits: 9 })]),
    ).toMatchObject({ isLead: true, strengthBits: -1 });
  });

  it('counts only the best of a cause, and adds up independent ones', () => {
    const copies = [
      evidence({}),
      evidence({ grade: 'identical', bits: 128 }),
      evidence({ grade: 'partial', bits: 40 }),
    ];
    expect(scoreConnection(copies)?.strengthBits).toBe(118);
    expect(scoreConnection([...copies, evidence({ grade: 'same scene', bits: 12 })])?.strengthBits).toBe(120);
  });

  it('counts a part and a place once, since both are found in the same features', () => {
    const [part, place] = [evidence({ grade: 'partial', bits: 17 }), evidence({ grade: 'same scene', bits: 13 })];
    expect(scoreConnection([part, place])).toMatchObject({
      strengthBits: 7,
      causes: [
        { cause: 'content', strengthBits: 7 },
        { cause: 'place', strengthBits: 0 },
      ],
    });
    expect(scoreConnection([{ ...part, bits: 12 }, place])).toMatchObject({
      strengthBits: 3,
      causes: [
        { cause: 'place', strengthBits: 3 },
        { cause: 'content', strengthBits: 0 },
      ],
    });
    // What whole pictures say was found in other signals.
    expect(scoreConnection([part, place, evidence({})])?.strengthBits).toBe(8);
    expect(scoreConnection([part, place, evidence({ bits: 13 })])?.strengthBits).toBe(7);
  });

  it('weighs no flood of parts and views of a room more than the best of them', () => {
    const ofFeatures = anyEvidence.map((one): Evidence => ({
      ...one,
      grade: one.mediaA === 'a' ? 'partial' : 'same scene',
    }));
    fc.assert(
      fc.property(fc.array(ofFeatures, { minLength: 1, maxLength: 40 }), (flood) => {
        const each = flood.map((one) => scoreConnection([one])?.strengthBits ?? 0);
        expect(scoreConnection(flood)?.strengthBits).toBe(Math.max(...each));
      }),
    );
  });

  it('depends on no order', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyEvidence, { minLength: 1, maxLength: 12 })
          .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(scoreConnection(shuffled)).toEqual(scoreConnection(list));
        },
      ),
    );
  });

  it('never falls with more evidence', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { minLength: 1, maxLength: 8 }), anyEvidence, (list, more) => {
        const [before, after] = [scoreConnection(list), scoreConnection([...list, more])];
        expect(after?.strengthBits).toBeGreaterThanOrEqual(before?.strengthBits ?? 0);
      }),
    );
  });
});
