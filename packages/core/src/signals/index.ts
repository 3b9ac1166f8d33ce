// Public door of the methods and their signals.
export type {
  Comparison,
  ComparisonHint,
  CountedRates,
  ErrorRates,
  MediaType,
  MethodExample,
  Signal,
  SignalMethod,
} from './method.js';
export { PART_STEPS, PLACE_STEPS, WHOLE_PICTURE_STEPS } from './counted-set.js';
export { edgeHash, EDGE_HASH_THRESHOLD_BITS, EDGE_HASH_VALUE_BYTES, edgeHashSignal } from './edge-hash.js';
export { MIN_DETAIL_PERCENT } from './detail.js';
export { exampleFeatures } from './feature-examples.js';
export { FEATURE_SIGNAL, featureSignal, LEAST_FEATURES } from './feature-signal.js';
export type { CommonPlace } from './common-places.js';
export { copiedPlaces, localFeatures, PARTIAL_THRESHOLD_CELLS, SUPPORTED_PARTIAL_CELLS } from './local-features.js';
export { viewedPlaces, sceneGeometry, SCENE_THRESHOLD_CELLS } from './scene-geometry.js';
export { lumaGrid, LUMA_GRID_THRESHOLD_PERCENT, lumaGridSignal } from './luma-grid.js';
export { isFeatureless, pdq, PDQ_BYTES, PDQ_MIN_QUALITY, PDQ_THRESHOLD_BITS, pdqSignal } from './pdq.js';
export { pictureSignals, signalsOfPicture } from './picture-signals.js';
export { distanceOf, isAtLeastMethod, METHODS, methodNamed, signalOf } from './registry.js';
export { sha256, sha256Signal } from './sha256.js';
export { soundLineOf, soundWords, soundWordsSignal } from './sound-words.js';
export { filmFrames, filmFramesSignal, timeLineOf } from './film-frames.js';
export { filmParts } from './film-parts.js';
export { filmPartsOf, filmPartsSignal, partOfFrame, pictureSignalOf, type FilmPart } from './film-parts-signal.js';
export { filmPlaces, isView } from './film-places.js';
export { filmOfStill, filmStill } from './film-still.js';
