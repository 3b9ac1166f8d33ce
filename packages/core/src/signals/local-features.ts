// A part of one picture in another: crops, collages, screenshots, photographs of screens. Local features that one transform of the
// plane carries onto one another, counted by the places that they cover. docs/methods/local-features.md.
import { exchangedPlaces } from '../domain/places.js';
import {
  compose,
  correspondences,
  coveredRegion,
  findCopy,
  invert,
  nearestTurn,
  relativeTransform,
  type Affine,
  type CopyEvidence,
} from '../geometry/index.js';
import { FEATURE_HEADER_BYTES, mirrored, unpackFeatures, type FeatureSet } from '../kernels/index.js';
import { exchangedPlace, spreadPlaces, type CommonPlace } from './common-places.js';
import { PART_STEPS } from './counted-set.js';
import { exampleFeatures } from './feature-examples.js';
import { FEATURE_SIGNAL, FEATURE_SIGNAL_VERSION, fewFeatures, isFirst, validateFeatures } from './feature-signal.js';
import type { Comparison, MethodExample, Signal, SignalMethod } from './method.js';

/** Codes of corresponding features differ by no more bits of 64. */
export const CODE_RADIUS_BITS = 20;
/** Distinct places that a transform has to explain. */
export const PARTIAL_THRESHOLD_CELLS = 9;
/** So many where the geometry of two cameras, which asks the neighbours of each place too, agrees that there is something. */
export const SUPPORTED_PARTIAL_CELLS = 6;

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [first, second] = isInOrder ? [a, b] : [b, a];
  const [from, to] = [unpackFeatures(first.value), unpackFeatures(second.value)];
  const { cells, transform, viewCells } = strongest(from, to).evidence;
  const note = fewFeatures(a, b);
  const isMatch = note === null && cells >= PARTIAL_THRESHOLD_CELLS;
  const where =
    transform !== null && Math.max(cells, viewCells) >= SUPPORTED_PARTIAL_CELLS
      ? placesOf(transform, from, to)
      : NOWHERE;
  return {
    value: cells,
    unit: 'places',
    threshold: PARTIAL_THRESHOLD_CELLS,
    grade: isMatch ? 'partial' : null,
    where: isInOrder ? where : exchangedPlaces(where),
    explains: viewCells,
    ...(note === null ? {} : { note }),
  };
};

interface Strongest {
  readonly evidence: CopyEvidence;
  readonly isMirrored: boolean;
}

const strongest = (from: FeatureSet, to: FeatureSet): Strongest => {
  const turned = mirrored(from);
  const turnedPairs = correspondences(turned, to, CODE_RADIUS_BITS);
  // Asked for last, since the geometry of two cameras asks the same next.
  const pairs = correspondences(from, to, CODE_RADIUS_BITS);
  const upright = findCopy(from, to, pairs);
  const inMirror = findCopy(turned, to, turnedPairs, upright.cells);
  if (inMirror.cells <= upright.cells || inMirror.transform === null) return { evidence: upright, isMirrored: false };
  const transform = compose(inMirror.transform, [-1, 0, from.width, 0, 1, 0]);
  return { evidence: { ...inMirror, transform }, isMirrored: true };
};

/** Places that the transform explains; of `a` in its own picture, also where that is mirrored. */
export const copiedPlaces = (a: Signal, b: Signal): CommonPlace[] => {
  const isInOrder = isFirst(a, b);
  const [first, second] = isInOrder ? [a, b] : [b, a];
  const [from, to] = [unpackFeatures(first.value), unpackFeatures(second.value)];
  const { evidence, isMirrored } = strongest(from, to);
  const places = spreadPlaces(isMirrored ? mirrored(from) : from, to, evidence.pairs, evidence.inliers).map(
    ([ax, ay, bx, by]): CommonPlace => [isMirrored ? 1 - ax : ax, ay, bx, by],
  );
  return isInOrder ? places : places.map(exchangedPlace);
};

type Places = Comparison['where'];
const NOWHERE: Places = { a: {}, b: {} };

/** The part of each picture that the other shows, how it is turned, and the transform between the two. */
const placesOf = (transform: Affine, from: FeatureSet, to: FeatureSet): Places => {
  const back = invert(transform);
  const [covered, covering] = [coveredRegion(transform, from, to), back && coveredRegion(back, to, from)];
  return {
    a: { orientation: 'upright', ...(covering ? { region: covering } : {}) },
    b: { orientation: nearestTurn(transform), ...(covered ? { region: covered } : {}) },
    transform: relativeTransform(transform, from, to),
  };
};

export const localFeatures: SignalMethod = {
  name: FEATURE_SIGNAL,
  version: FEATURE_SIGNAL_VERSION,
  title: 'A part of one picture in the other, by local features',
  mediaTypes: ['picture'],
  unit: 'places',
  threshold: PARTIAL_THRESHOLD_CELLS,
  matchesWhen: 'at-least',
  headerBytes: FEATURE_HEADER_BYTES,
  rates: PART_STEPS[PART_STEPS.length - 1]!.rates,
  // Made when they are asked for: every process loads the methods, and none but their tests reads the examples.
  get examples(): readonly MethodExample[] {
    return [
      { ...exampleFeatures(PARTIAL_THRESHOLD_CELLS), value: PARTIAL_THRESHOLD_CELLS, grade: 'partial' },
      { ...exampleFeatures(PARTIAL_THRESHOLD_CELLS - 1), value: PARTIAL_THRESHOLD_CELLS - 1, grade: null },
    ];
  },
  validate: validateFeatures,
  compare,
};
