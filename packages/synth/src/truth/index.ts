// Public door of the truth: types and the pure functions over them.
export {
  expectedGrade,
  filmPairs,
  framesById,
  isFloorPair,
  isSameDevice,
  sameContentPairs,
  type FrameLookup,
  type TruthPair,
} from './grades.js';
export type { FileKind, NearMiss, SeenObject, Truth, TruthChats, TruthFile, TruthFrame } from './truth.js';
export { nearMissShare } from './near-miss-share.js';
