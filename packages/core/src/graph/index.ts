// Public door of the graph: grades, comparison of media, stacks, strength of evidence.
export { isLead, likelihoodBits, shownStrengthBits } from './bits.js';
export { commonPlaces } from './common-places.js';
export { hasLength } from './compare-films.js';
export { compareMedia, type ComparableMedia, type MediaComparison } from './compare-media.js';
export { ConnectionIndex, type IndexChange, type MatchOfMedia, type PlacedMedia } from './connection-index.js';
export {
  rarityCostBits,
  scoreConnection,
  type CauseStrength,
  type ConnectionScore,
  type Evidence,
} from './connections.js';
export { expand, tiesByEnd, type Reached, type Tie, type TiesByEnd } from './expansion.js';
export { isEvidence } from './evidence.js';
export type { EvidenceOfPair } from './held-pairs.js';
export { FILM_INDEX_METHODS, FilmCandidates, framesAsPictures } from './film-candidates.js';
export { isAtLeast, strongestGrade } from './grades.js';
export { matchCandidates, MediaMatcher, type MediaMatch } from './media-matcher.js';
export { NearCandidates, searchable } from './near-candidates.js';
export { PartCandidates, partSignal } from './part-candidates.js';
export { inSteps, lastOf } from './steps.js';
export { compareRank, computeStacks, restack, type Neighbours, type StackMember, type Stacks } from './stacks.js';
