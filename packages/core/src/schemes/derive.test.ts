// Codes follow from facts only where they are certain: of the possible values each must give the same.
import { describe, expect, it } from 'vitest';
import { ACTS, AGE_BANDS, Facts, FOCUSES, ORIGINS } from '../contract/schemes.js';
import { FACT_RULES } from './shipped/facts.js';
import { deriveCode, schemesOf } from './index.js';

const basis = { originBasis: 'camera-original structure' };

describe('facts', () => {
  it('name an origin only with what it rests on', () => {
    expect(Facts.safeParse({ origin: ['drawn'] }).success).toBe(false);
    expect(Facts.safeParse({ origin: ['drawn'], ...basis }).success).toBe(true);
  });

  it('give a code where they are certain', () => {
    const drawn = { age: ['3-6'], act: ['posed'], origin: ['drawn'], ...basis } satisfies Facts;
    expect(deriveCode(drawn, 'vic-us@2.0').to).toBe('vic-us@2.0:3');
    expect(deriveCode(drawn, 'interpol-baseline@1').to).toBe('interpol-baseline@1:not-baseline');
  });

  it('give none between two ages that fall on both sides, and say which fact it is', () => {
    const between: Facts = { age: ['16-17', 'adult'], act: ['penetrative'], origin: ['real'], ...basis };
    expect(deriveCode(between, 'vic-us@2.0')).toMatchObject({
      to: null,
      cannot: { en: 'Not said, or in doubt: age.' },
    });
  });

  it('give one where every possibility leads to it', () => {
    expect(deriveCode({ age: ['14-15', 'adult'] }, 'interpol-baseline@1').to).toBe('interpol-baseline@1:not-baseline');
    expect(deriveCode({ origin: ['ai-made', 'drawn'], ...basis }, 'interpol-baseline@1').to).toBe(
      'interpol-baseline@1:not-baseline',
    );
  });

  it('keep a picture altered by a model as one of a child', () => {
    const altered: Facts = { age: ['7-10'], act: ['penetrative'], origin: ['ai-altered'], ...basis };
    expect(deriveCode(altered, 'ncmec@1').to).toBe('ncmec@1:A1');
  });

  it('give no code of a scheme whose law is not in them', () => {
    expect(deriveCode({ age: ['adult'] }, 'vic-canada@2.0')).toMatchObject({ to: null });
  });
});

describe.each(Object.keys(FACT_RULES))('%s', (scheme) => {
  it('names only codes that it has', () => {
    const codes = schemesOf()
      .all.find(({ name }) => name === scheme)
      ?.codes.map(({ code }) => code);
    expect(FACT_RULES[scheme]?.filter(({ code }) => !codes?.includes(code))).toEqual([]);
  });

  it('never says of what is in doubt what one of the possibilities would not give', () => {
    for (const age of AGE_BANDS)
      for (const other of AGE_BANDS)
        for (const act of ACTS)
          for (const origin of ORIGINS)
            for (const focus of FOCUSES) {
              const at = (ages: readonly (typeof AGE_BANDS)[number][]) =>
                deriveCode({ age: [...ages], act: [act], origin: [origin], focus: [focus], ...basis }, scheme).to;
              const wavering = at([age, other]);
              if (wavering !== null) expect([at([age]), at([other])]).toEqual([wavering, wavering]);
            }
  });
});
