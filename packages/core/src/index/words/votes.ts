// How the features of a query vote for the pictures of a segment: for those of the same word and a near code (Jegou, Douze, Schmid, "Hamming embedding and weak
// geometric consistency", ECCV 2008), by how rare the word is, and only together with others that say the same turn and the same change of size.
import { bitCount32, type FeatureSet } from '../../kernels/index.js';
import { directionOf, directionStep, docOf, isIndexed, sizeOf, sizeStep } from './postings.js';
import type { WordSegment } from './segment.js';

const RADIUS_BITS = 20;
/** Weight of a vote by the distance of its codes: a Gaussian of this deviation. */
const DEVIATION_BITS = 14;
const WEIGHTS = Float32Array.from({ length: RADIUS_BITS + 1 }, (_, bits) => Math.exp(-((bits / DEVIATION_BITS) ** 2)));

/** Bins of a turn and of a change of size (half octaves); a vote goes to the two that it lies between. */
const TURN_BINS = 16;
const SIZE_BINS = 16;
const BINS = TURN_BINS + SIZE_BINS;

/** Scores of the pictures of one segment; `weightOf` says how much a word tells. */
export const votesFor = (
  segment: WordSegment,
  query: FeatureSet,
  weightOf: Float32Array,
  useSecondWords: boolean,
): Float32Array => {
  const bins = new Float32Array(segment.ids.length * BINS);
  // One vote of a feature for a picture: what repeats in the picture does not vote again (burstiness).
  const lastVoter = new Int32Array(segment.ids.length).fill(-1);
  const { starts, codes, postings } = segment;
  const vote = (feature: number, word: number, low: number, high: number): void => {
    const [turn, size] = [directionStep(query.direction[feature]!), sizeStep(query.size[feature]!)];
    const weight = weightOf[word]!;
    for (let at = starts[word]!, end = starts[word + 1]!; at < end; at++) {
      const bits = bitCount32(low ^ codes[2 * at]!) + bitCount32(high ^ codes[2 * at + 1]!);
      if (bits > RADIUS_BITS) continue;
      const posting = postings[at]!;
      const doc = docOf(posting);
      if (lastVoter[doc] === feature) continue;
      lastVoter[doc] = feature;
      const value = weight * WEIGHTS[bits]!;
      const first = doc * BINS;
      const turned = ((directionOf(posting) - turn) & 127) >> 3;
      bins[first + turned]! += value;
      bins[first + ((turned + 1) & (TURN_BINS - 1))]! += value;
      const grown = Math.max(0, Math.min(SIZE_BINS - 2, (sizeOf(posting) - size + 48) / 6)) | 0;
      bins[first + TURN_BINS + grown]! += value;
      bins[first + TURN_BINS + grown + 1]! += value;
    }
  };
  for (let i = 0; i < query.count; i++) {
    if (!isIndexed(query, i)) continue;
    vote(i, query.words[i]!, query.codes[2 * i]!, query.codes[2 * i + 1]!);
    if (useSecondWords) vote(i, query.secondWords[i]!, query.secondCodes[2 * i]!, query.secondCodes[2 * i + 1]!);
  }
  return scoresOf(bins, segment.ids.length);
};

/** The fullest bin of turns or of sizes, whichever holds less. */
const scoresOf = (bins: Float32Array, docs: number): Float32Array => {
  const scores = new Float32Array(docs);
  for (let doc = 0; doc < docs; doc++) {
    let [turns, sizes] = [0, 0];
    const first = doc * BINS;
    for (let bin = 0; bin < TURN_BINS; bin++) turns = Math.max(turns, bins[first + bin]!);
    for (let bin = TURN_BINS; bin < BINS; bin++) sizes = Math.max(sizes, bins[first + bin]!);
    scores[doc] = Math.min(turns, sizes);
  }
  return scores;
};
