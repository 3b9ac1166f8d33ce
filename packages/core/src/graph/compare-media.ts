// Decides how far two media are the same, from their signals alone. The one place where methods are weighed against one another:
// the command line, the matcher and the tests all ask here.
import type { Note, Reason } from '../contract/comparison.js';
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
} from '../signals/index.js';
import { compareFilms, hasLength } from './compare-films.js';
import { PARTS, PLACES, WHOLE_PICTURES } from './pipelines.js';
import { compareBoth, reasonOf, split, supported, unsupported, type MediaComparison } from './reasons.js';

export type { MediaComparison } from './reasons.js';

/** What has to be known of a medium to compare it. */
export interface ComparableMedia {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly signals: readonly Signal[];
}

/**
 * `identical` for equal bytes. `same content` where the hashes propose the pair (pdq or edge-hash within the reach of the index)
 * and the luma grid confirms it; without a grid on both sides (a hash from a list) where pdq alone is within its threshold.
 * Featureless pictures are never near. Otherwise `partial` where local features show a part of one in the other, and `same scene` where they
 * agree with the geometry of two cameras, better than with a copy. What has a length in time is compared along it (`compareFilms`). Symmetric but for `where`.
 */
export const compareMedia = (a: ComparableMedia, b: ComparableMedia): MediaComparison => {
  const bytes = sha256.compare(sha256Signal(a.sha256), sha256Signal(b.sha256));
  if (bytes.grade === 'identical') return supported('identical', [reasonOf(sha256, bytes, true)], [], []);
  const unlike = reasonOf(sha256, bytes, false);
  if (hasLength(a.signals) || hasLength(b.signals)) {
    const films = compareFilms(a.signals, b.signals, unlike);
    if (films.grade !== 'none' || (hasLength(a.signals) && hasLength(b.signals))) return films;
  }
  const whole = compareWholes(a.signals, b.signals, unlike);
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
  const explains = part.explains ?? part.value;
  const isAgreed = scene !== null && scene.grade !== null;
  const isCopy = scene === null || explains >= COPY_SHARE * scene.value;
  const isScene = isAgreed && !isCopy;
  const copy = isCopy && scene !== null ? supportedPart(part, Math.min(explains, scene.value)) : part;
  const isPart = copy.grade !== null && !isScene;
  const grade = isPart ? 'partial' : isAgreed ? 'same scene' : 'none';
  const reasons = [
    reasonOf(localFeatures, copy, isPart, PARTS),
    ...(scene === null ? [] : [reasonOf(sceneGeometry, scene, !isPart, PLACES)]),
    ...whole.tried,
  ];
  // That the whole pictures differ is what one expects of these grades: their measurements say it, a note would only confuse.
  return grade === 'none' ? { ...whole, tried: reasons } : split(grade, reasons, []);
};

/** Fewer places are enough where the geometry of two cameras found the pair by itself, and a copy explains it: then those that both explain count. */
const supportedPart = (part: Comparison, both: number): Comparison =>
  part.grade !== null || both < SUPPORTED_PARTIAL_CELLS
    ? part
    : { ...part, value: both, grade: 'partial', threshold: SUPPORTED_PARTIAL_CELLS };

const UNVERIFIED: Note = { code: 'UNVERIFIED', detail: 'by hash alone: one of the two has no luma grid' };
