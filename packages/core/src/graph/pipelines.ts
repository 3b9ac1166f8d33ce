// Methods that decide one after the other, and how often they were wrong together: what one confuses another seldom does, so that the errors of the last alone say
// too little. How far a match lies beyond its line says more than that it does: each step has a count of its own. docs/selftest.md has the sets.
import type { Counted } from '../contract/comparison.js';
import {
  edgeHash,
  localFeatures,
  lumaGrid,
  PART_STEPS,
  pdq,
  PLACE_STEPS,
  sceneGeometry,
  WHOLE_PICTURE_STEPS,
  type CountedRates,
  type SignalMethod,
} from '../signals/index.js';

/** How often different pictures were confirmed with this value or a better one. */
export interface Step {
  readonly value: number;
  readonly rates: CountedRates;
}

/** `confirms` is asked where one of `proposes` lies within the reach of the index. */
export interface Pipeline {
  readonly proposes: readonly SignalMethod[];
  readonly confirms: SignalMethod;
  /** From the best value on; the last is the least that `confirms` grants. */
  readonly steps: readonly Step[];
}

export const WHOLE_PICTURES: Pipeline = {
  proposes: [pdq, edgeHash],
  confirms: lumaGrid,
  steps: WHOLE_PICTURE_STEPS,
};

/** Parts and places are asked of every pair: nothing has to propose it. The other of the two is asked as well, and what is counted is what both decide. */
export const PARTS: Pipeline = { proposes: [], confirms: localFeatures, steps: PART_STEPS };
export const PLACES: Pipeline = { proposes: [], confirms: sceneGeometry, steps: PLACE_STEPS };

/** The counts that a value stands on: of the best step that it reaches. */
export const ratesAt = ({ confirms, steps }: Pipeline, value: number): CountedRates => {
  const isReached = (step: Step): boolean =>
    confirms.matchesWhen === 'at-most' ? value <= step.value : value >= step.value;
  return (steps.find(isReached) ?? steps[steps.length - 1]!).rates;
};

/** What a reason says of the errors that its bits rest on. */
export const countedOf = ({ comparisons, errors }: CountedRates, pipeline?: Pipeline): Counted => ({
  proposedBy: pipeline?.proposes.map(({ name }) => name) ?? [],
  errors,
  comparisons,
});
