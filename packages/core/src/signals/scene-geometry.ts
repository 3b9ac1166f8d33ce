// One place from two viewpoints: local features that the geometry of two cameras explains. docs/methods/scene-geometry.md.
import { correspondences, findView, usedRegion } from '../geometry/index.js';
import { FEATURE_HEADER_BYTES, unpackFeatures } from '../kernels/index.js';
import { exchangedPlace, spreadPlaces, type CommonPlace } from './common-places.js';
import { PLACE_STEPS } from './counted-set.js';
import { exampleFeatures } from './feature-examples.js';
import { fewFeatures, isFirst, validateFeatures } from './feature-signal.js';
import { CODE_RADIUS_BITS, localFeatures } from './local-features.js';
import type { Comparison, MethodExample, Signal, SignalMethod } from './method.js';

/** Distinct places that the geometry has to explain. */
export const SCENE_THRESHOLD_CELLS = 7;

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [first, second] = isInOrder ? [a, b] : [b, a];
  const [from, to] = [unpackFeatures(first.value), unpackFeatures(second.value)];
  const { cells, inliers, pairs } = findView(from, to, correspondences(from, to, CODE_RADIUS_BITS));
  const note = fewFeatures(a, b);
  const isMatch = note === null && cells >= SCENE_THRESHOLD_CELLS;
  const regionOf = (set: typeof from, numbers: Uint16Array) =>
    cells < SCENE_THRESHOLD_CELLS ? {} : usedRegion(set, inliers, numbers);
  const [there, here] = [regionOf(from, pairs.a), regionOf(to, pairs.b)];
  return {
    value: cells,
    unit: 'places',
    threshold: SCENE_THRESHOLD_CELLS,
    grade: isMatch ? 'same scene' : null,
    where: isInOrder ? { a: there, b: here } : { a: here, b: there },
    ...(note === null ? {} : { note }),
  };
};

/** Places that two cameras explain. */
export const viewedPlaces = (a: Signal, b: Signal): CommonPlace[] => {
  const isInOrder = isFirst(a, b);
  const [first, second] = isInOrder ? [a, b] : [b, a];
  const [from, to] = [unpackFeatures(first.value), unpackFeatures(second.value)];
  const { inliers, pairs } = findView(from, to, correspondences(from, to, CODE_RADIUS_BITS));
  const places = spreadPlaces(from, to, pairs, inliers);
  return isInOrder ? places : places.map(exchangedPlace);
};

export const sceneGeometry: SignalMethod = {
  name: 'scene-geometry',
  version: 2,
  title: 'The same place from two viewpoints, by local features',
  mediaTypes: ['picture'],
  unit: 'places',
  threshold: SCENE_THRESHOLD_CELLS,
  matchesWhen: 'at-least',
  headerBytes: FEATURE_HEADER_BYTES,
  reads: localFeatures,
  rates: PLACE_STEPS[PLACE_STEPS.length - 1]!.rates,
  get examples(): readonly MethodExample[] {
    return [
      { ...exampleFeatures(SCENE_THRESHOLD_CELLS), value: SCENE_THRESHOLD_CELLS, grade: 'same scene' },
      { ...exampleFeatures(SCENE_THRESHOLD_CELLS - 1), value: SCENE_THRESHOLD_CELLS - 1, grade: null },
    ];
  },
  validate: validateFeatures,
  compare,
};
