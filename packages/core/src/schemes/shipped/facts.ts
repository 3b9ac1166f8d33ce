// How codes follow from facts, scheme by scheme: the first rule that holds for certain gives the code. Facts that waver between the
// two sides of a rule give none.
import type { AGE_BANDS, ACTS, FOCUSES, ORIGINS } from '../../contract/schemes.js';

export interface FactCondition {
  readonly age?: readonly (typeof AGE_BANDS)[number][];
  readonly act?: readonly (typeof ACTS)[number][];
  readonly origin?: readonly (typeof ORIGINS)[number][];
  readonly focus?: readonly (typeof FOCUSES)[number][];
}

export interface FactRule {
  readonly code: string;
  /** All of it has to hold. */
  readonly when: FactCondition;
}

const MINOR = ['0-2', '3-6', '7-10', '11-13', '14-15', '16-17'] as const;
/** Puberty is not an age: between these two sets no code of NCMEC follows from an age band. */
const SURELY_BEFORE_PUBERTY = ['0-2', '3-6', '7-10'] as const;
const SURELY_IN_PUBERTY = ['14-15', '16-17'] as const;
const UP_TO_13 = ['0-2', '3-6', '7-10', '11-13'] as const;
const SEX_ACT = ['penetrative', 'sadistic', 'animal', 'non-penetrative'] as const;
const GRAVEST = ['penetrative', 'sadistic', 'animal'] as const;
/** A real child is in it, whatever was done to the picture. */
const OF_A_CHILD = ['real', 'ai-altered'] as const;
const MADE = ['ai-made', 'drawn'] as const;

const VIC: readonly FactRule[] = [
  { code: '1', when: { age: MINOR, act: SEX_ACT, origin: OF_A_CHILD } },
  { code: '1', when: { age: MINOR, act: ['posed'], focus: ['sexual-parts'], origin: OF_A_CHILD } },
  { code: '3', when: { age: MINOR, act: [...SEX_ACT, 'posed'], origin: MADE } },
];

/** By `scheme@version`. A scheme that is absent follows from no facts: the laws behind it are not in them. */
export const FACT_RULES: Readonly<Record<string, readonly FactRule[]>> = {
  'vic-us@2.0': VIC,
  'vic-default@2.0': VIC,
  'vic-uk@2.0': [
    { code: 'A', when: { age: MINOR, act: GRAVEST, origin: OF_A_CHILD } },
    { code: 'B', when: { age: MINOR, act: ['non-penetrative'], origin: OF_A_CHILD } },
    { code: 'C', when: { age: MINOR, act: ['posed'], focus: ['sexual-parts'], origin: OF_A_CHILD } },
  ],
  'ncmec@1': [
    { code: 'A1', when: { age: SURELY_BEFORE_PUBERTY, act: SEX_ACT, origin: OF_A_CHILD } },
    { code: 'A2', when: { age: SURELY_BEFORE_PUBERTY, act: ['posed'], focus: ['sexual-parts'], origin: OF_A_CHILD } },
    { code: 'B1', when: { age: SURELY_IN_PUBERTY, act: SEX_ACT, origin: OF_A_CHILD } },
    { code: 'B2', when: { age: SURELY_IN_PUBERTY, act: ['posed'], focus: ['sexual-parts'], origin: OF_A_CHILD } },
  ],
  'interpol-baseline@1': [
    { code: 'not-baseline', when: { age: ['14-15', '16-17', 'adult'] } },
    { code: 'not-baseline', when: { origin: MADE } },
    { code: 'baseline', when: { age: UP_TO_13, act: SEX_ACT, origin: ['real'] } },
  ],
};
