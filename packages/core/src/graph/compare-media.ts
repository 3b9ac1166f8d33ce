// Decides how far two media are the same, from their signals alone. The one place where methods are weighed against one another:
// the command line, the matcher and the tests all ask here.
import type { Note, Reason } from '../contract/comparison.js';
import type { Grade } from '../domain/grade.js';
import { NEAR_REACH_BITS } from '../index/index.js';
import {
  edgeHash,
  isFeatureless,
  localFeatures,
  lumaGrid,
  pdq,
  sceneGeometry,
  sha256,
  sha256Signal,
  signalOf,
  SUPPORTED_PARTIAL_CELLS,
  type Comparison,
  type Signal,
  type SignalMethod,
} from '../signals/index.js';
import { likelihoodBits } from './bits.js';
import { countedOf, ratesAt, WHOLE_PICTURES, type Pipeline } from './pipelines.js';

/** What has to be known of a medium to compare it. */
export interface ComparableMedia {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly signals: readonly Signal[];
}

export interface MediaComparison {
  readonly grade: Grade;
  /** What supports the grade, strongest first; empty for `none`. */
  readonly reasons: readonly Reason[];
  /** What was compared and does not support it, with its measured value, so that thresholds can be studied. */
  readonly tried: readonly Reason[];
  readonly notes: readonly Note[];
}

/**
 * `identical` for equal bytes. `same content` where the hashes propose the pair (pdq or edge-hash within the reach of the index)
 * and the luma grid confirms it; without a grid on both sides (a hash from a list) where pdq alone is within its threshold.
 * Featureless pictures are never near. Otherwise `partial` where local features show a part of one in the other, and `same scene` where they
 * agree with the geometry of two cameras, better than with a copy. Symmetric but for `where`.
 */
export const compareMedia = (a: ComparableMedia, b: ComparableMedia): MediaComparison => {
  const bytes = sha256.compare(sha256Signal(a.sha256), sha256Signal(b.sha256));
  if (bytes.grade === 'identical') return supported('identical', [reasonOf(sha256, bytes, true)], [], []);
  const whole = compareWholes(a.signals, b.signals, reasonOf(sha256, bytes, false));
  return whole.grade === 'none' ? compareParts(a.signals, b.signals, whole) : whole;
};

const compareWholes = (a: readonly Signal[], b: readonly Signal[], bytes: Reason): MediaComparison => {
  const [pdqA, pdqB] = [signalOf(a, pdq), signalOf(b, pdq)];
  if (!pdqA || !pdqB) return { grade: 'none', reasons: [], tried: [bytes], notes: [] };

  const whole = pdq.compare(pdqA, pdqB);
  if (isFeatureless(pdqA) || isFeatureless(pdqB)) return unsupported([bytes, reasonOf(pdq, whole, false)], whole.note);

  const local = compareBoth(edgeHash, a, b);
  const isProposed = whole.value <= NEAR_REACH_BITS || (local !== null && local.value <= NEAR_REACH_BITS);
  const grid = isProposed ? compareBoth(lumaGrid, a, b, whole) : null;
  const hashes = [{ method: pdq, comparison: whole }, ...(local ? [{ method: edgeHash, comparison: local }] : [])];

  if (grid === null) {
    const isNear = whole.grade === 'same content';
    const reasons = hashes.map(({ method, comparison }) => reasonOf(method, comparison, isNear && method === pdq));
    if (!isNear) return unsupported([bytes, ...reasons]);
    return split('same content', [...reasons, bytes], [UNVERIFIED]);
  }
  const isConfirmed = grid.grade === 'same content';
  const reasons = [
    reasonOf(lumaGrid, grid, isConfirmed, WHOLE_PICTURES),
    ...hashes.map(({ method, comparison }) => reasonOf(method, comparison, isConfirmed)),
    bytes,
  ];
  return isConfirmed ? split('same content', reasons, []) : unsupported(reasons, grid.note);
};

/** A copy explains nearly all that two cameras would explain; of another view of the place it explains only what is far away or flat. */
const COPY_SHARE = 0.65;

const compareParts = (a: readonly Signal[], b: readonly Signal[], whole: MediaComparison): MediaComparison => {
  const part = compareBoth(localFeatures, a, b);
  if (part === null) return whole;
  if (part.note !== undefined)
    return {
      ...whole,
      tried: [...whole.tried, reasonOf(localFeatures, part, false)],
      notes: [...whole.notes, part.note],
    };
  const scene = compareBoth(sceneGeometry, a, b);
  const isAgreed = scene !== null && scene.grade !== null;
  const isScene = isAgreed && (part.explains ?? part.value) < COPY_SHARE * scene.value;
  const copy = isAgreed && !isScene ? supportedPart(part) : part;
  const isPart = copy.grade !== null && !isScene;
  const grade = isPart ? 'partial' : isAgreed ? 'same scene' : 'none';
  const reasons = [
    reasonOf(localFeatures, copy, isPart),
    ...(scene === null ? [] : [reasonOf(sceneGeometry, scene, !isPart)]),
    ...whole.tried,
  ];
  // That the whole pictures differ is what one expects of these grades: their measurements say it, a note would only confuse.
  return grade === 'none' ? { ...whole, tried: reasons } : split(grade, reasons, []);
};

/** Fewer places are enough where the geometry of two cameras found the pair by itself, and a copy explains it. */
const supportedPart = (part: Comparison): Comparison =>
  part.grade !== null || part.value < SUPPORTED_PARTIAL_CELLS
    ? part
    : { ...part, grade: 'partial', threshold: SUPPORTED_PARTIAL_CELLS };

const UNVERIFIED: Note = { code: 'UNVERIFIED', detail: 'by hash alone: one of the two has no luma grid' };

const compareBoth = (
  method: SignalMethod,
  a: readonly Signal[],
  b: readonly Signal[],
  hint?: Comparison,
): Comparison | null => {
  const [signalA, signalB] = [signalOf(a, method), signalOf(b, method)];
  if (!signalA || !signalB) return null;
  const orientation = hint?.where.b.orientation;
  return method.compare(signalA, signalB, orientation === undefined ? {} : { orientation });
};

/** `counts`: whether the methods together grant the grade; then each reason keeps what its own method says, or the last of a pipeline what all of it does. */
const reasonOf = (method: SignalMethod, comparison: Comparison, counts: boolean, pipeline?: Pipeline): Reason => {
  const grade = counts && comparison.grade !== null ? comparison.grade : 'none';
  const rates = pipeline === undefined ? method.rates : ratesAt(pipeline, comparison.value);
  const isCounted = grade !== 'none' && 'errors' in rates;
  return {
    method: method.name,
    version: method.version,
    grade,
    value: comparison.value,
    threshold: comparison.threshold,
    unit: comparison.unit,
    bits: grade === 'none' ? 0 : likelihoodBits(rates),
    ...(isCounted ? { counted: countedOf(rates, pipeline) } : {}),
    where: comparison.where,
  };
};

const split = (grade: Grade, all: readonly Reason[], notes: readonly Note[]): MediaComparison =>
  supported(
    grade,
    all.filter((reason) => reason.grade !== 'none'),
    all.filter((reason) => reason.grade === 'none'),
    notes,
  );

const supported = (
  grade: Grade,
  reasons: readonly Reason[],
  tried: readonly Reason[],
  notes: readonly Note[],
): MediaComparison => ({ grade, reasons: [...reasons].sort((x, y) => y.bits - x.bits), tried, notes });

const unsupported = (tried: readonly Reason[], note?: Note): MediaComparison => ({
  grade: 'none',
  reasons: [],
  tried,
  notes: note ? [note] : [],
});
